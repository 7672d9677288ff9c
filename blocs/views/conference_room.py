"""The page of a conference: one section at a time, each with its form for those who may fill it in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs import conference_policies as policies
from blocs.domain import agendas, attendance, decisions
from blocs.enums import ConferenceState
from blocs.forms.attendance import attendance_formset
from blocs.forms.conferences import AgendaItemForm, CloseForm, DecisionForm, DirectiveForm, PhotoForm, ReportForm, TableItemForm
from blocs.models import Attendance, BlocDocument, Conference, Minutes, name_units
from emulation.lib import clock
from emulation.organisation.access import ActedRequest
from emulation.organisation.models import Unit

SECTIONS = ("chuong-trinh", "thanh-phan", "tai-lieu", "bieu-quyet", "chi-dao", "anh")


def find(request: ActedRequest, pk: int, *, parts: tuple[str, ...] = ("agenda", "attendance")) -> Conference:
    """The conference with these of its rows, if the actor may see it; 404 otherwise."""
    found = Conference.objects.visible_to(request.actor).full(named=False).select_related("secretary__unit", "minutes")
    conference: Conference = get_object_or_404(found.prefetch_related(*parts), pk=pk)
    name_units(conference.bloc_year)
    return know_units(conference)


def know_units(conference: Conference) -> Conference:
    """Let host, chair and secretary be the bloc's own units, whose names are known, so that no page asks for them again."""
    known = units_of(conference)
    if conference.host_unit_id in known:
        conference.host_unit = known[conference.host_unit_id]
    if conference.chair_unit_id in known:
        conference.chair_unit = known[conference.chair_unit_id]
    if conference.secretary and conference.secretary.unit_id in known:
        conference.secretary.unit = known[conference.secretary.unit_id]
    return conference


def units_of(conference: Conference) -> dict[int, Unit]:
    """The units around the bloc by their keys: those with a seat, its office, its province."""
    office = conference.bloc_year.standing_office
    around = [*(seat.unit for seat in conference.bloc_year.ordered_seats), office, *([office.parent] if office.parent else [])]
    return {unit.pk: unit for unit in around}


def minutes_of(conference: Conference) -> Minutes | None:
    """The minutes, when they were begun."""
    return getattr(conference, "minutes", None)


def section_path(conference: Conference, section: str, anchor: object = "") -> str:
    """The page of the conference at one of its sections."""
    return f"{reverse('conference', args=[conference.pk])}?phan={section}" + (f"#muc-{anchor}" if anchor else "")


