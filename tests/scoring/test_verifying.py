"""Whatever of scoring is rewritten in the database, past its guards and with hashes that fit: the verification notices."""

import hashlib
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from blocs.domain.attachments import Upload
from emulation.lib import clock
from scoring.domain import campaigns as verbs
from scoring.domain import evidence, explanations, runs, sheets, standings, standings_kind, verifying
from scoring.enums import Layer, Phase
from scoring.models import Run, Sheet
from tests import builders
from tests.scoring import campaigns
from tests.scoring.campaigns import PDF, CampaignCast

pytestmark = pytest.mark.django_db
TABLES = ("entry", "sheet", "campaign", "run", "snapshot", "tiedecision", "withdrawal", "recusal", "evidencefile", "explanation")


def eventful() -> CampaignCast:
    """A campaign in which everything happened once: recusal, files, what was given back, explanations, a unit that left, publication."""
    builders.demonstration()
    made = campaigns.campaign(Phase.CROSS, n=4)
    member = made.members[0]
    verbs.recuse(made.sheet(made.leader, Layer.CROSS, member), actor=member, reason="Có người thân.")
    draft = made.submit(made.sheet(made.deputy, Layer.CROSS, made.leader))
    sheets.send_back(draft, actor=made.leader, reason="Xem lại.")
    verbs.move_on(made.row, actor=made.leader)
    own = sheets.send_back(made.sheet(member), actor=made.leader, reason="Thiếu hồ sơ.")
    kept, gone = made.show(own, "1"), evidence.examine([Upload("nham.pdf", PDF + b"\n")])
    evidence.remove(evidence.attach(own, str(kept.key), gone, actor=member)[0], actor=member)
    sheets.accept(made.submit(own), actor=made.leader)
    made.fill(made.sheet(member, Layer.CONSOLIDATED), "4", given_points="7.5")
    campaigns.leave(made)
    told = explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Có hồ sơ.")
    explanations.answer(told, actor=made.leader, text="Điều chỉnh.", points=8)
    verbs.step_back(made.row, actor=made.leader, reason="Sót một đơn vị.")
    verbs.withdraw_unit(made.row, made.members[1].unit, actor=made.office, since=clock.today(), reason="Sáp nhập.")
    while made.row.phase != Phase.RATIFY:
        campaigns.leave(made)
    snapshot = standings.prepare(made.row, actor=made.leader)
    standings.open_signing(snapshot, actor=made.leader)
    for actor in (made.leader, made.deputy):
        slots = standings_kind.current_round(snapshot).slots.all()
        builders.sign(next(slot for slot in slots if slot.unit_id == actor.unit_id), actor=actor)
    return made


@contextmanager
def tampered(statement, *values):
    """The database as somebody with its keys left it; put back afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            _unguard(cursor, f"scoring_{table}")
        cursor.execute(statement, values)
        assert cursor.rowcount
        yield
        transaction.set_rollback(True)


def _unguard(cursor, table):
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP TRIGGER {name}")


def test_every_table():
    made = eventful()
    assert list(verifying.broken()) == list(runs.broken()) == []
    row = Run.objects.get()
    inputs = row.inputs.replace('"actual":"100"', '"actual":"10"')
    result = runs._computed(made.text, inputs)[0]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (inputs, result)]
    rewritten = "UPDATE scoring_run SET inputs = %s, result = %s, inputs_sha256 = %s, result_sha256 = %s"
    for words, statement, *values in [
        ("does not hold", "UPDATE scoring_entry SET points = 9 WHERE points IS NOT NULL"),
        ("does not hold", "DELETE FROM scoring_entry WHERE points IS NOT NULL"),
        ("it is open, the audit says", "UPDATE scoring_sheet SET state = 'open' WHERE state = 'accepted'"),
        ("ever handed in", "UPDATE scoring_sheet SET submitted_at = NULL WHERE state = 'locked'"),
        ("it stands in ratify, the audit says published", "UPDATE scoring_campaign SET phase = 'ratify'"),
        ("its runs are not", rewritten, inputs, result, *digests),
        ("its published standings", "UPDATE scoring_snapshot SET number = 2"),
        ("its published standings", "UPDATE scoring_snapshot SET published_at = %s", clock.now() - timedelta(days=30)),
        ("came late", "UPDATE scoring_sheet SET is_late = NOT is_late WHERE layer = 'self'"),
        ("came late", "UPDATE scoring_sheet SET is_late = NOT is_late WHERE submitted_at IS NULL"),
        ("does not hold", "UPDATE scoring_entry SET reason = 'Khác.' WHERE points IS NOT NULL"),
        ("the units that left", "UPDATE scoring_withdrawal SET reason = 'Khác.'"),
        ("its recusals", "DELETE FROM scoring_recusal"),
        ("its files", "UPDATE scoring_evidencefile SET removed_at = NULL"),
        ("its files", "UPDATE scoring_evidencefile SET name = 'khac.pdf'"),
        ("the explanations", "UPDATE scoring_explanation SET answer = 'Giữ điểm.'"),
    ]:
        with tampered(statement, *values):
            assert words in "\n".join(verifying.broken()), statement
    with tampered(rewritten, inputs, result, *digests):
        assert list(runs.broken()) == []  # inputs and result fit together: only the audit knows better


def test_a_row_that_cannot_be_checked_hides_no_other():
    made = campaigns.campaign(Phase.RATIFY)
    row = runs.compute(made.row, actor=made.office)
    for inputs in ('{"complete":true,"layers":[]}', row.inputs.replace(made.row.criteria_set.content_sha256, "0" * 64)):
        digest = hashlib.sha256(inputs.encode()).hexdigest()
        with tampered("UPDATE scoring_run SET inputs = %s, inputs_sha256 = %s", inputs, digest):
            assert "cannot be run again" in next(runs.broken())
            assert "its runs are not" in next(verifying.broken())


def test_a_decision_on_equal_units():
    made = campaigns.campaign(Phase.APPRAISE, n=4)
    for code, value in {"1": {"yes": True}, "2": {"target": "10", "actual": "9"}, "3": {"target": "10", "actual": "8"}}.items():
        for member in made.members[:2]:
            made.fill(made.sheet(member, Layer.APPRAISED), code, **value)
    for member in made.members[:2]:
        made.fill(made.sheet(member, Layer.APPRAISED), "4", points="30")
    campaigns.leave(made)
    order = [member.unit_id for member in made.members[:2]]
    standings.decide_tie(made.row, actor=made.leader, order=order, decided_on=clock.today(), reason="Biên bản.")
    assert list(verifying.broken()) == []
    with tampered("UPDATE scoring_tiedecision SET units = %s", str(order[::-1])):
        assert list(verifying.broken()) == [f"campaign {made.pk}: its decisions on equal units are not those of the audit"]


def test_sheets_are_asked_one_by_one(django_assert_max_num_queries):
    made = campaigns.campaign(Phase.CONSOLIDATE)
    with django_assert_max_num_queries(30 + 12 * Sheet.objects.filter(campaign=made.pk).count()):
        assert list(verifying.broken()) == []
