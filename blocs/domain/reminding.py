"""Remind the units that have sent no stand: at most once a day for a version."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain import discussion
from blocs.models import BlocDocument, Reminder, Seat, Version
from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event


@transaction.atomic
def remind(version: Version, *, actor: Actor) -> Reminder:
    """Tell everybody in the silent units until when their stand is expected. Raises `Refused`."""
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=version.document_id)
    version.document = document
    enforce(policies.may_remind(document, actor))
    discussion.demand_latest(version)
    last = version.reminders.order_by("-on").first()
    quiet = silent(version)
    if not (verdict := timely(last, quiet)):
        raise Refused(verdict)
    reminder = Reminder.objects.create(
        version=version,
        on=clock.today(),
        at=clock.now(),
        by=actor.user,
        label=actor.label[:300],
        units=[seat.unit_id for seat in quiet],
    )
    until = f"{clock.local(version.deadline):%H:%M ngày %d/%m/%Y}"
    words = f"Nhắc gửi ý kiến về bản dự thảo {version.number} trước {until}: {document.printed_title}."
    page = reverse("document", args=[document.pk])
    notices.tell_units(reminder.units, words, path=page, except_users={actor.user_id})
    audit.log(Event.STANDS_REMINDED, stream=document.stream, actor=actor, version=version.number, units=reminder.units)
    return reminder


def timely(last: Reminder | None, quiet: list[Seat]) -> Verdict:
    """Whether there is somebody to remind, and nobody has done it today."""
    if not quiet:
        return refuse(_("Tất cả đơn vị đã gửi ý kiến."))
    if last and last.on == clock.today():
        return refuse(_("Hôm nay đã nhắc lúc %(time)s; mỗi ngày nhắc một lần.") % {"time": f"{clock.local(last.at):%H:%M}"})
    return ALLOWED


def silent(version: Version) -> list[Seat]:
    """The seats whose units have sent no stand on this version."""
    sent = {stand.unit_id for stand in version.stands.all() if stand.sent_at}
    return [seat for seat in version.document.bloc_year.ordered_seats if seat.unit_id not in sent]
