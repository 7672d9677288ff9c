"""Remarks: the list, a remark with its thread, making one, deciding on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import policies
from blocs.domain import places, remarks
from blocs.domain.drafts import Conflict
from blocs.domain.remarks import WordingChanged
from blocs.domain.snapshots import version_text
from blocs.enums import RemarkState
from blocs.forms.faults import take_faults
from blocs.forms.remarks import AnswerForm, PlaceForm, RemarkForm, ReplyForm, WordingForm
from blocs.models import BlocDocument, Remark, Version
from blocs.redlines import compare_texts
from blocs.views.documents import find
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting

BADGES = {
    RemarkState.OPEN: ("wait", "message-question"),
    RemarkState.ACCEPTED: ("ok", "circle-check"),
    RemarkState.REJECTED: ("refused", "ban"),
    RemarkState.PARKED: ("info", "users-group"),
    RemarkState.WITHDRAWN: ("neutral", "arrow-back-up"),
}
ACTS: dict[str, Callable[..., Remark]] = {"tiep-thu": remarks.accept, "khong-tiep-thu": remarks.reject, "de-lai": remarks.park}


@require_safe
@acting("documents")
def remark_list(request: ActedRequest, pk: int) -> HttpResponse:
    """Every remark on the document, of whatever version, with what became of it."""
    document = find(request, pk)
    version = _newest(document)
    state = request.GET.get("trang-thai", "")
    rows = list(named(document, document.remarks.annotate(talk=Count("replies", distinct=True)).select_related("version")))
    now = places.by_key(version_text(version), document.kind)
    shown = [_row(row, now) for row in rows if state not in RemarkState.values or row.state == state]
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "version": version,
        "rows": shown,
        "total": len(rows),
        "filters": _filters(document, rows, state),
        "may_remark": policies.may_remark(document, request.actor),
    }
    return render(request, "blocs/remark_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def remark_new(request: ActedRequest, pk: int) -> HttpResponse:
    """Make a remark on a place of the newest version, chosen by address: `?muc=clause-<key>`."""
    document = find(request, pk)
    enforce(policies.may_remark(document, request.actor))
    version = _newest(document)
    found = places.places(version_text(version), document.kind)
    choosing = PlaceForm({"muc": request.GET.get("muc", found[0].code)}, found=found)
    place = next((row for row in found if choosing.is_valid() and row.code == choosing.cleaned_data["muc"]), found[0])
    if request.method != "POST":
        form = RemarkForm(place=place)
    else:
        form = RemarkForm(request.POST, request.FILES, place=place)
        shown = _shown(document, request.POST.get("version", ""))
        if not choosing.errors and form.is_valid():
            try:
                remark = remarks.raise_remark(shown, actor=request.actor, place=place.kind, key=place.key, **form.cleaned_data)
            except ValidationError as error:
                take_faults(form, error)
            else:
                messages.success(
                    request, _("Đã gửi ý kiến số %(n)d; khối trưởng và khối phó đã được báo.") % {"n": remark.number}
                )
                return redirect("remark", pk, remark.number)
    context = {"document": document, "bloc": document.bloc_year, "version": version, "place": place, "form": form}
    status = 422 if choosing.errors or (form.is_bound and form.errors) else 200
    return render(request, "blocs/remark_new.html", {**context, "choosing": choosing}, status=status)


@require_safe
@acting("documents")
def remark_page(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """A remark: what was said on what, the proposed wording as a redline, the thread, the answer."""
    document = find(request, pk)
    return _render(request, document, _find(document, number))


@require_POST
@acting("documents")
def remark_reply(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """Add to the thread."""
    document = find(request, pk)
    remark = _find(document, number)
    form = ReplyForm(request.POST)
    if form.is_valid():
        remarks.reply(remark, actor=request.actor, **form.cleaned_data)
        return redirect(f"{reverse('remark', args=[pk, number])}#trao-doi")
    return _render(request, document, remark, reply_form=form, status=422)


@require_POST
@acting("documents")
def remark_answer(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """Accept, decline or leave a remark for the conference."""
    document = find(request, pk)
    remark = _find(document, number)
    form = AnswerForm(request.POST)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:  # nothing is decided that nobody has chosen
        raise Http404
    if form.is_valid():
        try:
            remark = act(remark, actor=request.actor, **form.cleaned_data)
        except WordingChanged as change:
            return _choose(request, document, change, form.cleaned_data["answer"])
        except ValidationError as error:
            take_faults(form, error)
        else:
            return _told(request, remark)
    return _render(request, document, remark, answer_form=form, status=422)


@require_POST
@acting("documents")
def remark_wording(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """Accept with the wording that the leader chose after seeing what the clause says now."""
    document = find(request, pk)
    remark = _find(document, number)
    form = WordingForm(request.POST)
    if not form.is_valid():
        return _render(request, document, remark, wording_form=form, status=422)
    values = form.cleaned_data
    try:
        remark = remarks.accept(
            remark, actor=request.actor, answer=values["answer"], wording=values["wording"], seen=values["seen"]
        )
    except (WordingChanged, Conflict):
        clause = remarks.clause_of(document, remark)
        return _choose(request, document, WordingChanged(remark, clause), values["answer"], typed=values["wording"])
    except ValidationError as error:
        take_faults(form, error)
        return _render(request, document, remark, wording_form=form, status=422)
    return _told(request, remark)


@require_POST
@acting("documents")
def remark_withdraw(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """Take one's unit's remark back."""
    remarks.withdraw(_find(find(request, pk), number), actor=request.actor)
    messages.success(request, _("Đã rút ý kiến số %(n)d.") % {"n": number})
    return redirect("remark", pk, number)


def _told(request: ActedRequest, remark: Remark) -> HttpResponse:
    words = _("Đã trả lời ý kiến số %(n)d: %(state)s.") % {
        "n": remark.number,
        "state": str(RemarkState(remark.state).label).lower(),
    }
    messages.success(request, words)
    return redirect("remark", remark.document_id, remark.number)


def _choose(
    request: ActedRequest, document: BlocDocument, change: WordingChanged, answer: str, *, typed: str | None = None
) -> HttpResponse:
    clause = change.clause
    initial = {
        "wording": change.remark.proposed if typed is None else typed,
        "seen": clause.edits if clause else None,
        "answer": answer,
    }
    more = {"changed": change, "wording_form": WordingForm(initial=initial)}
    if clause:
        more["since"] = compare_texts(change.remark.quoted_text, clause.text)
    return _render(request, document, _find(document, change.remark.number), status=409, **more)


def _render(request: ActedRequest, document: BlocDocument, remark: Remark, *, status: int = 200, **bound: Any) -> HttpResponse:
    now = places.by_key(version_text(_newest(document)), document.kind)
    undecided = remark.state in (RemarkState.OPEN, RemarkState.PARKED)
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "remark": remark,
        "row": _row(remark, now),
        "proposal": compare_texts(remark.quoted_text, remark.proposed) if remark.proposed else None,
        "entered": compare_texts(remark.proposed, remark.entered_text) if remark.entered_text != remark.proposed else None,
        "may_answer": policies.may_answer_remarks(document, request.actor) if undecided else None,
        "next_open": None if undecided else _next_open(request, remark),
        "may_withdraw": policies.may_withdraw_remark(remark, request.actor),
        "may_reply": policies.may_remark(document, request.actor),
        "answer_form": AnswerForm(initial={"answer": remark.answer}),
        "reply_form": ReplyForm(),
    }
    return render(request, "blocs/remark.html", context | bound, status=status)


def _next_open(request: ActedRequest, remark: Remark) -> int | None:
    """The next remark that waits for this actor's answer, starting over at the first."""
    if not policies.may_answer_remarks(remark.document, request.actor):
        return None
    waiting = list(remark.document.remarks.filter(state=RemarkState.OPEN).order_by("number").values_list("number", flat=True))
    return next((number for number in waiting if number > remark.number), waiting[0] if waiting else None)


