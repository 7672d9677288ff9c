"""Joint activities of blocs: the years, a bloc's year with its photographs, one activity; enter, change, take away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.domain.drafts import Conflict
from blocs.forms.conferences import PhotoForm
from blocs.forms.faults import take_faults
from blocs.models import BlocYear
from blocs.views.conferences import seen_of
from blocs.views.documents import bloc_of
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import activity_policies as policies
from emulation.reports.domain import activities as verbs
from emulation.reports.enums import ActivityKind
from emulation.reports.forms.activities import ActivityForm, initial_of
from emulation.reports.models import Activity
from emulation.reports.policies import leading

MENU = "blocs"


@require_safe
@acting(MENU)
def activities(request: ActedRequest) -> HttpResponse:
    """The blocs of a year with what their activities come to; who has one bloc is led to it."""
    known = BlocYear.objects.visible_to(request.actor)
    years = sorted(set(known.values_list("year", flat=True)), reverse=True)
    year = next(
        (row for row in years if str(row) == request.GET.get("nam")), next((row for row in years if row <= clock.today().year), 0)
    )
    blocs = list(known.filter(year=year).order_by("name"))
    if len(blocs) == 1 and "nam" not in request.GET:
        return redirect("bloc_activities", blocs[0].pk)
    found = defaultdict(list)
    for row in Activity.objects.filter(bloc_year__in=blocs, removed_at=None):
        found[row.bloc_year_id].append(row)
    context = {
        "rows": [(bloc, verbs.totals(found[bloc.pk])) for bloc in blocs],
        "sum": verbs.totals([row for rows in found.values() for row in rows]),
        "year": year,
        "years": [{"label": str(row), "url": f"?nam={row}", "active": row == year} for row in years],
    }
    return render(request, "reports/activity_years.html", context)


@require_safe
@acting(MENU)
def bloc_activities(request: ActedRequest, pk: int) -> HttpResponse:
    """Everything that a bloc did together in a year, newest first, with what it comes to."""
    bloc_year = bloc_of(request, pk)
    rows = list(Activity.objects.filter(bloc_year=bloc_year, removed_at=None).with_units())
    kind = request.GET.get("loai", "")
    others = BlocYear.objects.visible_to(request.actor).filter(bloc=bloc_year.bloc_id).order_by("-year").values_list("year", "pk")
    context = {
        "bloc": bloc_year,
        "rows": _told(bloc_year, [row for row in rows if kind in ("", row.kind)]),
        "kinds": _kinds(rows, kind),
        "totals": verbs.totals(rows),
        "years": [{"label": str(year), "url": f"../{key}/", "active": key == pk} for year, key in others],
        "may_enter": policies.may_enter_activity(bloc_year, request.actor),
    }
    return render(request, "reports/activities.html", context)


def _kinds(rows: Sequence[Activity], chosen: str) -> list[dict[str, Any]]:
    counts = [(kind, sum(row.kind == kind for row in rows)) for kind in ActivityKind]
    named = [("", _("Tất cả"), len(rows)), *((kind.value, kind.label, n) for kind, n in counts if n)]
    return [{"label": label, "url": f"?loai={code}", "active": code == chosen, "count": n} for code, label, n in named]


def _told(bloc_year: BlocYear, rows: Iterable[Activity]) -> list[dict[str, Any]]:
    """Activities with the names of their units in the order of the bloc."""
    names = {seat.unit_id: seat.unit.short_name for seat in bloc_year.ordered_seats}
    return [
        {
            "row": row,
            "host": names.get(row.host_id, ""),
            "others": [name for key, name in names.items() if key in row.unit_ids and key != row.host_id],
            "photo": next(iter(row.photos.all()), None),
        }
        for row in rows
    ]


def find(request: ActedRequest, pk: int) -> Activity:
    """The activity, if the actor may see it; 404 otherwise."""
    row = get_object_or_404(Activity.objects.visible_to(request.actor).with_units().select_related("host"), pk=pk)
    row.bloc_year = bloc_of(request, row.bloc_year_id)
    return row


@require_safe
@acting(MENU)
def activity(request: ActedRequest, pk: int) -> HttpResponse:
    """One activity with all its photographs."""
    return show(request, find(request, pk))


def show(request: ActedRequest, row: Activity, form: PhotoForm | None = None) -> HttpResponse:
    """The page of an activity; with a form that was refused, 422."""
    leaf = (
        next((leaf for leaf in verbs.countable(row.bloc_year) if leaf.key == str(row.criterion)), None) if row.criterion else None
    )
    context = {
        "activity": row,
        "bloc": row.bloc_year,
        "told": _told(row.bloc_year, [row])[0],
        "leaf": leaf,
        "photos": list(row.photos.all()),
        "form": form or PhotoForm(),
        "may_change": policies.may_change_activity(row, request.actor),
    }
    return render(request, "reports/activity.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def activity_new(request: ActedRequest, pk: int) -> HttpResponse:
    """Enter an activity."""
    bloc_year = bloc_of(request, pk)
    enforce(policies.may_enter_activity(bloc_year, request.actor))
    form = _form(request, bloc_year, {"held_on": clock.today(), "host": request.actor.unit_id})
    if form.is_bound and form.is_valid():
        try:
            made = verbs.enter(bloc_year, actor=request.actor, values=form.values(bloc_year), units=form.cleaned_data["units"])
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã ghi hoạt động; đồng chí thêm ảnh ở cuối trang này."))
            return redirect("activity", made.pk)
    context = {"bloc": bloc_year, "form": form, "title": _("Ghi hoạt động chung")}
    return render(request, "reports/activity_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def activity_edit(request: ActedRequest, pk: int) -> HttpResponse:
    """Change an activity."""
    row = find(request, pk)
    enforce(policies.may_change_activity(row, request.actor))
    form, conflict = _form(request, row.bloc_year, initial_of(row), host=row.host_id), None
    if form.is_bound and form.is_valid():
        try:
            values, units = form.values(row.bloc_year), form.cleaned_data["units"]
            verbs.change(row, actor=request.actor, seen=seen_of(request), values=values, units=units)
        except ValidationError as error:
            take_faults(form, error)
        except Conflict as error:
            conflict = error.stored
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("activity", pk)
    context = {"bloc": row.bloc_year, "activity": row, "form": form, "title": _("Sửa hoạt động chung"), "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "reports/activity_form.html", context, status=status)


@require_POST
@acting(MENU)
def activity_remove(request: ActedRequest, pk: int) -> HttpResponse:
    """Take away what was entered by mistake."""
    row = find(request, pk)
    verbs.remove(row, actor=request.actor)
    messages.success(request, _("Đã gỡ hoạt động khỏi sổ của khối."))
    return redirect("bloc_activities", row.bloc_year_id)


def _form(request: ActedRequest, bloc_year: BlocYear, initial: dict[str, Any], host: int | None = None) -> ActivityForm:
    """With the hosts that the actor may name: all to who runs the bloc, itself to a member."""
    runs = bool(leading(bloc_year, request.actor))
    hosts = [seat.unit_id for seat in bloc_year.ordered_seats] if runs else [host or request.actor.unit_id or 0]
    leaves = verbs.countable(bloc_year) if runs else None
    data = request.POST if request.method == "POST" else None
    return ActivityForm(data, initial=initial, bloc_year=bloc_year, hosts=hosts, leaves=leaves)
