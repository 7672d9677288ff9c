"""Words that are stored and read by other people: always Vietnamese, whatever language the actor's screen has."""

from django.utils import translation


def in_vietnamese(text: object) -> str:
    """A translatable text in Vietnamese, whatever language the screen has: for what is stored and read by other people."""
    with translation.override("vi"):
        return str(text)