def _row(remark: Remark, now: dict[str, places.Place]) -> dict[str, Any]:
    kind, icon = BADGES[RemarkState(remark.state)]
    return {
        "remark": remark,
        "place": places.label(remark.place, remark.quoted_number, remark.quoted_heading),
        "became": "" if remark.entered_version else places.became(remark, now),  # its own wording changed the clause
        "kind": kind,
        "icon": icon,
        "words": str(RemarkState(remark.state).label),
    }


def _filters(document: BlocDocument, rows: list[Remark], state: str) -> list[dict[str, Any]]:
    path = reverse("remarks", args=[document.pk])
    found = [{"label": _("Tất cả"), "url": path, "active": state not in RemarkState.values, "count": len(rows)}]
    for each in RemarkState:
        count = sum(row.state == each for row in rows)
        if count or each == state:
            found.append({"label": each.label, "url": f"{path}?trang-thai={each}", "active": each == state, "count": count})
    return found


def _newest(document: BlocDocument) -> Version:
    found: Version = get_object_or_404(document.versions.order_by("-number")[:1])
    return found


def _shown(document: BlocDocument, number: str) -> Version:
    """The version that the page showed: a remark on another one is refused by its verb."""
    known = number if number.isascii() and number.isdigit() and len(number) < 6 else "0"
    version: Version = get_object_or_404(document.versions, number=int(known))
    version.document = document
    return version


def _find(document: BlocDocument, number: int) -> Remark:
    wanted = document.remarks.select_related("version").prefetch_related("replies__unit__names", "attachments__revision")
    remark: Remark = get_object_or_404(wanted, number=number)
    return next(iter(named(document, [remark])))


def named(document: BlocDocument, rows: QuerySet[Remark] | list[Remark]) -> list[Remark]:
    """Let the remarks know their document, and the units that sit in the bloc: their names are known already."""
    units = {seat.unit_id: seat.unit for seat in document.bloc_year.ordered_seats}
    office = document.bloc_year.standing_office
    units[office.pk] = office
    for row in rows:
        row.document = document
        if row.unit_id in units:
            row.unit = units[row.unit_id]
    return list(rows)
