"""Mail: one a person and day at most, claimed before it is handed over, given back when that fails.

A process that dies between the two leaves a claimed letter behind, which is not tried again: rather one mail less than one twice.
What it would have said stands among the notices.
"""

import hashlib
import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import translation

from emulation.inbox import dues
from emulation.inbox.dues import Due
from emulation.lib import clock
from emulation.reminders.domain import running, wording
from emulation.reminders.enums import Frequency
from emulation.reminders.models import Choice, Letter, Waiting

logger = logging.getLogger(__name__)
WEEK = timedelta(days=7)


@dataclass
class Sent:
    """How many letters went out, and how many are tried again at the next run."""

    sent: int = 0
    failed: int = 0


def send() -> Sent:
    """Send what waits to everybody whose turn it is. What was done meanwhile is not mentioned any more."""
    outcome = Sent()
    waiting = set(Waiting.objects.filter(letter=None).values_list("recipient", flat=True))
    if not waiting:
        return outcome
    of = {(due.key, due.day): due for due in dues.everything()}
    units = running.units_of_people()
    for choice in Choice.objects.filter(person__in=waiting).select_related("person").order_by("person"):
        if not (choice.person.is_active and choice.person_id in units):
            Waiting.objects.filter(recipient=choice.person_id, letter=None).delete()  # gone since he was reminded
            continue
        letter = _claim(choice)
        about = _about(letter, of) if letter else []
        if letter and about:
            _hand_over(letter, choice, about, units.get(choice.person_id, frozenset()), outcome)
        elif letter:
            _finish(letter)
    return outcome


def _claim(choice: Choice) -> Letter | None:
    """Take what waits for this person, if it is his day and nobody else has taken it."""
    if not choice.by_mail:
        Waiting.objects.filter(recipient=choice.person_id, letter=None).delete()
        return None
    today = clock.today()
    recent = Letter.objects.filter(recipient=choice.person_id, on__gt=today - WEEK)
    if choice.frequency == Frequency.WEEKLY and recent.exists():
        return None
    try:
        with transaction.atomic():
            letter = Letter.objects.create(recipient_id=choice.person_id, on=today)
            Waiting.objects.filter(recipient=choice.person_id, letter=None).update(letter=letter)
    except IntegrityError:
        return None
    return letter


def _about(letter: Letter, of: dict[tuple[str, date], Due]) -> list[Due]:
    """What the letter says: each thing once, and only what is still to be done."""
    rows = letter.waiting.values_list("reminder__key", "reminder__due_on").order_by("reminder")
    return [of[pair] for pair in dict.fromkeys(rows) if pair in of]


def _hand_over(letter: Letter, choice: Choice, about: list[Due], units: frozenset[int], outcome: Sent) -> None:
    try:
        _message(letter, choice, about, units).send()
    except OSError:
        logger.exception("a reminder could not be sent; it is tried again")
        letter.delete()
        outcome.failed += 1
    else:
        _finish(letter)
        outcome.sent += 1


@transaction.atomic
def _finish(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(sent_at=clock.now())
    Waiting.objects.filter(letter=letter).delete()


def _message(letter: Letter, choice: Choice, about: list[Due], units: frozenset[int]) -> EmailMessage:
    """The mail, in the person's language. Its name follows from what it says, so that a post office knows a copy."""
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    names: dict[str, list[str]] = defaultdict(list)
    for due in about:
        names[due.key].append(due.day.isoformat())
    digest = hashlib.sha256(f"{letter.recipient_id}{letter.on}{sorted(names.items())}".encode()).hexdigest()[:32]
    with translation.override(choice.language):
        return EmailMessage(
            subject=wording.subject(about),
            body=wording.text(about, units),
            to=[choice.email],
            headers={
                "Message-ID": f"<{digest}@{host}>",
                "List-Unsubscribe": f"<{wording.preferences()}>",
                "Auto-Submitted": "auto-generated",
            },
        )
