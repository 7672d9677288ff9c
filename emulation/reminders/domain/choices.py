"""How a person wants to be reminded."""

from django.db import transaction

from emulation.organisation.actors import Actor
from emulation.organisation.domain.secrets import stream_of
from emulation.organisation.models import User
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reminders.models import Choice, Waiting


def of(user: User) -> Choice:
    """What the person has chosen, or what holds without a choice."""
    return Choice.objects.filter(person=user).first() or Choice(person=user)


@transaction.atomic
def choose(*, actor: Actor, email: str, by_mail: bool, frequency: str, language: str) -> Choice:
    """Keep the person's own wishes. Who stops the mail gets none that was waiting. Raises `ValidationError`."""
    choice = of(actor.user)
    choice.email, choice.by_mail, choice.frequency, choice.language = email, by_mail, frequency, language
    choice.full_clean()
    choice.save()
    if not by_mail:
        Waiting.objects.filter(recipient=actor.user_id, letter=None).delete()
    audit.log(
        Event.REMINDERS_CHOSEN, stream=stream_of(actor.user), actor=actor, by_mail=by_mail, frequency=frequency, language=language
    )
    return choice
