"""Blocs by steps for those who watch over them, and what the home page shows beside the tasks."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from blocs.domain import discussion, progress
from blocs.domain.progress import Step
from blocs.domain.signing_kind import bring_together
from blocs.domain.todo import Overview
from blocs.enums import ENDED, DocumentKind, DocumentState
from blocs.models import BlocDocument, BlocYear, Version
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.signing.enums import RoundState
from emulation.signing.models import SigningRound
from scoring.domain.overview import year_steps
from scoring.domain.todo import Seen

SOON = timedelta(days=7)


@dataclass(frozen=True)
class BoardRow:
    """A bloc, its steps, what is missing, and whether it is late, soon due or done."""

    bloc: BlocYear
    units: int
    steps: list[Step]
    missing: str
    due: date | None
    is_late: bool
    is_soon: bool
    is_signed: bool

    def matches(self, kind: str) -> bool:
        """Whether the row belongs to a filter of the board."""
        return {"tre": self.is_late, "sap": self.is_soon, "ky": self.is_signed}.get(kind, True)


def years(actor: Actor) -> list[int]:
    """The years that have blocs, newest first."""
    return sorted(set(BlocYear.objects.visible_to(actor).values_list("year", flat=True)), reverse=True)


def chosen_year(known: list[int], given: str) -> int:
    """The year asked for, or this one, or the last before it that has blocs."""
    asked = next((year for year in known if str(year) == given), None)
    today = clock.today().year
    return asked or next((year for year in known if year <= today), today)


def rows(actor: Actor, year: int) -> list[BoardRow]:
    """A row for each bloc of the year, late ones first; a fixed number of queries."""
    blocs = list(BlocYear.objects.visible_to(actor).filter(year=year).full())
    versions = discussion.dated(Version.objects.defer("content").order_by("-number")).prefetch_related("stands")
    found = (
        BlocDocument.objects.filter(bloc_year__in=blocs, kind=DocumentKind.COVENANT)
        .exclude(state__in=ENDED)
        .order_by("-pk")  # what is in force is told before what is to replace it
        .prefetch_related(Prefetch("versions", versions))
    )
    documents = {document.bloc_year_id: document for document in found}
    wanted = SigningRound.objects.filter(
        kind=DocumentKind.COVENANT, subject_id__in=[row.pk for row in documents.values()]
    ).exclude(state=RoundState.VOIDED)
    rounds = {row.subject_id: row for row in wanted.prefetch_related("slots")}
    built = []
    for bloc in blocs:
        document, signing_round = documents.get(bloc.pk), None
        if document:
            document.bloc_year = bloc
            signing_round = rounds.get(document.pk)
        if document and signing_round:
            bring_together(signing_round, document)
        built.append(_row(bloc, document, signing_round))
    return sorted(built, key=lambda row: (not row.is_late, row.is_signed, row.due or date.max, row.bloc.name))


def _row(bloc: BlocYear, document: BlocDocument | None, signing_round: SigningRound | None) -> BoardRow:
    version = next(iter(document.versions.all()), None) if document else None
    steps = progress.steps(bloc, document, version, signing_round)
    due = _due(bloc, document, version, signing_round)
    today = clock.today()
    return BoardRow(
        bloc,
        len(bloc.ordered_seats),
        steps,
        _missing(bloc, document, version, signing_round),
        due=due,
        is_late=any(step["state"] == progress.LATE for step in steps),
        is_soon=due is not None and today <= due <= today + SOON,
        is_signed=bool(document and document.state == DocumentState.SIGNED),
    )


def _due(
    bloc: BlocYear, document: BlocDocument | None, version: Version | None, signing_round: SigningRound | None
) -> date | None:
    state = document.state if document else ""
    if state in ("", DocumentState.DRAFT):
        return bloc.draft_due
    if state == DocumentState.DISCUSSION and version:
        return clock.local(version.deadline).date()
    if state == DocumentState.SIGNED:
        return None
    return clock.local(signing_round.deadline).date() if signing_round and signing_round.deadline else bloc.sign_due


def _missing(bloc: BlocYear, document: BlocDocument | None, version: Version | None, signing_round: SigningRound | None) -> str:
    """What the bloc waits for, in a few words."""
    if document is None:
        return _("Chưa có dự thảo")
    if document.state == DocumentState.DRAFT:
        return _("Chờ khối trưởng công bố")
    if document.state == DocumentState.DISCUSSION and version:
        sent = {stand.unit_id for stand in version.stands.all() if stand.sent_at}
        silent = [seat.unit.short_name for seat in bloc.ordered_seats if seat.unit_id not in sent]
        return _units(silent, _("gửi ý kiến")) if silent else _("Chờ ghi nhận thống nhất")
    if document.state == DocumentState.ADOPTED:
        return _("Chờ kiểm tra và mở ký")
    slots = list(signing_round.slots.all()) if signing_round else []
    if document.state == DocumentState.SIGNED:
        return _("Ký đủ %(n)d/%(n)d") % {"n": len(slots)}
    if signing_round and signing_round.on_paper:
        return _("Chờ ghi nhận ký giấy")
    return _units([progress.slot_label(slot) for slot in slots if slot.signed_at is None], _("ký"))


def _units(names: list[str], act: str) -> str:
    if len(names) <= 2:
        return _("Còn %(units)s %(act)s") % {"units": ", ".join(names), "act": act}
    return _("Còn %(n)d đơn vị %(act)s") % {"n": len(names), "act": act}


@dataclass(frozen=True)
class OwnBloc:
    """The newest bloc of the actor's unit, for the side of the home page."""

    bloc: BlocYear
    steps: list[Step]


def own_bloc(seen: Overview, scored: Seen, actor: Actor) -> OwnBloc | None:
    """The newest bloc in which the actor's unit has a seat, with its scoring while that is at work."""
    own = [bloc for bloc in seen.blocs if bloc.seat_of(actor.unit_id)]
    bloc = min(own, key=lambda row: (-row.year_id, row.pk), default=None)
    if bloc is None:
        return None
    scoring = year_steps({row: row.last_days for row in scored.campaigns if row.bloc_year_id == bloc.pk})
    document = seen.covenant_of(bloc)
    if document is None:
        return OwnBloc(bloc, progress.steps(bloc, None, None, None) + scoring)
    # The overview brings the versions of covenants that are at work, newest first.
    is_signed = document.state == DocumentState.SIGNED
    version = discussion.latest(document) if is_signed else next(iter(document.versions.all()), None)
    return OwnBloc(bloc, progress.steps(bloc, document, version, seen.rounds.get(document.pk)) + scoring)


def last_signed(seen: Overview) -> BlocDocument | None:
    """The document signed last among those the actor may see."""
    in_force = [document for document in seen.all_documents if not document.has_ended]
    signed = [(document.signed_at, document.pk, document) for document in in_force if document.signed_at]
    return max(signed)[2] if signed else None
