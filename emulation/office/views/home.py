"""The home page of everybody: what waits for me, until when, one click to do it; and the office's board of blocs."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blocs.domain import progress, todo
from blocs.domain.progress import SlotRow
from blocs.domain.todo import Task
from blocs.views.documents import round_pages
from emulation.lib import clock
from emulation.lib.time_left import time_left
from emulation.lib.verdict import Refused, refuse
from emulation.office.domain import board as boards
from emulation.office.domain import first_start
from emulation.organisation.access import ActedRequest, acting
from emulation.reports.domain import bloc_todo, opening, province_todo
from emulation.reports.domain import todo as reporting
from scoring.domain import todo as scoring


@require_safe
def home(request: ActedRequest) -> HttpResponse:
    """An empty installation leads to the first steps, a visitor to the log-in, everybody else to what waits for him."""
    if not request.user.is_authenticated:
        return redirect("first_steps" if first_start.is_needed() else settings.LOGIN_URL)
    if request.actor.position is None:
        return redirect("first_steps") if request.actor.is_administrator else render(request, "office/no_position.html")
    seen = todo.overview(
        request.actor, scoring.signing, scores=scoring.at_work(), reports=reporting.at_work(), unasked=opening.missing()
    )
    scored = scoring.gather(seen, request.actor)
    actor = request.actor
    reports = reporting.tasks(reporting.gather(seen.blocs, actor), actor)
    reports += opening.tasks(seen.blocs, actor)
    reports += bloc_todo.tasks(bloc_todo.gather(seen.blocs, actor), actor)
    reports += province_todo.tasks(seen.blocs, actor)
    tasks = todo.by_urgency([*todo.tasks(seen, request.actor), *scoring.tasks(scored, actor), *reports])
    waiting = next((task for task in tasks if task.kind == todo.SIGN and task.signing_round), None)
    others = [task for task in tasks if task is not waiting]
    context = {
        "now": clock.now(),
        "tasks": tasks,
        "due_today": sum(bool(task.due and time_left(task.due).is_pressing) for task in tasks),
        "waiting": waiting,
        "others": others,
        "own_bloc": boards.own_bloc(seen, scored, request.actor),
        "last_signed": boards.last_signed(seen),
        "coming": _coming(others),
    }
    if waiting and waiting.signing_round:
        rows = progress.slot_rows(waiting.signing_round, request.actor)
        context["seats"] = [{"label": row.label, "state": row.state, "name": row.label} for row in rows]
        context["signed"] = _signed(rows)
        context["thumb"] = round_pages(waiting.signing_round)[0]["thumb"]
    return render(request, "office/home.html", context)


home.menu = "home"  # type: ignore[attr-defined]  # read by the navigation


def _signed(rows: list[SlotRow]) -> list[dict[str, Any]]:
    """Who has signed already, newest first."""
    found = [
        {"at": row.slot.signed_at, "who": row.slot.unit_name, "what": _signed_words(row), "with_day": True}
        for row in rows
        if row.slot.signed_at
    ]
    return sorted(found, key=lambda entry: entry["at"], reverse=True)


def _signed_words(row: SlotRow) -> str:
    return _("đã ký (%(mark)s)") % {"mark": row.slot.capacity_mark} if row.slot.capacity_mark else _("đã ký")


def _coming(tasks: list[Task]) -> list[dict[str, Any]]:
    """The next dates among the tasks, for the side."""
    today = clock.today()
    rows: list[dict[str, Any]] = []
    for task in tasks:
        if task.due is None:
            continue
        about = task.document or task.conference
        day = clock.local(task.due).date() if isinstance(task.due, datetime) else task.due
        if day >= today:
            rows.append(
                {
                    "day": day,
                    "title": task.title,
                    "note": about.bloc_year.name if about else "",
                    "today": day == today,
                }
            )
    return sorted(rows, key=lambda row: row["day"])[:4]


@require_safe
@acting("board")
def board(request: ActedRequest) -> HttpResponse:
    """Blocs by steps for the standing office and the provincial leaders, late ones on top."""
    if not (request.actor.is_office or request.actor.is_provincial_leader):
        raise Refused(refuse(_("Bảng theo dõi dành cho cơ quan thường trực và lãnh đạo Công an tỉnh.")))
    years = boards.years(request.actor)
    year = boards.chosen_year(years, request.GET.get("nam", ""))
    rows = boards.rows(request.actor, year)
    kind = request.GET.get("loc", "")
    filters = [("", _("Tất cả")), ("tre", _("Trễ hạn")), ("sap", _("Đến hạn trong 7 ngày")), ("ky", _("Đã ký giao ước"))]
    context = {
        "year": year,
        "years": [{"label": str(number), "url": f"?nam={number}", "active": number == year} for number in years],
        "rows": [row for row in rows if row.matches(kind)],
        "filters": [
            {
                "label": label,
                "url": f"?nam={year}&loc={code}",
                "active": code == kind,
                "count": sum(row.matches(code) for row in rows),
            }
            for code, label in filters
        ],
        "units": sum(row.units for row in rows),
        "blocs": len(rows),
        "steps": [step["label"] for step in rows[0].steps] if rows else [],
        "now": clock.now(),
    }
    return render(request, "office/board.html", context)
