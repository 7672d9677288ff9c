"""What the presiding leader asked for, as tasks of units: who, until when, what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import conference_policies as policies
from blocs.domain.conference_rows import Changed, lock_to_record, next_order, renumber
from blocs.models import Conference, Directive, DirectiveTask
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event

MOST_DIRECTIVES = 60


@dataclass(frozen=True)
class Wanted:
    """A directive: what, by which units (their keys; none: nobody in particular), until when."""

    text: str
    units: Sequence[int] = field(default_factory=tuple)
    due: date | None = None


@transaction.atomic
def give(conference: Conference, wanted: Wanted, *, actor: Actor) -> Directive:
    """Write down a directive; its units are told and have it on their home pages. Raises `Refused`, `ValidationError`."""
    conference = lock_to_record(conference, actor)
    if conference.directives.count() >= MOST_DIRECTIVES:
        raise ValidationError(_("Hội nghị có nhiều nhất %(most)d nội dung chỉ đạo.") % {"most": MOST_DIRECTIVES})
    return _write(Directive(conference=conference, order=next_order(conference.directives)), wanted, actor)


@transaction.atomic
def correct(directive: Directive, wanted: Wanted, *, actor: Actor, seen: int) -> Directive:
    """Correct a directive; reports of units that keep their task stay. Raises `Refused`, `ValidationError`, `Changed`."""
    conference = lock_to_record(directive.conference, actor)
    directive = Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
    directive.conference = conference
    if directive.edits != seen:
        raise Changed(directive)
    return _write(directive, wanted, actor)


@transaction.atomic
def strike(directive: Directive, *, actor: Actor) -> None:
    """Take out a directive that was written down by mistake, with its tasks. Raises `Refused`."""
    conference = lock_to_record(directive.conference, actor)
    Directive.objects.filter(pk=directive.pk).delete()
    renumber(list(conference.directives.order_by("order", "pk")))
    audit.log(Event.DIRECTIVE_RECORDED, stream=conference.stream, actor=actor, struck=directive.text[:200])


@transaction.atomic
def report(task: DirectiveTask, *, actor: Actor, text: str) -> DirectiveTask:
    """Report the unit's task as done, with what was done; a later report replaces it. Raises `Refused`, `ValidationError`."""
    found = DirectiveTask.objects.select_for_update(of=("self",)).select_related("directive__conference")
    task, text = found.get(pk=task.pk), vietnamese.nfc(text).strip()
    enforce(policies.may_report(task, actor))
    if task.done_at and task.report == text:
        return task
    task.report, task.done_by, task.done_label = text, actor.user, actor.label[:300]
    task.done_at = task.done_at or clock.now()
    task.full_clean(exclude=["directive", "unit", "done_by"])
    task.save()
    conference = task.directive.conference
    leaders = conference.bloc_year.leader.unit_id
    said = f"{actor.unit} báo kết quả thực hiện chỉ đạo: {task.directive.text[:150]}"
    notices.tell_units([leaders], said, path=_page(conference), except_users={actor.user_id})
    audit.log(
        Event.DIRECTIVE_REPORTED,
        stream=conference.stream,
        actor=actor,
        directive=task.directive.order,
        unit=task.unit_id,
        report=text,
    )
    return task


def _write(directive: Directive, wanted: Wanted, actor: Actor) -> Directive:
    conference = directive.conference
    seated = {seat.unit_id for seat in conference.bloc_year.ordered_seats}
    if set(wanted.units) - seated:
        raise ValidationError({"units": _("Chỉ giao được cho đơn vị của khối.")})
    if wanted.due and wanted.due < clock.local(conference.starts_at).date():
        raise ValidationError({"due": _("Thời hạn phải từ ngày họp trở đi.")})
    directive.text, directive.due = vietnamese.nfc(wanted.text).strip(), wanted.due
    directive.edits += 1
    directive.full_clean(exclude=["conference"])
    directive.save()
    had = set(directive.tasks.values_list("unit_id", flat=True))
    directive.tasks.exclude(unit__in=wanted.units).delete()
    fresh = [unit for unit in dict.fromkeys(wanted.units) if unit not in had]
    DirectiveTask.objects.bulk_create(DirectiveTask(directive=directive, unit_id=unit) for unit in fresh)
    until = f", trước ngày {directive.due:%d/%m/%Y}" if directive.due else ""
    said = f"Việc theo chỉ đạo tại hội nghị{until}: {directive.text[:200]}"
    notices.tell_units(fresh, said, path=_page(conference), except_users={actor.user_id})
    audit.log(
        Event.DIRECTIVE_RECORDED,
        stream=conference.stream,
        actor=actor,
        directive=directive.order,
        text=directive.text[:200],
        due=directive.due,
        units=sorted(wanted.units),
    )
    return directive


def _page(conference: Conference) -> str:
    return reverse("conference", args=[conference.pk]) + "?phan=chi-dao"
