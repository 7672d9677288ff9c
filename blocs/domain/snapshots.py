"""From rows to text: the working draft as plain values, and the frame in which a document is printed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects

from blocs import enclosing
from blocs.enums import BLOC_WORDS, BlocWord, LeadersPlace, SeatRole, Title
from blocs.models import BlocDocument, BlocYear, Seat, Version
from blocs.texts import ClauseText, CovenantText, IndicatorText, RegistrationText, from_json
from emulation.lib import clock
from emulation.organisation.domain import units
from emulation.organisation.enums import UnitKind
from emulation.organisation.models import Unit
from emulation.pdf import frame as page
from emulation.pdf.frame import DocumentFrame, Verification
from emulation.signing.domain.paper import Holder


def draft_text(document: BlocDocument) -> CovenantText:
    """The working draft as it stands now; four queries for a covenant, one for the other kinds, which have no tables."""
    registered: dict[int, set[str]] = defaultdict(set)
    for row in document.registrations.all() if document.is_covenant else []:
        registered[row.unit_id].add(row.title)
    indicators = list(document.indicators.all()) if document.is_covenant else []
    prefetch_related_objects(indicators, "targets")
    return CovenantText(
        title=document.title,
        movement=document.movement,
        bases=lines(document.bases),
        opening=document.opening.strip(),
        clauses=[
            ClauseText(str(row.key), row.kind, row.part, row.heading.strip(), row.text.strip())
            for row in sorted(document.clauses.all(), key=lambda row: (row.part, row.order, row.pk))
            if row.removed_at is None
        ],
        indicators=[
            IndicatorText(
                str(row.key),
                row.name,
                row.measure,
                row.direction,
                canonical(row.bloc_value),
                {str(target.unit_id): canonical(target.value) for target in row.targets.all()},
            )
            for row in indicators
        ],
        registrations=[
            RegistrationText(str(seat.unit_id), [title for title in Title.values if title in registered[seat.unit_id]])
            for seat in document.bloc_year.ordered_seats
            if registered[seat.unit_id]
        ],
        recipients=lines(document.recipients),
        enclosed=enclosing.enclosed(document),
    )


def version_text(version: Version) -> CovenantText:
    """The text of a published version."""
    return from_json(version.content)


def canonical(value: Decimal | None) -> str:
    """ "80", "12.5": no trailing zeros, no exponent; "" for none."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def signing_seats(bloc_year: BlocYear) -> list[Seat]:
    """The seats in the order of the signature grid: leader and deputies first or last, else the order of the decision."""
    rank = {SeatRole.LEADER: 0, SeatRole.DEPUTY: 1, SeatRole.MEMBER: 2}
    if bloc_year.leaders_place == LeadersPlace.LAST:
        rank = {SeatRole.MEMBER: 0, SeatRole.DEPUTY: 1, SeatRole.LEADER: 2}
    return sorted(bloc_year.ordered_seats, key=lambda seat: (rank[SeatRole(seat.role)], seat.deputy_number or 0, seat.order))


def signing_units(document: BlocDocument) -> list[Seat]:
    """Who signs: all units of the bloc sign its covenant; the leader unit signs its other documents for all."""
    return signing_seats(document.bloc_year) if document.is_covenant else [document.bloc_year.leader]


def province_of(bloc_year: BlocYear) -> Unit | None:
    """The provincial police above the bloc's standing office."""
    parent = bloc_year.standing_office.parent
    return parent if parent and parent.kind == UnitKind.PROVINCE else None


def document_frame(
    document: BlocDocument,
    *,
    fields: list[str] | None = None,
    verification: Verification | None = None,
    draft_label: str = "",
    highlight_key: str = "",
    lapse_sentence: str = "",
    originals: int = 0,
    holders: Mapping[int, Holder] | None = None,
    annex_of: str = "",
) -> DocumentFrame:
    """The frame for printing: names valid on the document's date (today while none is set), seats in signing order.

    `fields` names the signature fields, seats first and the witness last; previews need none. For `originals` to sign with pens,
    `holders` names for each unit whose name is printed. What is an annex has no seats.
    """
    bloc_year = document.bloc_year
    day = document.date or clock.today()
    seats = [] if annex_of else signing_units(document)
    names = fields or [f"sig-{number}" for number in range(1, len(seats) + 2)]
    province = province_of(bloc_year)
    witness = None
    if document.has_witness and province:
        witness = _seat(province, day, "Lãnh đạo Công an tỉnh chứng kiến", names[len(seats)], holders)
    return DocumentFrame(
        agency=province.name_on(day) if province else "",
        bloc_name=bloc_year.full_name,
        place=document.place,
        date=day,
        year=bloc_year.year_id,
        seats=[_printed_seat(document, seat, names[place], holders) for place, seat in enumerate(seats)],
        witness=witness,
        number=document.number,
        marking="LƯU HÀNH NỘI BỘ" if document.is_internal else "",
        is_demonstration=units.is_demonstration(),
        draft_label=draft_label,
        highlight_key=highlight_key,
        verification=verification,
        lapse_sentence=lapse_sentence,
        originals=originals,
        columns=2 if originals else 0,  # printed names need the width
        annex_of=annex_of,
    )


def _seat(unit: Unit, day: date, role: str, field: str, holders: Mapping[int, Holder] | None) -> page.Seat:
    holder = holders.get(unit.pk) if holders else None
    position, name = (holder.position, holder.name) if holder else ((), "")
    return page.Seat(str(unit.pk), unit.name_on(day), role, field, position, name)


def _printed_seat(document: BlocDocument, seat: Seat, field: str, holders: Mapping[int, Holder] | None) -> page.Seat:
    """A unit signs a covenant in its own name; the leader signs the other documents on behalf of the bloc (Decree 30/2020, art. 13)."""
    printed = _seat(seat.unit, document.date or clock.today(), seat.role_name, field, holders)
    if document.is_covenant:
        return printed
    body = f"TM. {BLOC_WORDS[BlocWord(document.bloc_year.word)]} thi đua"
    return replace(printed, role_label=body, unit_name=seat.role_name, signer=printed.unit_name)


def lines(text: str) -> list[str]:
    """The lines that say something, without the signs at their ends."""
    return [line for line in (raw.strip().rstrip(";.").strip() for raw in text.splitlines()) if line]
