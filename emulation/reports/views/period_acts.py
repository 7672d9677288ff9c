"""What the leader unit or the bloc's office does with a period: open it, move its days, extend one unit, follow a newer outline."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.forms.discussion import ActForm
from blocs.forms.faults import take_faults
from blocs.models import BlocYear
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import policies
from emulation.reports.domain import following
from emulation.reports.domain import periods as verbs
from emulation.reports.enums import PeriodKind
from emulation.reports.forms.periods import DaysForm, ExtendForm, OpenPeriodForm
from emulation.reports.models import ReportPeriod
from emulation.reports.views.periods import MENU, find_period


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def period_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Ask the units of this bloc for a report."""
    bloc_year = get_object_or_404(BlocYear.objects.visible_to(request.actor).full(), pk=pk)
    version = verbs.agreed_outline(bloc_year)
    enforce(policies.may_open_period(bloc_year, verbs.outline_text(version) if version else None, request.actor))
    form = OpenPeriodForm(_sent(request), initial={"kind": _free_kind(bloc_year), "opens_on": clock.today()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = verbs.open_period(bloc_year, actor=request.actor, kind=given["kind"], name=given["name"], days=form.days)
        except ValidationError as error:
            _take(form, error)
        else:
            messages.success(request, _("Đã mở kỳ báo cáo; các đơn vị được báo."))
            return redirect("period", made.pk)
    context = {"bloc": bloc_year, "outline": version, "form": form}
    return render(request, "reports/period_open.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def period_days(request: ActedRequest, pk: int) -> HttpResponse:
    """Move the days."""
    period = find_period(request, pk)
    enforce(policies.may_change_period(period, request.actor))
    form = DaysForm(_sent(request), initial={name: getattr(period, name) for name in verbs.DAYS})
    if form.is_bound and form.is_valid():
        try:
            verbs.set_days(period, actor=request.actor, days=form.days)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu thời hạn; đơn vị được báo khi hạn nộp đổi."))
            return redirect("period", pk)
    words = _(
        "Báo cáo đã nộp giữ ngày nộp; hạn mới quyết định nộp đúng hạn hay trễ. Hạn riêng đã gia hạn vẫn giữ khi muộn hơn hạn chung."
    )
    return _act_page(request, period, form, title=_("Sửa thời hạn"), words=words, button=_("Lưu"))


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def period_extend(request: ActedRequest, pk: int, unit: int) -> HttpResponse:
    """Give one unit a later day."""
    period = find_period(request, pk)
    seat = period.bloc_year.seat_of(unit) or get_object_or_404(period.bloc_year.seats.none())
    enforce(policies.may_extend(period, seat.unit, request.actor))
    form = ExtendForm(_sent(request))
    if form.is_bound and form.is_valid():
        try:
            verbs.extend(period, seat.unit, actor=request.actor, **form.cleaned_data)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã gia hạn cho %(unit)s; đơn vị được báo.") % {"unit": seat.unit.name})
            return redirect("period", pk)
    title = _("Gia hạn cho %(unit)s") % {"unit": seat.unit.name}
    words = _("Hạn hiện nay: hết ngày %(day)s. Cả khối thấy hạn mới và lý do.") % {"day": f"{period.due_of(unit):%d/%m/%Y}"}
    return _act_page(request, period, form, title=title, words=words, button=_("Gia hạn"))


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def period_follow(request: ActedRequest, pk: int) -> HttpResponse:
    """Look at what a newer outline changes, and take it over."""
    period = find_period(request, pk)
    enforce(policies.may_change_period(period, request.actor))
    version = following.newer(period)
    if request.method == "POST" or version is None:
        verbs.follow_outline(period, actor=request.actor)
        messages.success(request, _("Kỳ báo cáo theo đề cương mới; phần đã viết vẫn giữ, các đơn vị được báo."))
        return redirect("period", pk)
    change = following.difference(verbs.outline_text(period.outline), verbs.outline_text(version))
    context = {"period": period, "bloc": period.bloc_year, "version": version, "change": change}
    return render(request, "reports/period_follow.html", context)


def _sent(request: ActedRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _free_kind(bloc_year: BlocYear) -> str:
    known = set(bloc_year.report_periods.values_list("kind", flat=True))
    return next((kind for kind in (PeriodKind.INTERIM, PeriodKind.FINAL) if kind not in known), PeriodKind.OTHER)


def _take(form: OpenPeriodForm, error: ValidationError) -> None:
    """That the bloc has this period already is said at the period."""
    faults = dict(error.message_dict)
    if known := faults.pop(NON_FIELD_ERRORS, None):
        faults["kind"] = known
    take_faults(form, ValidationError(faults))


def _act_page(request: ActedRequest, period: ReportPeriod, form: ActForm, **words: str) -> HttpResponse:
    context = {"period": period, "bloc": period.bloc_year, "form": form, **words}
    return render(request, "reports/period_act.html", context, status=422 if form.errors else 200)
