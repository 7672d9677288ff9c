"""The campaigns of one's blocs: the list, the page of one, and the acts on its phases."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs.forms.discussion import ReasonForm
from blocs.forms.faults import take_faults
from blocs.models import BlocYear
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import campaign_policies as policies
from scoring.domain import campaigns as verbs
from scoring.domain import exports, overview, renewing
from scoring.enums import Layer, Period, Phase
from scoring.forms.campaigns import OpenCampaignForm, PhasesForm, WithdrawForm
from scoring.models import Campaign, Sheet

MENU = "campaigns"


def find(request: ActedRequest, pk: int) -> Campaign:
    """The campaign, if the actor may see it; 404 otherwise."""
    return get_object_or_404(Campaign.objects.visible_to(request.actor).full().prefetch_related("snapshots", "recusals"), pk=pk)


@require_safe
@acting(MENU)
def campaigns(request: ActedRequest) -> HttpResponse:
    """The campaigns that the actor may see, one year at a time, and the blocs in which he may open one."""
    visible = Campaign.objects.visible_to(request.actor)
    years = sorted(set(visible.values_list("bloc_year__year", flat=True)), reverse=True)
    chosen = request.GET.get("nam", "")
    year = next((number for number in years if str(number) == chosen), next(iter(years), None))
    rows = visible.filter(bloc_year__year=year).full()
    context = {
        "rows": [(row, overview.steps(row), row.closes_on(row.phase)) for row in rows],
        "years": [{"label": str(number), "url": f"?nam={number}", "active": number == year} for number in years],
        "year": year,
    }
    return render(request, "scoring/campaigns.html", context)


@require_safe
@acting(MENU)
def campaign(request: ActedRequest, pk: int) -> HttpResponse:
    """Where a campaign stands, who has handed in what, what the actor's unit has to do, and who may take it further."""
    row, actor = find(request, pk), request.actor
    sheets = overview.known(row, row.sheets.all())
    readable = set(Sheet.objects.visible_to(actor).filter(campaign=row).values_list("pk", flat=True))
    recusals = overview.known(row, row.recusals.all())
    may_move = policies.may_move_on(row, actor)
    own = overview.own_work(row, sheets, actor)
    context: dict[str, Any] = {
        "campaign": row,
        "bloc": row.bloc_year,
        "steps": overview.steps(row),
        "rows": overview.rows(row, sheets, readable, actor),
        "layers": {sheet.layer for sheet in sheets},
        "own": own,
        "next_phase": row.name_of(row.next_phase) if row.next_phase else "",
        "outstanding": overview.outstanding(row, sheets) if may_move else [],
        "may_move": verbs.ended(row, Counter((sheet.layer, sheet.state) for sheet in sheets)) if may_move else may_move,
        "leads": policies.may_change_campaign(row, actor),
        "may_step_back": policies.may_step_back(row, actor),
        "may_withdraw": policies.may_withdraw_unit(row, actor),
        "may_see_running": policies.may_see_running(row, actor),
        "may_correct": policies.may_correct(row, actor),
        "is_published": any(snapshot.published_at for snapshot in row.snapshots.all()),
        "recusals": [
            recusal for recusal in recusals if policies.may_change_campaign(row, actor) or recusal.person_id == actor.user_id
        ],
        "explains": any(phase == Phase.REPLY for phase in row.phases),
        "exports": exports.offer(row, actor, [sheet for sheet in sheets if sheet.pk in readable]),
        "may_renew": policies.may_renew(row, actor) and renewing.is_overtaken(row),
        "cross": [work for work in own if work.sheet.layer == Layer.CROSS],
    }
    return render(request, "scoring/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def campaign_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Open the scoring of a period in this bloc."""
    bloc_year = get_object_or_404(BlocYear.objects.visible_to(request.actor).full(), pk=pk)
    criteria_set = verbs.adopted_set(bloc_year)
    enforce(policies.may_open_campaign(bloc_year, criteria_set, request.actor))
    known = set(bloc_year.campaigns.values_list("period", flat=True))
    free = next((period for period in (Period.YEAR, Period.INTERIM) if period not in known), Period.YEAR)
    form = OpenCampaignForm(request.POST if request.method == "POST" else None, initial={"period": free})
    if form.is_bound and form.is_valid():
        period = form.cleaned_data["period"]
        try:
            made = verbs.open_campaign(bloc_year, criteria_set, actor=request.actor, dates=form.dates, period=period)
        except ValidationError as error:
            _take(form, error)
        else:
            messages.success(request, _("Đã mở đợt chấm điểm; các đơn vị được báo."))
            return redirect("campaign", made.pk)
    context = {"bloc": bloc_year, "criteria_set": criteria_set, "form": form}
    return render(request, "scoring/campaign_open.html", context, status=422 if form.errors else 200)


def _take(form: OpenCampaignForm, error: ValidationError) -> None:
    """That there is a campaign of the period already is said at the period."""
    faults = dict(error.message_dict)
    if known := faults.pop(NON_FIELD_ERRORS, None):
        faults["period"] = known
    take_faults(form, ValidationError(faults))


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def campaign_dates(request: ActedRequest, pk: int) -> HttpResponse:
    """Change the last days of the phases."""
    row = find(request, pk)
    enforce(policies.may_change_campaign(row, request.actor))
    phases = [phase for phase in row.phases if phase != Phase.PUBLISHED]
    initial: dict[str, Any] = {phase.value: row.closes_on(phase) for phase in phases}
    initial |= {"moves_by_date": row.moves_by_date, "appraisal_name": row.appraisal_name}
    form = PhasesForm(request.POST if request.method == "POST" else None, initial=initial, phases=phases)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("moves_by_date", "appraisal_name")}
        try:
            verbs.set_dates(row, actor=request.actor, dates=form.dates, **given)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu thời hạn các bước."))
            return redirect("campaign", pk)
    return act_page(request, row, form, title=_("Sửa thời hạn các bước"), button=_("Lưu"))


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def campaign_move(request: ActedRequest, pk: int) -> HttpResponse:
    """Go on to the next phase. The button says to which; when it has moved meanwhile, nothing happens.

    Asked for as a page, it names the units that have not handed in yet.
    """
    row = find(request, pk)
    if request.method != "POST":
        enforce(policies.may_move_on(row, request.actor))
        context = {
            "campaign": row,
            "next_phase": row.name_of(row.next_phase) if row.next_phase else "",
            "may_move": verbs.ready(row),
            "outstanding": overview.outstanding(row, row.sheets.all()),
        }
        return render(request, "scoring/campaign_move.html", context)
    if row.phase == request.POST.get("from", ""):
        row = verbs.move_on(row, actor=request.actor)
        messages.success(request, _("Đã chuyển sang bước “%(phase)s”; các đơn vị được báo.") % {"phase": row.phase_name})
    else:
        enforce(policies.may_move_on(row, request.actor))
        messages.info(request, _("Đợt chấm đã ở bước “%(phase)s”.") % {"phase": row.phase_name})
    return redirect("campaign", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def campaign_back(request: ActedRequest, pk: int) -> HttpResponse:
    """Go back by one phase, with a reason."""
    row = find(request, pk)
    enforce(policies.may_step_back(row, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        row = verbs.step_back(row, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã lùi về bước “%(phase)s”.") % {"phase": row.phase_name})
        return redirect("campaign", pk)
    before = row.name_of(row.previous_phase) if row.previous_phase else ""
    words = _("Đợt chấm lùi về bước “%(phase)s”. Bảng đã nộp vẫn là đã nộp, chỉ trả lại khi cần sửa.") % {"phase": before}
    return act_page(request, row, form, title=_("Lùi một bước"), words=words, danger=True)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def campaign_withdraw(request: ActedRequest, pk: int) -> HttpResponse:
    """Note that a unit left the bloc."""
    row = find(request, pk)
    enforce(policies.may_withdraw_unit(row, request.actor))
    form = WithdrawForm(request.POST if request.method == "POST" else None, campaign=row)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            verbs.withdraw_unit(row, given["unit"], actor=request.actor, since=given["since"], reason=given["reason"])
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.warning(
                request, _("Đã ghi nhận %(unit)s rời khối; điểm được giữ, không xếp hạng.") % {"unit": given["unit"]}
            )
            return redirect("campaign", pk)
    words = _("Điểm của đơn vị được giữ nguyên và không xếp hạng. Việc ghi nhận không rút lại được.")
    return act_page(request, row, form, title=_("Ghi nhận đơn vị rời khối"), words=words, danger=True)


def act_page(
    request: ActedRequest,
    row: Campaign,
    form: Any,
    *,
    title: str,
    words: str = "",
    button: str = "",
    danger: bool = False,
    back: str = "",
) -> HttpResponse:
    """A page with the form of one act on the campaign."""
    context = {
        "campaign": row,
        "bloc": row.bloc_year,
        "form": form,
        "title": title,
        "words": words,
        "button": button or title,
        "kind": "danger" if danger else "primary",
        "back_page": back,
    }
    return render(request, "scoring/campaign_act.html", context, status=422 if form.errors else 200)
