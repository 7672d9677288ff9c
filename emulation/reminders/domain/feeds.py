"""A person's calendar for other programs, at a secret address. It says what kind of work is due, in which bloc, and where."""

import hashlib
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from emulation.inbox import dues
from emulation.inbox.dues import Due
from emulation.lib import clock, codes
from emulation.lib.icalendar import CalendarEvent, calendar
from emulation.organisation.actors import Actor, actor_for, positions_of
from emulation.organisation.domain.secrets import stream_of
from emulation.organisation.domain.units import letterhead
from emulation.organisation.models import User
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reminders.domain import choices
from emulation.reminders.models import FeedAddress

# A deadline with an hour is drawn as the last half of an hour before it; a meeting from its hour on.
_DRAWN, _MEETING = timedelta(minutes=30), timedelta(hours=2)


def current(user: User) -> FeedAddress | None:
    """The address that is in use."""
    return FeedAddress.objects.filter(person=user, revoked_at=None).first()


@transaction.atomic
def issue(*, actor: Actor) -> str:
    """A new address for the actor's own calendar; the one before ends. Returns the token, which nobody sees again."""
    User.objects.select_for_update(of=("self",)).get(pk=actor.user_id)
    FeedAddress.objects.filter(person=actor.user_id, revoked_at=None).update(revoked_at=clock.now())
    token = codes.token()
    FeedAddress.objects.create(person=actor.user, token_sha256=_hash(token))
    audit.log(Event.FEED_ISSUED, stream=stream_of(actor.user), actor=actor)
    return token


@transaction.atomic
def revoke(*, actor: Actor) -> None:
    """End the actor's address; a second call changes nothing."""
    if FeedAddress.objects.filter(person=actor.user_id, revoked_at=None).update(revoked_at=clock.now()):
        audit.log(Event.FEED_REVOKED, stream=stream_of(actor.user), actor=actor)


def holder(token: str) -> User | None:
    """Whose address this is, while it is in use and he holds a position."""
    row = FeedAddress.objects.filter(token_sha256=_hash(token), revoked_at=None).select_related("person").first()
    return row.person if row and row.person.is_active and positions_of(row.person) else None


def feed(user: User) -> bytes:
    """The calendar of everything that is due for this person, in any of his positions."""
    positions = positions_of(user)
    with translation.override(choices.of(user).language):
        seen = {
            event.uid: event
            for position in positions
            for event in _events(actor_for(user, positions, chosen=position.pk, address=""))
        }
        return calendar(*seen.values(), product=letterhead().product, name=_("Lịch thi đua"))


def _events(actor: Actor) -> list[CalendarEvent]:
    """One event for the same work of several units: whoever looks after twenty units wants no twenty entries."""
    found: dict[tuple[str, date | datetime, bool], Due] = {}
    for due in dues.of(actor):
        found.setdefault((due.subject, due.moment, due.unit_id == actor.unit_id), due)
    return [_event(due, actor) for due in found.values()]


def _event(due: Due, actor: Actor) -> CalendarEvent:
    """Its name stays when its day is moved. Of what several units do, the first one's key names it."""
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    name = hashlib.sha256(due.key.encode()).hexdigest()[:32]
    starts, ends = _span(due)
    return CalendarEvent(
        uid=f"{name}@{host}",
        sequence=clock.today().toordinal(),  # whatever was moved since yesterday replaces what a calendar had
        stamp=clock.now(),
        starts_at=starts,
        ends_at=ends,
        summary=f"{due.work}: {due.bloc_name} {due.year}",
        url=f"{settings.PUBLIC_BASE_URL}{due.path_for(actor.unit_id)}",
    )


def _span(due: Due) -> tuple[date | datetime, date | datetime]:
    """From when until when it is drawn: a plain day is a whole day."""
    if not isinstance(due.moment, datetime):
        return due.moment, due.moment + timedelta(days=1)
    return (due.moment, due.moment + _MEETING) if due.is_meeting else (due.moment - _DRAWN, due.moment)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
