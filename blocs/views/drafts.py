"""Acts of the drafting room: start a document, save its parts, add, move and take out clauses and targets."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import policies
from blocs.domain import drafts, limits, pasting, previews, reusing
from blocs.domain.drafts import Conflict
from blocs.domain.starting import StartingText, default_text
from blocs.enums import WITH_ARTICLES, ClauseKind, ClausePart, DocumentKind
from blocs.forms.drafts import ClauseForm, IndicatorForm, PasteForm
from blocs.forms.faults import take_faults
from blocs.models import BlocDocument, Clause, Indicator
from blocs.views import autosaving
from blocs.views.autosaving import Saving
from blocs.views.documents import bloc_of, find, preview_pages
from blocs.views.room import (
    frame_form,
    indicator_form,
    part_of,
    parts_of,
    registration_form,
    render_room,
    room_path,
    shown_values,
    values_of,
)
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting

MOST_FAULTS = 3


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def document_start(request: ActedRequest, pk: int, kind: str) -> HttpResponse:
    """Start a document of this kind: from the default text, or from a text pasted from Word after looking at how it was split."""
    bloc_year = bloc_of(request, pk)
    enforce(policies.may_start_draft(bloc_year, request.actor, kind))
    form = PasteForm(request.POST if "text" in request.POST else None)
    pasted: StartingText | None = None
    if form.is_bound and form.is_valid():
        pasted = pasting.split(form.cleaned_data["text"], articles=kind in WITH_ARTICLES)
        faults = list(limits.faults(pasted))
        if not pasted.pieces:
            faults = [_("Không thấy mục I., II., nội dung 1., 2. hay điều nào trong văn bản này.")]
        if faults:
            form.add_error("text", faults[:MOST_FAULTS])
            pasted = None
    last = reusing.last_document(bloc_year, kind)
    if request.method == "POST" and "start" in request.POST and (pasted or not form.is_bound):
        again = reusing.text_from(last, bloc_year) if last and request.POST["start"] == "last" else None
        document = drafts.start(bloc_year, actor=request.actor, text=pasted or again, kind=kind)
        return redirect("draft", document.pk)
    context = {
        "bloc": bloc_year,
        "form": form,
        "pasted": pasted,
        "default": default_text(bloc_year, kind),
        "kind": DocumentKind(kind),
        "last": last,
    }
    return render(request, "blocs/document_start.html", context)


@require_safe
@acting("documents")
def draft(request: ActedRequest, pk: int) -> HttpResponse:
    """The drafting room, at one of its parts."""
    document = find(request, pk)
    part = request.GET.get("phan", "noi-dung")
    return render_room(request, document, part if part in parts_of(document) else "noi-dung")


@require_POST
@acting("documents")
def save_frame(request: ActedRequest, pk: int, part: str) -> HttpResponse:
    """Save a part that belongs to the document's own row: opening, recipients, or date and place of signing."""
    document = find(request, pk)
    verb = drafts.save_signing_details if part == "ngay-ky" else drafts.save_text

    def save(seen: int, values: Mapping[str, Any]) -> BlocDocument:
        return verb(document, actor=request.actor, seen=seen, values=values)

    def shown(row: Any) -> Mapping[str, Any]:
        return shown_values(
            frame_form(row, part), values_of(row, (*drafts.TEXT_FIELDS, *drafts.SIGNING_FIELDS)) | {"host_unit": row.host_unit_id}
        )

    return _save(
        request, frame_form(document, part, request.POST), Saving(document, save, shown), part, room_path(document, part)
    )


@require_POST
@acting("documents")
def save_clause(request: ActedRequest, pk: int, clause_pk: int) -> HttpResponse:
    """Save heading and text of a clause."""
    document, clause = _clause(request, pk, clause_pk)
    part = part_of(clause)

    def save(seen: int, values: Mapping[str, Any]) -> Clause:
        return drafts.save_clause(clause, actor=request.actor, seen=seen, values=values)

    def shown(row: Any) -> Mapping[str, Any]:
        return values_of(row, ("heading", "text"))

    return _save(
        request, ClauseForm(request.POST), Saving(document, save, shown, clause), part, room_path(document, part, clause)
    )


