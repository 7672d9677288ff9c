"""The documents on the table of a conference, and what was decided about them, with the votes."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain.conference_rows import Changed, lock_to_change, lock_to_record, next_order, note_change, renumber
from blocs.enums import DocumentState, VoteRule
from blocs.models import Adoption, BlocDocument, Conference, Decision, TableItem
from emulation.lib import vietnamese
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, first_refusal, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event

MOST_DOCUMENTS = 40
MOST_DECISIONS = 60


@dataclass(frozen=True)
class Vote:
    """What was put to the vote and how the units voted; who was present is what the three numbers add up to."""

    text: str
    votes_for: int
    against: int = 0
    abstained: int = 0
    rule: str = VoteRule.MAJORITY
    reservations: str = ""
    about: TableItem | None = None


@transaction.atomic
def lay(conference: Conference, *, actor: Actor, title: str = "", document: BlocDocument | None = None) -> TableItem:
    """Lay a document on the table: one of the bloc's own of this year, or any other by its name. Raises `Refused`, `ValidationError`."""
    conference = lock_to_change(conference, actor)
    if document and document.bloc_year_id != conference.bloc_year_id:
        raise ValidationError({"document": _("Văn bản này không thuộc khối.")})
    if conference.table.count() >= MOST_DOCUMENTS:
        raise ValidationError(_("Danh mục có nhiều nhất %(most)d tài liệu.") % {"most": MOST_DOCUMENTS})
    title = vietnamese.nfc(title).strip() or (document.printed_title if document else "")
    item = TableItem(conference=conference, order=next_order(conference.table), title=title, document=document)
    item.full_clean()
    item.save()
    note_change(conference, actor, laid=item.title)
    return item


@transaction.atomic
def take_away(item: TableItem, *, actor: Actor) -> None:
    """Take a document off the table, unless something was decided about it. Raises `Refused`."""
    conference = lock_to_change(item.conference, actor)
    try:
        TableItem.objects.filter(pk=item.pk).delete()
    except ProtectedError as error:
        raise Refused(refuse(_("Đã có biểu quyết về tài liệu này, nên không gỡ được."))) from error
    renumber(list(conference.table.order_by("order", "pk")))
    note_change(conference, actor, taken_away=item.title)


@transaction.atomic
def decide(conference: Conference, vote: Vote, *, actor: Actor) -> Decision:
    """Write down a decision with its votes. Raises `Refused`, `ValidationError`."""
    conference = lock_to_record(conference, actor)
    if conference.decisions.count() >= MOST_DECISIONS:
        raise ValidationError(_("Hội nghị có nhiều nhất %(most)d nội dung biểu quyết.") % {"most": MOST_DECISIONS})
    if not (verdict := _not_adopted(conference, vote.about)):
        raise ValidationError({"about": verdict.reason})
    return _write(Decision(conference=conference, order=next_order(conference.decisions)), vote, actor)


@transaction.atomic
def correct(decision: Decision, vote: Vote, *, actor: Actor, seen: int) -> Decision:
    """Correct a decision; its votes only until a document was adopted by them. Raises `Refused`, `ValidationError`, `Changed`."""
    conference = lock_to_record(decision.conference, actor)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    decision.conference = conference
    if decision.edits != seen:
        raise Changed(decision)
    before = _numbers(decision)
    verdict = first_refusal(_not_adopted(conference, decision.about), _not_adopted(conference, vote.about))
    decision = _write(decision, vote, actor)
    if not verdict and _numbers(decision) != before:
        raise ValidationError({"votes_for": verdict.reason})
    return decision


@transaction.atomic
def strike(decision: Decision, *, actor: Actor) -> None:
    """Take out a decision that was written down by mistake. Raises `Refused`."""
    conference = lock_to_record(decision.conference, actor)
    enforce(_not_adopted(conference, decision.about))
    Decision.objects.filter(pk=decision.pk).delete()
    renumber(list(conference.decisions.order_by("order", "pk")))
    audit.log(Event.DECISION_RECORDED, stream=conference.stream, actor=actor, struck=decision.text[:200])


def is_taken(decision: Decision) -> bool:
    """Whether the votes carry it by its rule."""
    return bool(policies.rule_holds(decision.rule, present=decision.present, votes_for=decision.votes_for))


def _not_adopted(conference: Conference, item: TableItem | None) -> Verdict:
    """Whether the numbers are still the conference's alone: once the document was adopted by them, they stand in its records too."""
    about = item.document_id if item else None
    adopted = Adoption.objects.filter(conference=conference.pk, version__document=about)
    if about and adopted.exclude(version__document__state__in=[DocumentState.DRAFT, DocumentState.DISCUSSION]).exists():
        return refuse(_("Văn bản đã được thông qua với số phiếu này; muốn sửa, đưa văn bản về lấy ý kiến lại."))
    return ALLOWED


def _numbers(decision: Decision) -> tuple[object, ...]:
    return (decision.about_id, decision.rule, decision.votes_for, decision.against, decision.abstained)


def _write(decision: Decision, vote: Vote, actor: Actor) -> Decision:
    conference = decision.conference
    if vote.about and vote.about.conference_id != conference.pk:
        raise ValidationError({"about": _("Tài liệu này không thuộc hội nghị.")})
    decision.text, decision.reservations = vietnamese.nfc(vote.text).strip(), vietnamese.nfc(vote.reservations).strip()
    decision.about, decision.rule = vote.about, vote.rule
    decision.votes_for, decision.against, decision.abstained = vote.votes_for, vote.against, vote.abstained
    decision.present = vote.votes_for + vote.against + vote.abstained
    decision.total = len(conference.bloc_year.ordered_seats)
    decision.edits += 1
    decision.full_clean(exclude=["conference"])
    decision.save()
    audit.log(
        Event.DECISION_RECORDED,
        stream=conference.stream,
        actor=actor,
        decision=decision.order,
        text=decision.text[:200],
        rule=decision.rule,
        votes=[decision.votes_for, decision.against, decision.abstained],
        taken=is_taken(decision),
    )
    return decision