def render_room(
    request: ActedRequest, conference: Conference, section: str = "", *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page at `section`; `bound` replaces forms by those that came back with faults, `opened` is the row being edited."""
    actor, minutes = request.actor, minutes_of(conference)
    section = section if section in SECTIONS else _usual_section(conference)
    may_change = policies.may_change_conference(conference, actor)
    context: dict[str, Any] = {
        "conference": conference,
        "bloc": conference.bloc_year,
        "minutes": minutes,
        "section": section,
        "tabs": _tabs(conference, section),
        "facts": _facts(conference),
        "opened": _opened(request),
        "may_change": may_change,
        "may_organise": policies.may_plan_conference(conference.bloc_year, actor),
        "may_record": policies.may_record_outcomes(conference, actor),
        "may_invite": policies.may_invite(conference, actor),
        "may_hold": policies.may_hold(conference, actor),
        "may_close": policies.may_close(conference, actor),
        "may_reopen": policies.may_reopen_conference(conference, minutes, actor),
        "may_write_minutes": policies.may_write_minutes(conference, minutes, actor),
        "close_form": CloseForm(initial={"ended_at": _likely_end(conference)}),
        "my_seat": conference.bloc_year.seat_of(actor.unit_id),
        "is_over": conference.usual_end < clock.now(),
    }
    context |= _SECTION_CONTEXTS[section](request, conference)
    return render(request, "blocs/conference.html", context | bound, status=status)


def _usual_section(conference: Conference) -> str:
    return "chuong-trinh" if conference.state == ConferenceState.PLANNED else "bieu-quyet"


def _opened(request: ActedRequest) -> int:
    given = request.GET.get("muc", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0


def _tabs(conference: Conference, section: str) -> list[dict[str, Any]]:
    labels = (
        ("chuong-trinh", _("Chương trình")),
        ("thanh-phan", _("Thành phần")),
        ("tai-lieu", _("Tài liệu")),
        ("bieu-quyet", _("Biểu quyết")),
        ("chi-dao", _("Chỉ đạo")),
        ("anh", pgettext("plural", "Ảnh")),
    )
    return [{"label": label, "url": f"?phan={name}", "active": name == section, "count": None} for name, label in labels]


def _facts(conference: Conference) -> list[tuple[str, str]]:
    begins = clock.local(conference.starts_at)
    ended = clock.local(conference.ended_at).strftime("%H:%M") if conference.ended_at else ""
    when = f"{begins:%H:%M}–{ended}, {begins:%d/%m/%Y}" if ended else f"{begins:%H:%M %d/%m/%Y}"
    secretary = conference.secretary
    return [
        (_("Thời gian"), when),
        (_("Địa điểm"), conference.venue),
        (_("Dự và chỉ đạo"), conference.presiding_leader),
        (_("Chủ trì"), conference.chair_unit.name),
        (_("Thư ký"), f"{secretary.ranked_name}, {secretary.unit.short_name}" if secretary else _("chưa chọn")),
    ]


def _likely_end(conference: Conference) -> Any:
    return clock.local(min(conference.usual_end, clock.now()))


def _agenda(request: ActedRequest, conference: Conference) -> dict[str, Any]:
    rows = agendas.times(conference)
    item = next((item for _time, item in rows if item.pk == _opened(request)), None)
    form = None
    if item:
        form = AgendaItemForm(initial={name: getattr(item, name) for name in ("title", "presenter", "minutes")})
    return {"agenda": rows, "form": form, "new_form": AgendaItemForm(auto_id="id_new_%s")}


def _attendance(request: ActedRequest, conference: Conference) -> dict[str, Any]:
    rows = attendance_rows(conference)
    may_change = policies.may_change_conference(conference, request.actor)
    return {
        "roll": rows,
        "present": attendance.present_units(conference),
        "total": len(conference.bloc_year.ordered_seats),
        "quorum": attendance.quorum(conference),
        "formset": attendance_formset(rows) if may_change else None,
    }


def attendance_rows(conference: Conference) -> list[Attendance]:
    """The roll in its order, each row knowing its unit."""
    known = units_of(conference)
    rows = sorted(conference.attendance.all(), key=lambda row: (row.order, row.pk))
    for row in rows:
        if row.unit_id in known:
            row.unit = known[row.unit_id]
    return rows


def _table(request: ActedRequest, conference: Conference) -> dict[str, Any]:
    rows = list(conference.table.select_related("document__bloc_year"))
    laid = {row.document_id for row in rows}
    others = [row for row in documents_of(request, conference) if row.pk not in laid]
    return {"table": rows, "form": TableItemForm(documents=others)}


def documents_of(request: ActedRequest, conference: Conference) -> list[BlocDocument]:
    """The documents of the bloc in this year that the actor may see."""
    rows = BlocDocument.objects.visible_to(request.actor).filter(bloc_year=conference.bloc_year)
    return list(rows.select_related("bloc_year"))


def _decisions(request: ActedRequest, conference: Conference) -> dict[str, Any]:
    rows, table = list(conference.decisions.select_related("about")), list(conference.table.all())
    total = len(conference.bloc_year.ordered_seats)
    present = len(attendance.present_units(conference)) or total
    row = next((row for row in rows if row.pk == _opened(request)), None)
    form = None
    if row:
        names = ("text", "rule", "votes_for", "against", "abstained", "reservations")
        initial = {name: getattr(row, name) for name in names} | {"about": row.about_id}
        form = DecisionForm(initial=initial, table=table, total=total)
    new_form = DecisionForm(initial={"votes_for": present}, table=table, total=total, auto_id="id_new_%s")
    return {"decisions": [(row, decisions.is_taken(row)) for row in rows], "form": form, "new_form": new_form}


def _directives(request: ActedRequest, conference: Conference) -> dict[str, Any]:
    rows, known = list(conference.directives.prefetch_related("tasks")), units_of(conference)
    for row in rows:
        for task in row.tasks.all():
            task.directive = row
            row.conference = conference
            task.unit = known.get(task.unit_id) or task.unit
    opened = next((row for row in rows if row.pk == _opened(request)), None)
    form = None
    if opened:
        initial = {"text": opened.text, "due": opened.due, "units": [task.unit_id for task in opened.tasks.all()]}
        form = DirectiveForm(initial=initial, bloc_year=conference.bloc_year)
    units = [seat.unit_id for seat in conference.bloc_year.ordered_seats]
    return {
        "directives": rows,
        "form": form,
        "new_form": DirectiveForm(initial={"units": units}, bloc_year=conference.bloc_year, auto_id="id_new_%s"),
        "report_form": ReportForm(auto_id=False),
    }


def _photos(request: ActedRequest, conference: Conference) -> dict[str, Any]:
    return {"photos": list(conference.photos.all()), "form": PhotoForm()}


_SECTION_CONTEXTS = {
    "chuong-trinh": _agenda,
    "thanh-phan": _attendance,
    "tai-lieu": _table,
    "bieu-quyet": _decisions,
    "chi-dao": _directives,
    "anh": _photos,
}
