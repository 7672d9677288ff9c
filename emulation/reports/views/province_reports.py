"""The summaries of a province: which there are, starting one, where one stands, gathering, opening for signing, reopening."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.forms.discussion import ReasonForm
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import province_policies as policies
from emulation.reports.domain import province_reports as verbs
from emulation.reports.domain import province_text
from emulation.reports.domain.province_kind import KIND
from emulation.reports.enums import PeriodKind, ProvinceReportState
from emulation.reports.models import ProvincePassage, ProvinceReport
from emulation.reports.views import province_signing as signing
from emulation.reports.views.periods import MENU
from emulation.reports.views.province_signing import find_province_report
from emulation.reports.views.summaries import SummaryPages, Words
from emulation.signing.domain import rounds


@require_safe
@acting(MENU)
def province_reports(request: ActedRequest) -> HttpResponse:
    """What the actor may see: the office and the provincial leaders also of what one can be made."""
    known = {(row.year_id, row.kind, row.name): row for row in ProvinceReport.objects.visible_to(request.actor)}
    watches = request.actor.is_office or request.actor.is_provincial_leader
    rows = [
        {"offer": offer, "report": known.pop((offer.year, offer.kind, offer.name), None)}
        for offer in (verbs.offers(request.actor) if watches else [])
    ]
    rows += [{"offer": None, "report": report} for report in known.values()]
    return render(request, "reports/province_reports.html", {"rows": rows, "may_start": request.actor.is_office})


@require_POST
@acting(MENU)
def province_report_start(request: ActedRequest) -> HttpResponse:
    """Start the summary of a period, made at once of what blocs have sent."""
    sent = request.POST
    year, kind = sent.get("year", ""), sent.get("kind", "")
    if kind not in PeriodKind.values or not re.fullmatch(r"[0-9]{4}", year):
        raise Http404
    report = verbs.start(int(year), kind, sent.get("name", "")[:120], actor=request.actor)
    messages.success(request, _("Đã lập báo cáo tổng hợp từ báo cáo các khối đã gửi."))
    return redirect("province_report", report.pk)


@require_safe
@acting(MENU)
def province_report(request: ActedRequest, pk: int) -> HttpResponse:
    """Where it stands, which blocs and units are missing, its sections; when it is signed, its pages."""
    return _overview(request, find_province_report(request, pk))


def _overview(request: ActedRequest, report: ProvinceReport, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor, signing_round = request.actor, rounds.newest(KIND, report)
    context: dict[str, Any] = PAGES.around(request, report) | {
        "may_gather": policies.may_gather_blocs(report, actor),
        "may_open": policies.may_open_province_report(report, actor),
        "may_reopen": policies.may_reopen_province_report(report, actor),
        "round": signing_round,
    }
    if _being_written(report):
        known = province_text.gathered(report)
        context |= {"known": known} | PAGES.being_made(report, known)
    elif signing_round:
        context |= signing.PAGES.about(report, signing_round, actor)
    return render(request, "reports/province_report.html", context | bound, status=status)


@require_POST
@acting(MENU)
def province_report_gather(request: ActedRequest, pk: int) -> HttpResponse:
    """Take in what blocs have sent since."""
    report = verbs.gather(find_province_report(request, pk), actor=request.actor)
    messages.success(request, _("Đã tổng hợp thêm từ báo cáo các khối đã gửi."))
    return redirect("province_report", report.pk)


@require_POST
@acting(MENU)
def province_report_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Open it for a provincial leader's signature."""
    report = find_province_report(request, pk)
    verbs.open_signing(report, actor=request.actor)
    messages.success(request, _("Đã mở ký; lãnh đạo Công an tỉnh đã được báo."))
    return redirect("province_report", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def province_report_reopen(request: ActedRequest, pk: int) -> HttpResponse:
    """Mend what was signed, with a reason."""
    report = find_province_report(request, pk)
    enforce(policies.may_reopen_province_report(report, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        verbs.reopen(report, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã mở lại báo cáo của tỉnh để sửa."))
        return redirect("province_report", report.pk)
    text = _("Báo cáo sửa xong thì lãnh đạo ký lại. Bản đã ký vẫn giữ trong sổ lưu.")
    return PAGES.reason_page(request, report, form, title=_("Mở lại báo cáo của tỉnh"), text=text, kind="danger")


def _being_written(report: ProvinceReport) -> bool:
    return report.state == ProvinceReportState.DRAFT


def _words() -> Words:
    return Words(
        figures=_("Số liệu của tỉnh"),
        figures_note=_("Tính từ báo cáo các đơn vị mà các khối đã tổng hợp và gửi"),
        each=_("Từng khối"),
        own=_("Lời của tỉnh"),
        own_note=_("In trước phần của các khối"),
        written=_("tỉnh đã viết"),
        keep=_("Giữ nguyên văn của tỉnh"),
        taken=_("Đã lấy theo bản mới."),
        kept=_("Đã giữ nguyên văn của tỉnh."),
    )


PAGES = SummaryPages(
    desk=verbs.DESK,
    signing=signing.PAGES,
    passage_model=ProvincePassage,
    passage_name="province_passage",
    folder="bao-cao-tinh",
    words=_words,
    may_edit=policies.may_edit_province_report,
    being_written=_being_written,
    text_of=province_text.text_of,
    preview=verbs.preview,
    overview=_overview,
)
