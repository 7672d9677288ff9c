"""Documents that go out with the minutes of a conference: printed once when they are brought out, and kept by their hash.

They carry no signature. Whoever verifies such a file is told what it is, whether it holds, and which minutes name its hash.
"""

from datetime import date

from django.db.models import OuterRef, Subquery

from blocs.domain import previews
from blocs.domain.minutes_kind import KIND as MINUTES
from blocs.enums import DocumentState
from blocs.models import Adoption, BlocDocument, Conference, Version
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.records.models import Revision
from emulation.signing.domain import standing
from emulation.signing.enums import RoundState, Standing
from emulation.signing.kinds import Enclosure
from emulation.signing.models import SigningRound

KIND = "annex"
_STANDINGS = {DocumentState.REPLACED: Standing.REPLACED, DocumentState.REVOKED: Standing.REVOKED}


def keep(version: Version, held_on: date) -> Revision:
    """The bytes of the adopted version as they go out with the minutes of that day; whoever downloads them later gets these."""
    return documents.keep_once(KIND, previews.annex_pdf(version, held_on))


def page_count(annex: Revision) -> int:
    """How many pages the kept bytes have."""
    return pictures.page_count(documents.read(annex))


def of_conference(conference: Conference) -> list[BlocDocument]:
    """What goes out with the minutes of this conference and still holds, each with its kept bytes."""
    rows = BlocDocument.objects.filter(bloc_year=conference.bloc_year_id, state=DocumentState.ATTACHED)
    rows = rows.annotate(adopted_by=_last_conference()).filter(adopted_by=conference.pk)  # not what an earlier one had adopted
    found = list(rows.select_related("annex").order_by("pk"))
    for row in found:
        row.bloc_year = conference.bloc_year
    return found


def of_digest(sha256: str) -> Enclosure | None:
    """For the verification page: the annex with exactly these bytes, what holds before what has ended."""
    rows = BlocDocument.objects.filter(annex__sha256=sha256).annotate(adopted_by=_last_conference())
    found = sorted(rows.select_related("annex", "bloc_year__bloc").order_by("-pk"), key=lambda row: row.has_ended)
    return _enclosure(found[0]) if found else None


def _last_conference() -> Subquery:
    last = Adoption.objects.filter(version__document=OuterRef("pk")).order_by("-recorded_at")
    return Subquery(last.values("conference")[:1])


def _enclosure(row: BlocDocument) -> Enclosure:
    assert row.annex is not None
    assert row.date is not None
    newer = BlocDocument.objects.filter(replaces=row).first() if row.state == DocumentState.REPLACED else None
    reason = f"{row.end_reason} ({row.end_decision})" if row.end_decision else row.end_reason
    return Enclosure(
        title=row.printed_title,
        body_name=row.bloc_year.full_name,
        issued_on=row.date,
        carrier=_carrier(row.adopted_by, row.annex),  # type: ignore[attr-defined]  # annotated above
        standing=_STANDINGS.get(DocumentState(row.state), Standing.IN_FORCE),
        standing_since=row.ended_at,
        standing_reason=reason,
        successor=standing.completed(newer.kind, newer.pk) if newer else None,
    )


def _carrier(conference: int, annex: Revision) -> SigningRound | None:
    """The newest round of the conference's minutes, if they were frozen after the annex went out: earlier ones do not name it."""
    rounds = SigningRound.objects.filter(kind=MINUTES, subject_id=conference, opened_at__gte=annex.created_at)
    return rounds.exclude(state=RoundState.VOIDED).order_by("-number").first()
