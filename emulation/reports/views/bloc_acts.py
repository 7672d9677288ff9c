"""The acts of who makes the report of a bloc, of who checks it, of who receives it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blocs.forms.discussion import ReasonForm
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import bloc_policies as policies
from emulation.reports.domain import bloc_reports as verbs
from emulation.reports.domain import bloc_signing, bloc_text
from emulation.reports.views.bloc_reports import PAGES
from emulation.reports.views.bloc_signing import find_bloc_report
from emulation.reports.views.periods import MENU


@require_POST
@acting(MENU)
def bloc_report_gather(request: ActedRequest, pk: int) -> HttpResponse:
    """Take in what units have signed."""
    report = verbs.gather(find_bloc_report(request, pk), actor=request.actor)
    messages.success(request, _("Đã tổng hợp từ các báo cáo đã nộp."))
    return redirect("bloc_report", report.pk)


@require_POST
@acting(MENU)
def bloc_report_check(request: ActedRequest, pk: int) -> HttpResponse:
    """Say that it is right."""
    report = verbs.check(find_bloc_report(request, pk), actor=request.actor)
    messages.success(request, _("Đã kiểm tra; khối trưởng mở ký được."))
    return redirect("bloc_report", report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def bloc_report_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Open it for the leader's signature; with units missing only with the reason."""
    report = find_bloc_report(request, pk)
    enforce(policies.may_open_bloc_report(report, request.actor))
    missing = bloc_text.gathered(report.period).missing
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if not missing or (form.is_bound and form.is_valid()):
        if request.method != "POST":
            raise Http404
        reason = form.cleaned_data["reason"] if missing else ""
        bloc_signing.open_signing(report, actor=request.actor, without_because=reason)
        messages.success(request, _("Đã mở ký báo cáo của khối."))
        return redirect("bloc_report", report.pk)
    words = _("Còn thiếu báo cáo của %(units)s. Ghi lý do gửi khi còn thiếu; lý do được lưu lại.") % {"units": ", ".join(missing)}
    return PAGES.reason_page(request, report, form, title=_("Mở ký khi còn thiếu báo cáo"), text=words, kind="primary")


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def bloc_report_return(request: ActedRequest, pk: int) -> HttpResponse:
    """Give it back with a reason: what was to be checked, or what was sent."""
    report = find_bloc_report(request, pk)
    enforce(policies.may_return_bloc_report(report, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        verbs.give_back(report, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã trả lại báo cáo của khối."))
        return redirect("bloc_report", report.pk)
    words = _("Khối trưởng sửa rồi báo cáo được kiểm tra lại.")
    if report.first_sent_at:
        words = _("Khối trưởng sửa, khối phó kiểm tra rồi khối ký lại. Bản đã ký vẫn giữ trong sổ lưu.")
    return PAGES.reason_page(request, report, form, title=_("Trả lại báo cáo của khối"), text=words, kind="danger")
