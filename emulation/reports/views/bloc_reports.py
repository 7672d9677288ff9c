"""The report of a bloc: where it stands. How it is edited, see summaries.py; what is done with it as a whole, bloc_acts.py."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emulation.organisation.access import ActedRequest, acting
from emulation.reports import bloc_policies as policies
from emulation.reports.domain import bloc_reports as verbs
from emulation.reports.domain import bloc_signing, bloc_text
from emulation.reports.domain.bloc_report_kind import KIND
from emulation.reports.enums import BLOC_WRITABLE, BlocReportState
from emulation.reports.models import BlocReport, Passage
from emulation.reports.views import bloc_signing as signing
from emulation.reports.views.bloc_signing import find_bloc_report
from emulation.reports.views.periods import MENU
from emulation.reports.views.summaries import SummaryPages, Words
from emulation.signing.domain import rounds


@require_safe
@acting(MENU)
def bloc_report(request: ActedRequest, pk: int) -> HttpResponse:
    """Where it stands, what is missing, its sections; when it is signed, its pages."""
    return _overview(request, find_bloc_report(request, pk))


def _overview(request: ActedRequest, report: BlocReport, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor, known = request.actor, bloc_text.gathered(report.period)
    signing_round = rounds.newest(KIND, report)
    context: dict[str, Any] = PAGES.around(request, report) | {
        "bloc": report.period.bloc_year,
        "known": known,
        "may_gather": policies.may_gather(report, actor),
        "may_check": policies.may_check_bloc_report(report, actor),
        "may_open": policies.may_open_bloc_report(report, actor),
        "may_return": policies.may_return_bloc_report(report, actor),
        "round": signing_round,
    }
    if report.state in BLOC_WRITABLE:
        context |= PAGES.being_made(report, known)
        context["outdated"] = report.state == BlocReportState.CHECKED and report.checked_sha256 != context["text"].sha256
    elif signing_round:
        context |= signing.PAGES.about(report, signing_round, actor)
    return render(request, "reports/bloc_report.html", context | bound, status=status)


def _words() -> Words:
    return Words(
        figures=_("Số liệu của khối"),
        figures_note=_("Tính từ bản đã ký mới nhất của từng đơn vị"),
        each=_("Từng đơn vị"),
        own=_("Lời của khối"),
        own_note=_("In trước phần của các đơn vị"),
        written=_("khối đã viết"),
        keep=_("Giữ nguyên văn của khối"),
        taken=_("Đã lấy theo bản mới."),
        kept=_("Đã giữ nguyên văn của khối."),
    )


PAGES = SummaryPages(
    desk=verbs.DESK,
    signing=signing.PAGES,
    passage_model=Passage,
    passage_name="passage",
    folder="bao-cao-khoi",
    words=_words,
    may_edit=policies.may_edit_bloc_report,
    being_written=lambda report: report.state in BLOC_WRITABLE,
    text_of=bloc_text.text_of,
    preview=bloc_signing.preview,
    overview=_overview,
)
