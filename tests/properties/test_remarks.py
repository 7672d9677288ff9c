"""Whatever people do, in whatever order: no remark is lost or rewritten, and nothing is frozen that was not adopted."""

import json
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocs.domain import discussion, drafts, remarks, signing
from blocs.domain.remarks import WordingChanged
from blocs.domain.snapshots import version_text
from blocs.enums import UNDECIDED, AdoptionBasis, DocumentKind, DocumentState, Opinion, RemarkState
from blocs.models import Adoption, Remark, Version
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.signing.domain import rounds
from emulation.signing.models import SigningRound
from tests import builders
from tests.without_paper import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

SAID = (
    "number",
    "version_id",
    "unit_id",
    "place",
    "key",
    "quoted_number",
    "quoted_heading",
    "quoted_text",
    "text",
    "proposed",
    "at",
)
WORDS = ["Một.", "Hai.", "Ba."]
who = st.integers(0, 2)
which = st.integers(0, 20)
acts = st.one_of(
    st.tuples(st.just("raise"), who, which, st.sampled_from(["", *WORDS])),
    st.tuples(st.just("raise"), who, which, st.sampled_from(["", *WORDS])),
    st.tuples(st.just("accept"), who, which, st.sampled_from([None, *WORDS])),
    st.tuples(st.sampled_from(["reject", "park", "withdraw", "reply"]), who, which, st.sampled_from(WORDS)),
    st.tuples(st.sampled_from(["write", "remove", "restore", "move", "add"]), who, which, st.sampled_from(WORDS)),
    st.tuples(st.sampled_from(["publish", "adopt", "conclude", "redraft", "freeze", "attach"]), who, which, st.none()),
    st.tuples(st.just("bring out"), st.just(0), which, st.none()),
    st.tuples(st.sampled_from(["sign", "void"]), st.just(0), which, st.none()),
    st.tuples(st.sampled_from(["stand", "sign", "refuse", "take refusal back", "void"]), who, which, st.none()),
)


def on_remark(made, actor, act):
    found = list(Remark.objects.filter(document=made.pk).select_related("document").order_by("number"))
    if not found:
        return
    remark = found[act[2] % len(found)]
    if act[0] == "accept":
        clause = made.row.clauses.filter(key=remark.key).first()
        remarks.accept(remark, actor=actor, wording=act[3], seen=clause.edits if clause else None)
    elif act[0] == "reject":
        remarks.reject(remark, actor=actor, answer=act[3])
    elif act[0] == "park":
        remarks.park(remark, actor=actor)
    elif act[0] == "withdraw":
        remarks.withdraw(remark, actor=actor)
    else:
        remarks.reply(remark, actor=actor, text=act[3])


def on_draft(made, actor, act):
    rows = list(made.row.clauses.order_by("pk"))
    clause = rows[act[2] % len(rows)]
    if act[0] == "write":
        drafts.save_clause(clause, actor=actor, seen=clause.edits, values={"text": act[3]})
    elif act[0] == "remove":
        drafts.remove_clause(clause, actor=actor)
    elif act[0] == "restore":
        drafts.restore_clause(clause, actor=actor)
    elif act[0] == "move":
        drafts.move_clause(clause, actor=actor, by=1)
    else:
        drafts.add_clause(made.row, actor=actor, part=clause.part, after=clause)


def on_whole(made, actor, act):
    if act[0] == "publish":
        builders.publish(made)
    elif act[0] == "adopt":
        discussion.adopt(made.version, actor=actor, basis=AdoptionBasis.CONFERENCE, held_on=clock.today(), present=3)
    elif act[0] == "conclude":
        discussion.publish_and_adopt(made.row, actor=actor, held_on=clock.today(), present=3)
    elif act[0] == "redraft":
        discussion.redraft(made.row, actor=actor, reason="Sửa")
    elif act[0] == "stand":
        discussion.send_stand(made.version, actor=actor, opinion=[Opinion.AGREE, Opinion.REMARK][act[2] % 2], remark="Mục 2")
    elif act[0] == "attach":
        signing.attach(made.row, actor=actor)
    else:
        with suppress(Refused):
            if act[0] == "bring out":
                discussion.publish_and_adopt(made.row, actor=actor, held_on=clock.today(), present=3)
            builders.check(made)
        signing.open_signing(made.row, actor=actor)


