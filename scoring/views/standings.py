"""The standings of a campaign: what was published, or for who prepares the result what the bloc comes to now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.forms.discussion import ReasonForm
from blocs.forms.faults import take_faults
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from scoring import campaign_policies as policies
from scoring.domain import boards, deciding, exports, runs, standing_view, unit_view
from scoring.domain import standings as verbs
from scoring.enums import StandingState
from scoring.forms.standings import TieForm
from scoring.models import Sheet
from scoring.views.campaigns import MENU, act_page, find

TABS = ("lop", "nhom", "khoi", "nam")


@require_safe
@acting(MENU)
def standings(request: ActedRequest, pk: int) -> HttpResponse:
    """The table with its pictures; each tab another look at the same stored run."""
    campaign, actor = find(request, pk), request.actor
    shown = standing_view.shown(campaign, actor, request.GET.get("ban", ""))
    tab = request.GET.get("xem", "") if request.GET.get("xem", "") in TABS else TABS[0]
    context: dict[str, Any] = {"campaign": campaign, "bloc": campaign.bloc_year, "shown": shown, "tab": tab}
    context["tabs"] = _tabs(tab, request.GET.get("ban", ""))
    context["year_tabs"] = _years(campaign, actor, tab)
    context |= _acts(request, campaign, shown)
    if shown.result:
        context |= _content(request, campaign, shown, tab)
        context["exports"] = exports.offer(campaign, actor, (), shown.snapshot)
    return render(request, "scoring/standings.html", context)


def _tabs(tab: str, version: str) -> list[dict[str, Any]]:
    labels = dict(zip(TABS, (_("Các lớp điểm"), _("Theo nhóm"), _("So với khối"), _("Qua các năm")), strict=True))
    # No more digits than a number has: Python refuses to read very many.
    more = f"&ban={int(version)}" if version.isascii() and version.isdigit() and len(version) < 10 else ""
    return [{"label": label, "url": f"?xem={code}{more}", "active": code == tab} for code, label in labels.items()]


def _years(campaign: Any, actor: Actor, tab: str) -> list[dict[str, Any]]:
    """The same look at the published standings of other years, oldest first; nothing when there are none."""
    others = standing_view.other_years(campaign, actor)
    known = {**others, campaign.bloc_year.year_id: campaign.pk} if others else {}
    return [
        {"label": str(year), "url": f"{reverse('standings', args=[pk])}?xem={tab}", "active": pk == campaign.pk}
        for year, pk in sorted(known.items())
    ]


def _content(request: ActedRequest, campaign: Any, shown: standing_view.Shown, tab: str) -> dict[str, Any]:
    """What the chosen tab shows."""
    result, seats = shown.result, campaign.bloc_year.ordered_seats
    assert result is not None
    if tab == "nhom":
        return {"groups": (found := boards.groups(result, seats)), "chart": found["chart"]}
    if tab == "khoi":
        unit = standing_view.chosen_unit(campaign, result, request.actor, request.GET.get("don-vi", ""))
        found = boards.against(result, str(unit.pk))
        return {"unit": unit, "units": [seat.unit for seat in seats], "against": found, "chart": found["chart"]}
    if tab == "nam":
        found = boards.years(standing_view.years(campaign, result), seats)
        return {"years": found, "chart": found["chart"] if len(found["years"]) > 1 else None}
    before = standing_view.before(campaign)
    rows = boards.rows(result, seats, before, request.actor.unit_id)
    return {
        "rows": rows,
        "layers": [(name, standing_view.layer_name(campaign, name)) for name in result.names if name != runs.OFFICIAL],
        "before_year": campaign.bloc_year.year_id - 1 if before else None,
        "has_grades": bool(result.text.grades),
        "losses": boards.losses(result, len(rows), most=10 if request.GET.get("mat") else 7),
        "chart": boards.gap_chart(rows),
        "note": standing_view.note(result),
    }


def _acts(request: ActedRequest, campaign: Any, shown: standing_view.Shown) -> dict[str, Any]:
    """What the actor may do with the result, and why not."""
    actor = request.actor
    may_compute, may_prepare = policies.may_compute(campaign, actor), policies.may_prepare_standings(campaign, actor)
    is_newest = shown.result is not None and not shown.is_published
    ties = deciding.ties(campaign, shown.result) if is_newest and shown.result else []
    if may_prepare and is_newest and shown.result:
        may_prepare = verbs.publishable(shown.result)
    names = {str(seat.unit_id): seat.unit.short_name for seat in campaign.bloc_year.ordered_seats}
    work = next((row for row in campaign.snapshots.all() if row.state != StandingState.PUBLISHED), None)
    return {
        "may_compute": may_compute,
        "may_decide": policies.may_decide_tie(campaign, actor),
        "may_prepare": may_prepare,
        "prepares": bool(policies.may_prepare_standings(campaign, actor)) and is_newest,
        "ties": [
            (number, ", ".join(names.get(unit, "") for unit in tie.units), tie.decision)
            for number, tie in enumerate(ties, start=1)
        ],
        "has_open_ties": any(tie.decision is None for tie in ties),
        "in_work": work if work and policies.may_see_running(campaign, actor) else None,
    }


@require_POST
@acting(MENU)
def standings_compute(request: ActedRequest, pk: int) -> HttpResponse:
    """Compute the bloc over what stands there now."""
    campaign = find(request, pk)
    before = runs.latest(campaign)
    run = runs.compute(campaign, actor=request.actor)
    if before and before.pk == run.pk:
        messages.info(request, _("Số liệu không thay đổi, kết quả giữ nguyên."))
    else:
        messages.success(request, _("Đã tính điểm toàn khối, lần %(n)d.") % {"n": run.number})
    return redirect("standings", pk)


@require_POST
@acting(MENU)
def standings_prepare(request: ActedRequest, pk: int) -> HttpResponse:
    """Bring out the standings for signing."""
    snapshot = verbs.prepare(find(request, pk), actor=request.actor)
    messages.success(request, _("Đã lập bảng xếp hạng; xem lại rồi mở ký."))
    return redirect("standings_signing", snapshot.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def standings_tie(request: ActedRequest, pk: int, group: int) -> HttpResponse:
    """Write down what the bloc decided about one group of equal units."""
    campaign = find(request, pk)
    enforce(policies.may_decide_tie(campaign, request.actor))
    run = runs.latest(campaign)
    ties = deciding.ties(campaign, runs.Result(run)) if run else []
    if not 1 <= group <= len(ties):
        raise Http404
    tie, known = ties[group - 1], {str(seat.unit_id): seat.unit for seat in campaign.bloc_year.ordered_seats}
    form = TieForm(request.POST if request.method == "POST" else None, units=[known[unit] for unit in tie.units])
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            verbs.decide_tie(
                campaign, actor=request.actor, order=form.order, decided_on=given["decided_on"], reason=given["reason"]
            )
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã ghi quyết định của khối về thứ hạng."))
            return redirect("standings", pk)
    title, back = _("Quyết định thứ hạng khi bằng điểm"), reverse("standings", args=[pk])
    return act_page(request, campaign, form, title=title, words=_said(tie), button=_("Ghi quyết định"), back=back)


def _said(tie: deciding.Tie) -> str:
    """What is asked for, and everything that was decided about these units before."""
    words = _("Các đơn vị bằng nhau ở mọi tiêu chí xếp hạng. Ghi đúng thứ tự khối đã quyết định; căn cứ được in dưới bảng.")
    if tie.decision is None:
        return words
    names = {str(unit.pk): unit.short_name for unit in Unit.objects.filter(pk__in=tie.units).prefetch_related("names")}
    told = [
        _("Ngày %(day)s: %(order)s. %(reason)s")
        % {"day": f"{row.decided_on:%d/%m/%Y}", "order": ", ".join(names[str(unit)] for unit in row.units), "reason": row.reason}
        for row in tie.decisions
    ]
    again = _("Quyết định mới thay quyết định đang có; quyết định cũ vẫn lưu. Đã ghi:")
    return f"{words} {again} {' '.join(told)}"


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def campaign_correct(request: ActedRequest, pk: int) -> HttpResponse:
    """Reopen the appraisal of a published result, with a reason."""
    campaign = find(request, pk)
    enforce(policies.may_correct(campaign, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        verbs.correct(campaign, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã mở đính chính; các đơn vị vẫn thấy kết quả đã công bố cho đến khi bản mới được ký đủ."))
        return redirect("campaign", pk)
    words = _("Bước thẩm định được mở lại. Bản đã công bố giữ nguyên; bản mới ghi rõ thay bản nào và vì sao.")
    return act_page(request, campaign, form, title=_("Mở đính chính kết quả"), words=words, danger=True)


@require_safe
@acting(MENU)
def standings_unit(request: ActedRequest, pk: int, unit: int) -> HttpResponse:
    """One unit's criteria with what each layer gave; each number leads to the page that says how it came about."""
    campaign = find(request, pk)
    shown = standing_view.shown(campaign, request.actor, request.GET.get("ban", ""))
    seat = campaign.bloc_year.seat_of(unit)
    if shown.result is None or seat is None or str(unit) not in shown.result.official.units:
        raise Http404
    sheets = list(Sheet.objects.visible_to(request.actor).filter(campaign=campaign, unit=unit))
    context = {
        "campaign": campaign,
        "bloc": campaign.bloc_year,
        "seat": seat,
        "shown": shown,
        "found": shown.result.official.units[str(unit)],
        "grade": boards.grade_name(shown.result.text, shown.result.official.units[str(unit)].grade),
        **unit_view.lines(campaign, shown.result, str(unit), sheets),
        "exports": exports.offer(campaign, request.actor, sheets, shown.snapshot),
    }
    return render(request, "scoring/standings_unit.html", context)
