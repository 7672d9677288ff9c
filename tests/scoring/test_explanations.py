"""Explanations: who sends one, who answers, what an adjustment leaves in the sheet and in the audit."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from blocs.domain.attachments import Upload
from emulation.inbox.models import Notice
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from scoring.domain import evidence
from scoring.domain import explanations as verbs
from scoring.enums import EntryState, ExplanationState, Layer, Phase
from scoring.models import Entry
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db


def explained(code: str = "4"):
    made = campaigns.campaign(Phase.REPLY)
    member = made.members[0]
    row = verbs.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf(code).key, actor=member, text=" Có hồ sơ kèm theo. ")
    return made, member, row


def test_a_unit_explains_once():
    made, member, row = explained()
    assert (row.text, row.state, row.unit_id) == ("Có hồ sơ kèm theo.", ExplanationState.OPEN, member.unit_id)
    assert Notice.objects.filter(recipient=made.leader.user, text__contains="giải trình tiêu chí 4").exists()
    with pytest.raises(ValidationError, match="đã giải trình"):
        verbs.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Nữa")


@pytest.mark.parametrize(("text", "field"), [("  ", "text"), ("x" * 4001, "text")])
def test_words_within_bounds(text, field):
    made = campaigns.campaign(Phase.REPLY)
    sheet = made.sheet(made.members[0], Layer.CONSOLIDATED)
    with pytest.raises(ValidationError) as error:
        verbs.send(sheet, made.leaf("4").key, actor=made.members[0], text=text)
    assert list(error.value.message_dict) == [field]


def test_only_about_oneself_and_only_in_its_phase():
    made = campaigns.campaign(Phase.REPLY)
    sheet = made.sheet(made.members[0], Layer.CONSOLIDATED)
    with pytest.raises(Refused, match="Chỉ đơn vị được chấm"):
        verbs.send(sheet, made.leaf("4").key, actor=made.deputy, text="Có")
    with pytest.raises(Refused, match="không có tiêu chí"):
        verbs.send(sheet, "0d0e8b0e-0000-4000-8000-000000000000", actor=made.members[0], text="Có")
    campaigns.leave(made)
    with pytest.raises(Refused, match="trong bước giải trình"):
        verbs.send(sheet, made.leaf("4").key, actor=made.members[0], text="Có")


def test_kept():
    made, member, row = explained()
    answered = verbs.answer(row, actor=made.leader, text="Hồ sơ chưa đủ.")
    assert (answered.state, answered.answer) == (ExplanationState.KEPT, "Hồ sơ chưa đủ.")
    assert not Entry.objects.filter(sheet=made.sheet(member, Layer.CONSOLIDATED), key=row.key).exists()
    assert Notice.objects.filter(recipient=member.user, text__contains="đã được trả lời").exists()
    with pytest.raises(Refused, match="đã được trả lời"):
        verbs.answer(row, actor=made.leader, text="Lần nữa")


def test_adjusted_changes_the_sheet_of_the_bloc_with_its_reason():
    made, member, row = explained()
    answered = verbs.answer(row, actor=made.leader, text="Đồng ý.", points=Decimal("38.5"))
    sheet = made.sheet(member, Layer.CONSOLIDATED)
    entry = Entry.objects.get(sheet=sheet, key=row.key)
    assert answered.state == ExplanationState.ADJUSTED
    assert (entry.state, entry.points, entry.reason) == (EntryState.ENTERED, Decimal("38.50"), "Sau giải trình: Đồng ý.")
    events = AuditEntry.objects.filter(stream__key=sheet.stream).order_by("seq").values_list("event", flat=True)
    assert list(events)[-3:] == ["explanation_sent", "score_entered", "explanation_answered"]


def test_points_that_the_criterion_cannot_give_change_nothing():
    made, _member, row = explained()
    with pytest.raises(ValidationError) as error:
        verbs.answer(row, actor=made.leader, text="Đồng ý.", points=Decimal(41))
    assert list(error.value.message_dict) == ["points"]
    row.refresh_from_db()
    assert row.is_open


def test_who_did_not_consolidate_does_not_answer():
    made, _member, row = explained()
    for actor in (made.deputy, made.office, made.members[0]):
        with pytest.raises(Refused, match="đơn vị khác chấm"):
            verbs.answer(row, actor=actor, text="Được.")


def test_the_campaign_waits_for_the_answer():
    made, _member, row = explained()
    with pytest.raises(Refused, match="Còn 1 giải trình"):
        campaigns.verbs.move_on(made.row, actor=made.leader)
    verbs.answer(row, actor=made.leader, text="Giữ.")
    assert campaigns.verbs.move_on(made.row, actor=made.leader).phase == Phase.APPRAISE


def test_what_was_sent_with_it_stays():
    made = campaigns.campaign(Phase.REPLY)
    member = made.members[0]
    sheet, key = made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key
    file = evidence.attach(sheet, key, evidence.examine([Upload("a.pdf", campaigns.PDF)]), actor=member, for_explanation=True)[0]
    row = verbs.send(sheet, key, actor=member, text="Có hồ sơ.")
    verbs.answer(row, actor=made.leader, text="Giữ điểm.")
    with pytest.raises(Refused, match="không gỡ được"):
        evidence.remove(file, actor=member)
