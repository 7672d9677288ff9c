"""Pages of blocs: list, one bloc in its year, forming and changing by the office."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs import beside, conference_policies, policies
from blocs.domain import blocs as verbs
from blocs.domain import conference_steps, discussion, progress, signing
from blocs.domain.progress import Step
from blocs.enums import ENDED, DocumentKind, DocumentState, SeatRole
from blocs.forms.blocs import BlocForm, initial_of, seat_formset, units_to_choose
from blocs.models import BlocDocument, BlocYear, Conference, Version, name_units
from emulation.lib import clock
from emulation.lib.verdict import Refused, enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.actors import Actor
from emulation.organisation.models import Position
from emulation.signing.enums import RoundState
from emulation.signing.models import SigningRound


@require_safe
@acting("blocs")
def bloc_list(request: ActedRequest) -> HttpResponse:
    """The blocs that the actor may see, newest year first; one year at a time when there are several."""
    visible = BlocYear.objects.visible_to(request.actor)
    years = sorted(set(visible.values_list("year", flat=True)), reverse=True)
    asked = next((number for number in years if str(number) == request.GET.get("nam")), None)
    year = asked or next((number for number in years if number <= clock.today().year), clock.today().year)
    rows = list(visible.filter(year=year).full())
    covenants = BlocDocument.objects.filter(bloc_year__in=rows, kind=DocumentKind.COVENANT)
    known = (
        covenants.visible_to(request.actor).exclude(state__in=ENDED).order_by("-pk")
    )  # what is in force before what replaces it
    states = dict(known.values_list("bloc_year", "state"))
    return render(
        request,
        "blocs/bloc_list.html",
        {
            "rows": [
                (row, states.get(row.pk, ""), DocumentState(states[row.pk]).label if row.pk in states else "") for row in rows
            ],
            "years": [{"label": str(number), "url": f"?nam={number}", "active": number == year} for number in years],
            "year": year,
            "may_form": policies.may_form_bloc(request.actor),
        },
    )


@require_safe
@acting("blocs")
def bloc_page(request: ActedRequest, pk: int) -> HttpResponse:
    """One bloc in its year: the step line, the units with their stands and signatures, its documents."""
    bloc_year = name_units(get_object_or_404(BlocYear.objects.visible_to(request.actor).full(named=False), pk=pk))
    documents = list(BlocDocument.objects.visible_to(request.actor).filter(bloc_year=bloc_year).order_by("pk"))
    document = next((row for row in documents if row.is_covenant and not row.has_ended), None)
    version = signing_round = None
    for row in documents:
        row.bloc_year = bloc_year
    if document:
        version = discussion.latest(document)
        signing_round = signing.current_round(document, with_records=False)
        if signing_round and signing_round.state == RoundState.VOIDED:
            signing_round = None  # its seats are no longer to be signed; the document's page tells of it
    heads = _heads(bloc_year)
    slots = {row.slot.unit_id: row for row in progress.slot_rows(signing_round, request.actor)} if signing_round else {}
    adopted = document is not None and not document.is_editable
    stands = progress.stand_rows(
        bloc_year, version.stands.all() if version and not signing_round else [], request.actor, adopted=adopted
    )
    witness = next((row for row in slots.values() if row.slot.role == "witness"), None)
    conferences = list(bloc_year.conferences.all())
    return render(
        request,
        "blocs/bloc.html",
        {
            "bloc": bloc_year,
            **_year(
                bloc_year, documents, request.actor, progress.steps(bloc_year, document, version, signing_round), conferences
            ),
            "conferences": conferences,
            "may_plan": conference_policies.may_plan_conference(bloc_year, request.actor),
            "rows": [(row, heads.get(row.seat.unit_id), slots.get(row.seat.unit_id)) for row in stands],
            "witness": witness,
            "document": document,
            "show_stands": version is not None and signing_round is None,  # who has signed has taken his stand
            "round": signing_round,
            "done": sum(row.state == "signed" for row in slots.values()),
            "total": len(slots),
            "my_slot": any(row.kind == "mine" for row in slots.values()),
            "bloc_key": str(bloc_year.pk),
            "facts": _facts(bloc_year),
            "milestones": _milestones(bloc_year, document, version, signing_round, conferences),
            "documents": _documents(documents),
            "may_change": policies.may_change_bloc(bloc_year, request.actor, documents=documents),
            "may_start": policies.may_start_draft_in_empty(bloc_year, request.actor),
        },
    )


def _year(
    bloc_year: BlocYear, documents: list[BlocDocument], actor: Actor, steps: list[Step], conferences: list[Conference]
) -> dict[str, Any]:
    """The line of the year with what other rooms add to it, and their cards."""
    parts = beside.parts(bloc_year, documents, actor)
    cards = [part for part in parts if part.links or part.act]
    return {"steps": conference_steps.among(steps, conferences, beside.steps(parts)), "parts": cards}


def _heads(bloc_year: BlocYear) -> dict[int, Position]:
    """Who signs for each unit today."""
    units = [seat.unit_id for seat in bloc_year.ordered_seats]
    signers = Position.objects.on(clock.today()).signers().filter(unit__in=units)
    return {row.unit_id: row for row in signers.select_related("person").order_by("post", "-pk")}


def _documents(documents: list[BlocDocument]) -> list[tuple[DocumentKind, BlocDocument | None]]:
    """The documents by kind, those that hold no longer last; a row without one for each kind that can be started."""
    rows: list[tuple[DocumentKind, BlocDocument | None]] = []
    for kind in DocumentKind:
        found = sorted((row for row in documents if row.kind == kind), key=lambda row: row.has_ended)
        rows += [(kind, row) for row in found if not row.has_ended] or [(kind, None)]
        rows += [(kind, row) for row in found if row.has_ended]
    return rows


def _facts(bloc_year: BlocYear) -> list[tuple[str, str]]:
    deputies = ", ".join(seat.unit.name for seat in bloc_year.ordered_seats if seat.role == SeatRole.DEPUTY)
    return [
        (_(bloc_year.role_name(SeatRole.LEADER)), bloc_year.leader.unit.name),
        (_(bloc_year.role_name(SeatRole.DEPUTY)), deputies),
        (_("Thường trực"), bloc_year.standing_office.name),
        (_("Chủ trì"), bloc_year.presiding_leader),
    ]


def _milestones(
    bloc_year: BlocYear,
    document: BlocDocument | None,
    version: Version | None,
    signing_round: SigningRound | None,
    conferences: list[Conference],
) -> list[dict[str, Any]]:
    """The days to come of this bloc, in order."""
    days: list[tuple[date | None, str]] = []
    if version is None:
        days.append((bloc_year.draft_due, _("Hạn công bố dự thảo")))
    if document is None or document.state != DocumentState.SIGNED:
        days.append((bloc_year.sign_due, _("Hạn ký giao ước")))
    if version and document and document.state == DocumentState.DISCUSSION:
        days.append((clock.local(version.deadline).date(), _("Hạn cho ý kiến bản %(n)d") % {"n": version.number}))
    is_open = signing_round is not None and signing_round.state == RoundState.OPEN
    if is_open and signing_round and signing_round.deadline and clock.local(signing_round.deadline).date() != bloc_year.sign_due:
        days.append((clock.local(signing_round.deadline).date(), _("Hạn vòng ký")))
    days += [(clock.local(row.starts_at).date(), str(row.get_kind_display())) for row in conferences]
    today = clock.today()
    coming = sorted((day, title) for day, title in days if day and day >= today)
    return [{"day": day, "title": title, "note": "", "today": day == today} for day, title in coming]


@require_http_methods(["GET", "HEAD", "POST"])
@acting("blocs")
def bloc_new(request: ActedRequest) -> HttpResponse:
    """Form a bloc; `?tu=<key>` carries one of an earlier year into the next."""
    enforce(policies.may_form_bloc(request.actor))
    earlier = _earlier(request)
    year = (earlier.year_id + 1) if earlier else clock.today().year
    initial = initial_of(earlier, year=year) if earlier else {"year": year}
    seats = [{"unit": seat.unit_id, "role": seat.role} for seat in earlier.ordered_seats if seat.unit_exists()] if earlier else []
    return _bloc_form(request, None, initial, seats, earlier)


@require_http_methods(["GET", "HEAD", "POST"])
@acting("blocs")
def bloc_edit(request: ActedRequest, pk: int) -> HttpResponse:
    """Change a bloc before its document is signed."""
    bloc_year = get_object_or_404(BlocYear.objects.visible_to(request.actor).full(), pk=pk)
    enforce(policies.may_change_bloc(bloc_year, request.actor))
    seats = [{"unit": seat.unit_id, "role": seat.role} for seat in bloc_year.ordered_seats]
    return _bloc_form(request, bloc_year, initial_of(bloc_year), seats, None)


def _earlier(request: ActedRequest) -> BlocYear | None:
    given = request.GET.get("tu", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 18):
        raise Http404
    return get_object_or_404(BlocYear.objects.visible_to(request.actor).full(), pk=int(given))


def _bloc_form(
    request: ActedRequest,
    bloc_year: BlocYear | None,
    initial: dict[str, Any],
    seats: list[dict[str, Any]],
    earlier: BlocYear | None,
) -> HttpResponse:
    units = units_to_choose(bloc_year)
    data = request.POST if request.method == "POST" else None
    form, rows = BlocForm(data, initial=initial), seat_formset(units, data, seats)
    if bloc_year:
        form.fields["year"].disabled = True
    if data is not None and form.is_valid() & rows.is_valid():
        try:
            plan = form.plan(rows.seats())
            if bloc_year:
                saved = verbs.change(bloc_year, plan, actor=request.actor)
            else:
                saved = verbs.form(form.cleaned_data["year"], plan, actor=request.actor, bloc=earlier.bloc if earlier else None)
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã lưu %(bloc)s năm %(year)d.") % {"bloc": saved.full_name, "year": saved.year_id})
            return redirect("bloc", saved.pk)
    return render(request, "blocs/bloc_form.html", {"form": form, "seats": rows, "bloc": bloc_year, "earlier": earlier})
