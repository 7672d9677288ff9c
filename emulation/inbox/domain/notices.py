"""Tell people something, and mark what they have read."""

from collections.abc import Collection, Iterable

from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.organisation.models import Position, User


def tell(recipients: Iterable[int], text: str, *, path: str) -> None:
    """Tell these accounts (primary keys), each once. The rows belong to the verb's transaction: told is what happened.

    `text` is Vietnamese and never translated: others read it than the person whose screen may just be in English.
    """
    moment = clock.now()
    Notice.objects.bulk_create(
        Notice(recipient_id=person, text=text[:400], path=path, created_at=moment) for person in sorted(set(recipients))
    )


def tell_units(unit_ids: Iterable[int], text: str, *, path: str, except_users: Collection[int] = ()) -> None:
    """Tell everybody who holds a position in these units today, except some."""
    rows = Position.objects.on(clock.today()).filter(unit__in=list(unit_ids)).values_list("person_id", flat=True)
    tell((person for person in rows if person not in except_users), text, path=path)


def unread(user: User) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(recipient=user, read_at=None).count()


def mark_read(user: User, *, shown: Collection[int] | None = None) -> None:
    """Mark the person's notices as read: those that were shown (primary keys), or all of them."""
    fresh = Notice.objects.filter(recipient=user, read_at=None)
    if shown is not None:
        fresh = fresh.filter(pk__in=shown)
    fresh.update(read_at=clock.now())