@require_POST
@acting("documents")
def save_indicator(request: ActedRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """Save a target and its values for units."""
    document = find(request, pk)
    indicator = get_object_or_404(Indicator, pk=indicator_pk, document=document)

    def save(seen: int, values: Mapping[str, Any]) -> Indicator:
        own = {name: value for name, value in values.items() if name in drafts.INDICATOR_FIELDS}
        targets = {int(name.removeprefix("unit-")): value for name, value in values.items() if name.startswith("unit-")}
        return drafts.save_indicator(indicator, actor=request.actor, seen=seen, values=own, targets=targets)

    def shown(row: Any) -> Mapping[str, Any]:
        form = indicator_form(document, row)
        return shown_values(form, form.initial)

    form = indicator_form(document, indicator, request.POST)
    return _save(request, form, Saving(document, save, shown, indicator), "chi-tieu", room_path(document, "chi-tieu", indicator))


@require_POST
@acting("documents")
def save_registrations(request: ActedRequest, pk: int) -> HttpResponse:
    """Save the titles that units register; only the rows that were sent are touched."""
    document = find(request, pk)
    if not document.is_covenant or not policies.may_edit(document, request.actor):
        enforce(policies.may_register(document, request.actor.unit_id or 0, request.actor))
    units = {f"unit-{seat.unit_id}": seat.unit for seat in document.bloc_year.ordered_seats}

    def save(seen: int, values: Mapping[str, Any]) -> BlocDocument:
        for name, titles in values.items():
            drafts.register_titles(document, units[name], titles, actor=request.actor)
        return document

    form = registration_form(document, request.POST)
    back = request.POST.get("next", "")
    target = reverse("document", args=[document.pk]) if back == "document" else room_path(document, "danh-hieu")
    if back == "document":
        for name in [name for name in form.fields if name != f"unit-{request.actor.unit_id}"]:
            del form.fields[name]
    return _save(request, form, Saving(document, save, lambda _row: {}), "danh-hieu", target)


def _save(request: ActedRequest, form: forms.Form, saving: Saving, part: str, back: str) -> HttpResponse:
    if autosaving.is_live(request):
        return autosaving.save_live(request, form, saving)
    if form.is_valid():
        try:
            saving.save(autosaving.seen_version(request), form.cleaned_data)
        except Conflict as conflict:
            fresh = find(request, saving.document.pk)
            return render_room(
                request, fresh, part, bound=form, opened_row=saving.row, conflict=conflict, keep_stored=back, status=409
            )
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(back)
    assert isinstance(saving.document, BlocDocument)
    return render_room(request, saving.document, part, bound=form, opened_row=saving.row, status=422)


@require_POST
@acting("documents")
def clause_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add a clause or section after another one, or at the end."""
    document = find(request, pk)
    part = request.POST.get("part", "")
    kind = ClauseKind.SECTION if request.POST.get("kind") == ClauseKind.SECTION else ClauseKind.CLAUSE
    given = request.POST.get("after", "")
    after = next((row for row in document.clauses.all() if str(row.pk) == given), None)
    part = part if part in ClausePart.values else ClausePart.BODY
    clause = drafts.add_clause(document, actor=request.actor, part=part, kind=kind, after=after)
    return redirect(room_path(document, part_of(clause), clause))


@require_POST
@acting("documents")
def clause_act(request: ActedRequest, pk: int, clause_pk: int, act: str) -> HttpResponse:
    """Move a clause up or down, take it out, put it back."""
    document, clause = _clause(request, pk, clause_pk)
    if act in ("len", "xuong"):
        drafts.move_clause(clause, actor=request.actor, by=-1 if act == "len" else 1)
    elif act == "go":
        drafts.remove_clause(clause, actor=request.actor)
        messages.info(request, _("Đã gỡ khỏi dự thảo. Nội dung vẫn được giữ ở cuối trang và đưa lại được."))
        return redirect(room_path(document, part_of(clause)))
    else:
        drafts.restore_clause(clause, actor=request.actor)
    return redirect(room_path(document, part_of(clause), clause))


@require_POST
@acting("documents")
def indicator_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add a target at the end of the table."""
    document = find(request, pk)
    form = IndicatorForm(request.POST)
    if not form.is_valid():
        enforce(policies.may_edit(document, request.actor))
        return render_room(request, document, "chi-tieu", new_form=form, status=422)
    indicator = drafts.add_indicator(document, actor=request.actor, values=form.cleaned_data)
    return redirect(room_path(document, "chi-tieu", indicator))


@require_POST
@acting("documents")
def indicator_act(request: ActedRequest, pk: int, indicator_pk: int, act: str) -> HttpResponse:
    """Move a target up or down, take it out, or confirm what was kept from last year."""
    document = find(request, pk)
    indicator = get_object_or_404(Indicator, pk=indicator_pk, document=document)
    if act == "go":
        drafts.remove_indicator(indicator, actor=request.actor)
    elif act == "da-ra":
        drafts.confirm_indicator(indicator, actor=request.actor)
    else:
        drafts.move_indicator(indicator, actor=request.actor, by=-1 if act == "len" else 1)
    return redirect(room_path(document, "chi-tieu"))


@require_safe
@acting("documents")
def draft_preview(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages of the draft as they would print now; the clause being typed in is marked."""
    document = find(request, pk)
    enforce(policies.may_edit(document, request.actor) or policies.may_set_signing_details(document, request.actor))
    preview = previews.draft_preview(document, highlight_key=request.GET.get("phan", "")[:36])
    pages = preview_pages(document, preview.key, preview.pages)
    return render(request, "blocs/preview.html", {"pages": pages, "marked": preview.marked})


def _clause(request: ActedRequest, pk: int, clause_pk: int) -> tuple[BlocDocument, Clause]:
    document = find(request, pk)
    return document, get_object_or_404(Clause, pk=clause_pk, document=document)
