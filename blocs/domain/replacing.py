"""A new document in place of one in force: the same text to start from, and a clause that says what it replaces."""

from dataclasses import replace as with_values

from django.db import transaction

from blocs import policies
from blocs.domain import drafts, reusing
from blocs.domain.starting import Piece, StartingText
from blocs.enums import ISSUED, ClauseKind, ClausePart
from blocs.models import BlocDocument, BlocYear, TitleRegistration
from emulation.lib import clock
from emulation.lib.verdict import enforce, first_refusal
from emulation.organisation.actors import Actor
from emulation.signing.domain import rounds

HEADING = "Hiệu lực"


@transaction.atomic
def start_replacement(document: BlocDocument, *, actor: Actor, reason: str) -> BlocDocument:
    """Start the document that is to replace this one: its text, targets and titles carried over. Raises `Refused`.

    The old one holds until the new one is signed (or goes out with the minutes), and is superseded at that moment.
    """
    BlocYear.objects.select_for_update(of=("self",)).get(pk=document.bloc_year_id)
    document = BlocDocument.objects.select_for_update(of=("self",)).full().get(pk=document.pk)
    enforce(first_refusal(policies.may_replace(document, actor), rounds.with_reason(reason.strip())))
    new = drafts.start(
        document.bloc_year,
        actor=actor,
        text=_text(document),
        kind=document.kind,
        replaces=document,
        replace_reason=reason.strip(),
    )
    new.indicators.update(to_check=False)  # of this very year
    kept = document.registrations.values_list("unit", "title")
    TitleRegistration.objects.bulk_create(TitleRegistration(document=new, unit_id=unit, title=title) for unit, title in kept)
    return new


def in_force(new: BlocDocument) -> bool:
    """Whether what the new document is to replace still holds."""
    return new.replaces is not None and new.replaces.state in ISSUED


def _text(document: BlocDocument) -> StartingText:
    text = reusing.text_from(document, document.bloc_year)
    part = ClausePart.IMPLEMENTATION if document.is_covenant else ClausePart.BODY
    return with_values(text, pieces=[*text.pieces, Piece(ClauseKind.CLAUSE, part, HEADING, _sentence(document))])


def _sentence(document: BlocDocument) -> str:
    """What the new text says of the old one; the drafters may word it otherwise."""
    day = document.date or clock.local(document.changed_at).date()
    how = "ban hành" if document.is_annex else "ký"
    number = f" số {document.number}" if document.number else ""
    return f"Văn bản này thay thế {document.printed_title}{number}, {how} ngày {day:%d/%m/%Y}."
