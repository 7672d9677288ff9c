"""A new draft from last year's document: the same text a year on, the same targets, which somebody has to look at."""

from dataclasses import replace

from blocs.domain import placeholders
from blocs.domain.snapshots import draft_text, version_text
from blocs.domain.starting import Aim, Piece, StartingText, filled
from blocs.enums import DocumentKind
from blocs.models import BlocDocument, BlocYear
from blocs.texts import CovenantText


def last_document(bloc_year: BlocYear, kind: str = DocumentKind.COVENANT) -> BlocDocument | None:
    """The same bloc's newest document of this kind from an earlier year that was published."""
    earlier = BlocDocument.objects.filter(bloc_year__bloc=bloc_year.bloc_id, kind=kind, bloc_year__year__lt=bloc_year.year_id)
    return earlier.filter(versions__isnull=False).full().order_by("-bloc_year__year").distinct().first()


def text_from(document: BlocDocument, bloc_year: BlocYear) -> StartingText:
    """The text of an earlier document for this bloc and year: years, dates, bloc and leaders moved on, values kept."""
    common = [line for line in bloc_year.year.legal_bases.splitlines() if line.strip()]
    text = filled(as_template(document), placeholders.values(bloc_year))
    return replace(text, bases=common or text.bases)


def as_template(document: BlocDocument) -> StartingText:
    """The text of a document with words in braces for all that belongs to its own year."""
    version = document.versions.order_by("-number").first()
    text = version_text(version) if version else draft_text(document)
    known = placeholders.values(document.bloc_year)

    def opened(words: str) -> str:
        return placeholders.take_out(words, known)

    started = _as_start(text)
    return replace(
        started,
        bases=[opened(line) for line in started.bases],
        opening=opened(started.opening),
        pieces=[replace(piece, heading=opened(piece.heading), text=opened(piece.text)) for piece in started.pieces],
        recipients=[opened(line) for line in started.recipients],
        aims=[replace(aim, name=opened(aim.name)) for aim in started.aims],
    )


def _as_start(text: CovenantText) -> StartingText:
    return StartingText(
        title=text.title,
        bases=text.bases,
        opening=text.opening,
        pieces=[Piece(row.kind, row.part, row.heading, row.text) for row in text.clauses],
        recipients=text.recipients,
        aims=[Aim(row.name, row.measure, row.direction, row.bloc_value, row.unit_values) for row in text.indicators],
    )
