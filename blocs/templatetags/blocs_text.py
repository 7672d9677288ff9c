"""A document's text in the order and numbering of the paper, for reading on the screen."""

from typing import Any

from django import template

from blocs.documents.printing import reading_order
from blocs.texts import CovenantText

register = template.Library()


@register.filter
def reading_parts(text: CovenantText, kind: str) -> list[dict[str, Any]]:
    """Sections with their clauses, and the table of targets where it stands on paper."""
    return reading_order(kind, text)


@register.filter
def numbers_down(newest: int) -> list[int]:
    """The numbers of all versions, newest first: they follow each other without a gap."""
    return list(range(newest, 0, -1))


@register.filter
def before(number: int) -> int:
    """The number of the version before."""
    return number - 1
