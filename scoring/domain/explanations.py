"""Explanations: a unit says what it thinks of the points that the bloc gave it, and who gave them keeps or adjusts them."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import campaign_policies as policies
from scoring.domain import sheets
from scoring.domain.reading import sealed_text
from scoring.domain.sheets import Filled
from scoring.enums import EntryState, ExplanationState, Layer
from scoring.models import Entry, Explanation, Sheet
from scoring.texts import CriterionText

MOST_CHARACTERS = 4000


@transaction.atomic
def send(sheet: Sheet, key: str, *, actor: Actor, text: str) -> Explanation:
    """Explain one criterion of the unit's consolidated sheet, once. Raises `Refused`, `ValidationError` ("text")."""
    sheet = sheets.lock_in_phase(sheet)
    enforce(policies.may_explain(sheet, actor))
    leaf, said = _leaf(sheet, key), _said(text, _("Ghi nội dung giải trình."))
    row = Explanation(
        campaign=sheet.campaign, unit=sheet.unit, key=key, text=said, sent_at=clock.now(), sent_label=actor.label[:300]
    )
    row.full_clean()
    row.save()
    words = f"{sheet.campaign.title}: {sheet.unit.name} giải trình tiêu chí {leaf.code}."
    _tell(sheet.scorer_id, row, words, actor)
    audit.log(Event.EXPLANATION_SENT, stream=sheet.stream, actor=actor, criterion=key, code=leaf.code, text=said)
    return row


@transaction.atomic
def answer(explanation: Explanation, *, actor: Actor, text: str, points: Decimal | None = None) -> Explanation:
    """Answer: keep the points, or adjust them to `points`, for the reason that the answer gives.

    Raises `Refused`, `ValidationError` ("text", "points").
    """
    row = Explanation.objects.select_for_update(of=("self",)).select_related("campaign", "unit").get(pk=explanation.pk)
    sheet = sheets.lock(sheet_of(row))
    enforce(policies.may_answer(row, sheet, actor))
    leaf, said = _leaf(sheet, str(row.key)), _said(text, _("Ghi nội dung trả lời."))
    if points is not None:
        known = Entry.objects.filter(sheet=sheet, key=row.key).first()
        filled = Filled(EntryState.ENTERED, known.value if known else {}, points, f"Sau giải trình: {said}"[:1000])
        sheets.put(sheet, str(row.key), actor=actor, seen=known.edits if known else 0, filled=filled)
    row.state = ExplanationState.KEPT if points is None else ExplanationState.ADJUSTED
    row.answer, row.answered_at, row.answered_label = said, clock.now(), actor.label[:300]
    row.full_clean()
    row.save()
    _tell(row.unit_id, row, f"{row.campaign.title}: giải trình tiêu chí {leaf.code} đã được trả lời.", actor)
    told = {"criterion": str(row.key), "code": leaf.code, "outcome": row.state, "answer": said}
    audit.log(Event.EXPLANATION_ANSWERED, stream=sheet.stream, actor=actor, **told)
    return row


def sheet_of(explanation: Explanation) -> Sheet:
    """The consolidated sheet that the explanation is about."""
    return Sheet.objects.full().get(campaign=explanation.campaign_id, unit=explanation.unit_id, layer=Layer.CONSOLIDATED)


def _leaf(sheet: Sheet, key: str) -> CriterionText:
    leaf = sealed_text(sheet.campaign.criteria_set).leaf_of.get(key)
    if leaf is None:
        raise Refused(refuse(_("Bộ tiêu chí không có tiêu chí này.")))
    return leaf


def _said(text: str, missing: str) -> str:
    said = vietnamese.nfc(text).strip()
    if not said:
        raise ValidationError({"text": missing})
    if len(said) > MOST_CHARACTERS:
        raise ValidationError({"text": _("Nhiều nhất %(n)d ký tự.") % {"n": MOST_CHARACTERS}})
    return said


def _tell(unit_id: int, row: Explanation, words: str, actor: Actor) -> None:
    path = reverse("explanations", args=[row.campaign_id]) + f"#giai-trinh-{row.pk}"
    notices.tell_units([unit_id], words, path=path, except_users={actor.user_id})
