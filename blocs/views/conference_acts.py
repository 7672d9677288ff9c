"""Acts on the sections of a conference: agenda, roll, documents, votes, directives and their reports, photographs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from blocs import conference_policies as policies
from blocs.domain import agendas, attendance, decisions, directives, photos
from blocs.domain.conference_rows import Changed
from blocs.forms.attendance import attendance_formset, everybody_present
from blocs.forms.conferences import AgendaItemForm, DecisionForm, DirectiveForm, PhotoForm, ReportForm, TableItemForm
from blocs.forms.faults import take_faults
from blocs.models import AgendaItem, Conference, Decision, Directive, DirectiveTask, Photo, TableItem
from blocs.views.conference_room import attendance_rows, documents_of, find, render_room, section_path
from blocs.views.conferences import MENU, seen_of
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.records.storage import BytesBroken


@require_POST
@acting(MENU)
def agenda_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add an item at the end of the agenda."""
    conference, form = find(request, pk), AgendaItemForm(request.POST, auto_id="id_new_%s")
    enforce(policies.may_change_conference(conference, request.actor))
    return _do(
        request,
        conference,
        "chuong-trinh",
        form,
        lambda: agendas.add(conference, actor=request.actor, **form.cleaned_data),
        new=True,
    )


@require_POST
@acting(MENU)
def agenda_save(request: ActedRequest, pk: int, item_pk: int) -> HttpResponse:
    """Change an item of the agenda."""
    conference, item = _row(request, pk, AgendaItem, item_pk)
    enforce(policies.may_change_conference(conference, request.actor))
    form = AgendaItemForm(request.POST)

    def save() -> AgendaItem:
        return agendas.change(item, actor=request.actor, seen=seen_of(request), **form.cleaned_data)

    return _do(request, conference, "chuong-trinh", form, save, opened=item.pk)


@require_POST
@acting(MENU)
def agenda_act(request: ActedRequest, pk: int, item_pk: int, act: str) -> HttpResponse:
    """Move an item up or down, or take it out."""
    conference, item = _row(request, pk, AgendaItem, item_pk)
    if act == "go":
        agendas.remove(item, actor=request.actor)
    else:
        agendas.move(item, actor=request.actor, by=-1 if act == "len" else 1)
    return redirect(section_path(conference, "chuong-trinh"))


@require_POST
@acting(MENU)
def attendance_save(request: ActedRequest, pk: int) -> HttpResponse:
    """Call the roll: only the rows that this person changed are written."""
    conference = find(request, pk)
    enforce(policies.may_change_conference(conference, request.actor))
    data = everybody_present(request.POST) if "everybody" in request.POST else request.POST
    formset = attendance_formset(attendance_rows(conference), data)
    faults: list[str] = []
    if formset.is_valid():
        try:
            attendance.record(conference, formset.changed_rows(), actor=request.actor)
        except ValidationError as error:
            faults = error.messages
        else:
            messages.success(request, _("Đã lưu thành phần dự."))
            return redirect(section_path(conference, "thanh-phan"))
    return render_room(request, conference, "thanh-phan", formset=formset, faults=faults, status=422)


@require_POST
@acting(MENU)
def table_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Lay a document on the table."""
    conference = find(request, pk)
    enforce(policies.may_change_conference(conference, request.actor))
    form = TableItemForm(request.POST, documents=documents_of(request, conference))
    return _do(request, conference, "tai-lieu", form, lambda: decisions.lay(conference, actor=request.actor, **form.cleaned_data))


@require_POST
@acting(MENU)
def table_remove(request: ActedRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take a document off the table."""
    conference, item = _row(request, pk, TableItem, item_pk)
    decisions.take_away(item, actor=request.actor)
    return redirect(section_path(conference, "tai-lieu"))


@require_POST
@acting(MENU)
def decision_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Write down a decision with its votes."""
    conference = find(request, pk)
    enforce(policies.may_record_outcomes(conference, request.actor))
    form = _decision_form(request, conference, auto_id="id_new_%s")
    return _do(
        request, conference, "bieu-quyet", form, lambda: decisions.decide(conference, form.vote(), actor=request.actor), new=True
    )


@require_POST
@acting(MENU)
def decision_save(request: ActedRequest, pk: int, item_pk: int) -> HttpResponse:
    """Correct a decision, or strike it out."""
    conference, decision = _row(request, pk, Decision, item_pk)
    enforce(policies.may_record_outcomes(conference, request.actor))
    if "strike" in request.POST:
        decisions.strike(decision, actor=request.actor)
        return redirect(section_path(conference, "bieu-quyet"))
    form = _decision_form(request, conference)

    def save() -> Decision:
        return decisions.correct(decision, form.vote(), actor=request.actor, seen=seen_of(request))

    return _do(request, conference, "bieu-quyet", form, save, opened=decision.pk)


def _decision_form(request: ActedRequest, conference: Conference, **more: Any) -> DecisionForm:
    total = len(conference.bloc_year.ordered_seats)
    return DecisionForm(request.POST, table=list(conference.table.all()), total=total, **more)


@require_POST
@acting(MENU)
def directive_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Write down a directive."""
    conference = find(request, pk)
    enforce(policies.may_record_outcomes(conference, request.actor))
    form = DirectiveForm(request.POST, bloc_year=conference.bloc_year, auto_id="id_new_%s")
    return _do(
        request, conference, "chi-dao", form, lambda: directives.give(conference, form.wanted(), actor=request.actor), new=True
    )


