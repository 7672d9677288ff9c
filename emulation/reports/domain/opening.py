"""When a period is to be opened: the outline is agreed on, half a year or the year ends, and nobody has asked for reports yet."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.domain.dues import around, visible
from blocs.domain.todo_rows import Task
from blocs.enums import SETTLED
from blocs.models import BlocYear
from emulation.inbox.dues import Asked, Due
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.enums import PeriodKind
from scoring.models import OutlineSection

OPEN_PERIOD = "open period"
# From when the leader is asked to open a period, and until when it should be open: units need a month to write.
_FIRST, _LAST = {PeriodKind.INTERIM: (5, 15), PeriodKind.FINAL: (10, 15)}, {PeriodKind.INTERIM: 6, PeriodKind.FINAL: 11}


class Season(NamedTuple):
    """The report that it is time for: whose year, which kind, and the day until which its period should be open."""

    year: int
    kind: PeriodKind
    until: date


def season(today: date) -> Season | None:
    """From 15 May the interim report of the year, from 15 October the final one; in spring neither."""
    begun = [kind for kind, day in _FIRST.items() if (today.month, today.day) >= day]
    return Season(today.year, begun[-1], date(today.year, _LAST[begun[-1]], 1)) if begun else None


def missing() -> Exists:
    """Whether a bloc of this year has an agreed outline and no period of the season: a condition of a question asked anyway.

    While another report of the year is still under way, nobody is asked to begin the next.
    """
    today = clock.today()
    now = season(today)
    if now is None:
        return Exists(OutlineSection.objects.none())
    agreed = OutlineSection.objects.filter(
        outline__document__bloc_year=OuterRef("pk"),
        outline__document__bloc_year__year=now.year,
        outline__document__state__in=SETTLED,
    )
    periods = "outline__document__bloc_year__report_periods"
    return Exists(agreed.exclude(**{f"{periods}__kind": now.kind}).exclude(**{f"{periods}__bloc_due_on__gte": today}))


def tasks(blocs: Iterable[BlocYear], actor: Actor) -> list[Task]:
    """The leader unit opens it. `blocs` are annotated `unasked` by `missing`; asks nothing more."""
    now = season(clock.today())
    led = [bloc for bloc in blocs if getattr(bloc, "unasked", False) and bloc.leader.unit_id == actor.unit_id]
    if now is None:
        return []
    title = _("Mở kỳ báo cáo: %(kind)s") % {"kind": f"{now.kind.label[:1].lower()}{now.kind.label[1:]} {now.year:d}"}
    return [
        Task(OPEN_PERIOD, title, bloc.full_name, reverse("period_open", args=[bloc.pk]), _("Mở kỳ báo cáo"), now.until)
        for bloc in led
    ]


def dues(asked: Asked) -> Iterator[Due]:
    """The same for calendars and reminders; asks nothing more (`register_condition`)."""
    now, blocs = season(clock.today()), visible(asked)
    for pk, bloc in sorted(blocs.items()):
        if now is None or not getattr(bloc, "unasked", False):
            continue
        key = f"period:{pk}:{now.kind}"
        yield Due(
            key,
            key,
            gettext_lazy("Mở kỳ báo cáo"),
            bloc.leader.unit_id,
            now.until,
            reverse("period_open", args=[pk]),
            title=str(now.kind.label),
            watch_path=reverse("bloc", args=[pk]),
            **around(bloc),
        )