def on_round(made, actor, act):
    found = signing.current_round(made.row)
    slot = next((slot for slot in made.slots if slot.unit_id == actor.unit_id), None) if found else None
    if act[0] == "void" and found:
        rounds.void(found, actor=actor, reason="Sai số liệu")
    elif act[0] == "sign" and slot:
        builders.sign(slot, actor=actor)
    elif act[0] == "refuse" and slot:
        rounds.refuse_to_sign(slot, actor=actor, reason="Chưa thống nhất")
    elif act[0] == "take refusal back" and slot:
        rounds.withdraw_refusal(slot, actor=actor)


def do(made, act):
    actor = [made.leader, made.deputy, made.members[0]][act[1]]
    if act[0] == "raise":
        clauses = version_text(made.version).clauses
        clause = clauses[act[2] % len(clauses)]
        remarks.raise_remark(made.version, actor=actor, place="clause", key=clause.key, text="Góp ý", proposed=act[3])
    elif act[0] in {"accept", "reject", "park", "withdraw", "reply"}:
        on_remark(made, actor, act)
    elif act[0] in {"write", "remove", "restore", "move", "add"}:
        on_draft(made, actor, act)
    elif act[0] in {"sign", "refuse", "take refusal back", "void"}:
        on_round(made, actor, act)
    else:
        on_whole(made, actor, act)


def frozen(signing_round):
    """The hash of the text that was frozen."""
    return json.loads(signing_round.manifest)["content_sha256"]


def said(made):
    return {row.number: [getattr(row, name) for name in SAID] for row in Remark.objects.filter(document=made.pk)}


def states(made):
    return dict(Remark.objects.filter(document=made.pk).values_list("number", "state"))


def assert_sound(made, act, before, was, state):
    now, is_now = said(made), states(made)
    assert before.items() <= now.items()
    changed = {number for number in was if was[number] != is_now[number]}
    assert len(changed) <= (act[0] in {"accept", "reject", "park", "withdraw"})
    assert all(was[number] in UNDECIDED for number in changed)
    for remark in Remark.objects.filter(document=made.pk):
        if remark.state == RemarkState.ACCEPTED and act[0] == "publish" and made.row.state == DocumentState.DISCUSSION:
            assert remark.entered_version is None or remark.entered_version <= made.version.number
        assert remark.state == RemarkState.ACCEPTED or remark.entered_version is None
    if made.row.state in {DocumentState.SIGNING, DocumentState.ATTACHED} and state != made.row.state:
        assert state == DocumentState.ADOPTED or act[0] == "bring out"
        assert Adoption.objects.filter(version=made.version).exists()
        assert made.row.state == DocumentState.ATTACHED or frozen(made.round) == made.version.content_sha256
    for signing_round in SigningRound.objects.filter(subject_id=made.pk):
        adopted = Version.objects.filter(document=made.pk, pk__in=Adoption.objects.values("version"))
        assert frozen(signing_round) in set(adopted.values_list("content_sha256", flat=True))


@pytest.mark.parametrize("kind", [DocumentKind.COVENANT, DocumentKind.REGULATION])
def test_no_sequence_of_acts_loses_a_remark_or_freezes_what_was_not_adopted(kind):
    builders.demonstration()
    made = builders.document("discussion", kind=kind)

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(walk=st.lists(acts, max_size=16))
    def stay_sound(walk):
        with rolled_back():
            for act in walk:
                before, was, state = said(made), states(made), made.row.state
                with suppress(Refused, ValidationError, WordingChanged, drafts.Conflict):
                    do(made, act)
                assert_sound(made, act, before, was, state)

    stay_sound()