@require_POST
@acting(MENU)
def directive_save(request: ActedRequest, pk: int, item_pk: int) -> HttpResponse:
    """Correct a directive, or strike it out."""
    conference, directive = _row(request, pk, Directive, item_pk)
    enforce(policies.may_record_outcomes(conference, request.actor))
    if "strike" in request.POST:
        directives.strike(directive, actor=request.actor)
        return redirect(section_path(conference, "chi-dao"))
    form = DirectiveForm(request.POST, bloc_year=conference.bloc_year)

    def save() -> Directive:
        return directives.correct(directive, form.wanted(), actor=request.actor, seen=seen_of(request))

    return _do(request, conference, "chi-dao", form, save, opened=directive.pk)


@require_POST
@acting(MENU)
def directive_report(request: ActedRequest, pk: int, task_pk: int) -> HttpResponse:
    """Report what the unit has done about a directive."""
    conference = find(request, pk)
    task = get_object_or_404(DirectiveTask.objects.select_related("directive__conference"), pk=task_pk, directive__conference=pk)
    enforce(policies.may_report(task, request.actor))
    form = ReportForm(request.POST, auto_id=False)
    if form.is_valid():
        directives.report(task, actor=request.actor, text=form.cleaned_data["report"])
        messages.success(request, _("Đã báo kết quả thực hiện."))
        return redirect(section_path(conference, "chi-dao", task.directive_id))
    return render_room(request, conference, "chi-dao", report_form=form, reported=task.pk, status=422)


@require_POST
@acting(MENU)
def photo_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add photographs; those that are none are named, the others are kept."""
    conference, form = find(request, pk), PhotoForm(request.POST, request.FILES)
    enforce(policies.may_record_outcomes(conference, request.actor))
    if form.is_valid():
        for file in form.cleaned_data["photos"]:
            try:
                photos.add(conference, actor=request.actor, data=file.read(), caption=form.cleaned_data["caption"])
            except ValidationError as error:
                form.add_error("photos", f"{file.name[:60]}: {' '.join(error.messages)}")
        if not form.errors:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect(section_path(conference, "anh"))
    return render_room(request, conference, "anh", form=form, status=422)


@require_POST
@acting(MENU)
def photo_remove(request: ActedRequest, pk: int, photo_pk: int) -> HttpResponse:
    """Take a photograph away."""
    conference, photo = _row(request, pk, Photo, photo_pk)
    photos.take_away(photo, actor=request.actor)
    return redirect(section_path(conference, "anh"))


@require_safe
@acting(MENU)
@cache_control(private=True, max_age=86_400, immutable=True)
def photo(request: ActedRequest, pk: int, photo_pk: int, size: str) -> HttpResponse:
    """A photograph, for those who may see the bloc."""
    get_object_or_404(Conference.objects.visible_to(request.actor), pk=pk)
    row = get_object_or_404(Photo, pk=photo_pk, conference=pk)
    try:
        response = HttpResponse(photos.read(row, small=size == "nho"), content_type="image/jpeg")
    except BytesBroken as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _row(request: ActedRequest, pk: int, model: Any, row_pk: int) -> tuple[Conference, Any]:
    conference = find(request, pk)
    row = get_object_or_404(model, pk=row_pk, conference=pk)
    row.conference = conference
    return conference, row


def _do(
    request: ActedRequest,
    conference: Conference,
    section: str,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    opened: int = 0,
    new: bool = False,
) -> HttpResponse:
    """Save what the form says and show the section; faults stand at their fields, and a change by somebody else is told."""
    status, conflict = 422, None
    if form.is_valid():
        try:
            row = save()
        except ValidationError as error:
            take_faults(form, error)
        except Changed as changed:
            status, conflict = 409, changed.stored
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(section_path(conference, section, row.pk))
    bound = {"new_form": form} if new else {"form": form}
    return render_room(request, conference, section, status=status, opened=opened, conflict=conflict, **bound)
