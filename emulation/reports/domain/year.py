"""The reports of a bloc as its page shows them: the periods of the year as steps and links, and the way to open one."""

from collections.abc import Sequence

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs.beside import Act, Link, Part
from blocs.domain.progress import DONE, LATE, NOW, Step
from blocs.enums import SETTLED, DocumentKind
from blocs.models import BlocDocument, BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports import policies
from emulation.reports.enums import HANDED_IN, PeriodKind
from emulation.reports.models import ReportPeriod


def part(bloc_year: BlocYear, documents: Sequence[BlocDocument], actor: Actor) -> Part:
    """The periods of this bloc; who may open another is offered it once the outline is agreed on.

    Without an outline there is neither, and nothing is asked.
    """
    outlines = [row for row in documents if row.kind == DocumentKind.OUTLINE]
    if not outlines:
        return Part(_("Báo cáo"))
    seated = Q(reports__unit__in=[seat.unit_id for seat in bloc_year.ordered_seats])
    came, total = Count("reports", filter=seated & Q(reports__state__in=HANDED_IN)), Count("reports", filter=seated)
    found = list(ReportPeriod.objects.filter(bloc_year=bloc_year).annotate(came=came, total=total))
    for row in found:
        row.bloc_year = bloc_year
    links = [Link(row.title, reverse("period", args=[row.pk]), *_standing(row)) for row in found]
    settled = any(row.state in SETTLED for row in outlines)
    return Part(_("Báo cáo"), [_step(row) for row in found], links, _opening(bloc_year, actor) if settled else None)


def _standing(period: ReportPeriod) -> tuple[str, str]:
    came, total = period.came, period.total  # type: ignore[attr-defined]  # annotated by `part`
    kind = "done" if came == total else "late" if period.due_on < clock.today() else "doing"
    words = ngettext("%(came)d/%(n)d đã nộp", "%(came)d/%(n)d đã nộp", total) % {"came": came, "n": total}
    return kind, words


def _step(period: ReportPeriod) -> Step:
    state = {"done": DONE, "late": LATE, "doing": NOW}[_standing(period)[0]]
    labels = {PeriodKind.INTERIM: _("Báo cáo 6 tháng"), PeriodKind.FINAL: _("Báo cáo năm")}
    label = labels.get(PeriodKind(period.kind), period.name)
    note, page = _("hạn %(day)s") % {"day": f"{period.due_on:%d/%m}"}, reverse("period", args=[period.pk])
    return Step(label=label, note=note, state=state, day=period.due_on, url=page)


def _opening(bloc_year: BlocYear, actor: Actor) -> Act | None:
    verdict = policies.leading(bloc_year, actor)
    return Act(_("Mở kỳ báo cáo"), reverse("period_open", args=[bloc_year.pk]), verdict) if verdict else None
