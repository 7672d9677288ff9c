"""From every state, with a unit silent, refusing or without its people, or the witness absent, somebody has a next step.

Not only some policy allows it: the step stands on a named person's home page, and when he takes it, it succeeds.
"""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocs.domain import discussion, drafts, remarks, signing, todo
from blocs.enums import CLOSED, ISSUED, DocumentKind, DocumentState, Opinion
from blocs.models import BlocDocument
from blocs.workflow import DOCUMENT
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.models import Position
from emulation.signing.domain import paper, rounds
from emulation.signing.enums import SigningOrder
from emulation.signing.models import Scan
from tests import builders
from tests.properties.next_steps import next_steps
from tests.without_paper import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

YESTERDAY = clock.today() - timedelta(days=1)
STATES = [
    "none", "draft", "silent", "remarked", "agreed", "adopted", "checked", "signing", "refused", "all but one", "voided",
    "on paper", "recorded", "given back",
]  # fmt: skip
ON_PAPER = STATES[-3:]
OTHERS = [kind for kind in DocumentKind.values if kind != DocumentKind.COVENANT]
ABSENT = {
    "nobody": [],
    "the leader's commander": ["leader"],
    "all of the leader's unit": ["leader", "leader-staff"],
    "all of the deputy's unit": ["deputy", "deputy-staff"],
    "leader's and deputy's units": ["leader", "leader-staff", "deputy", "deputy-staff"],
    "a member's commander": ["member"],
    "the witness": ["witness"],
    "all commanders and the witness": ["leader", "deputy", "member", "witness"],
    "everybody but the office": ["leader", "leader-staff", "deputy", "deputy-staff", "member", "witness"],
}


def people_of(cast):
    leader, deputy = cast.leader, cast.deputies[0]
    return {
        "office": cast.office,
        "leader": leader,
        "leader-staff": builders.staff(leader.unit),
        "deputy": deputy,
        "deputy-staff": builders.staff(deputy.unit),
        "member": cast.members[0],
    }


def bring_to(state, cast, *, order, kind=DocumentKind.COVENANT):
    """A document of this bloc in one of the states; a covenant has a witness."""
    covenant = kind == DocumentKind.COVENANT
    made = builders.document(_FIRST[state], of=cast, witness=covenant, order=order, kind=kind)
    member, signer = made.members[0], made.members[0] if covenant else made.leader
    if state == "remarked":
        discussion.send_stand(made.version, actor=member, opinion=Opinion.REMARK, remark="Mục 2")
    if state == "agreed":
        builders.agree(made)
    if state == "checked":
        builders.check(made)
    if state == "refused":
        rounds.refuse_to_sign(made.slot(signer), actor=signer, reason="Chưa thống nhất")
    if state == "all but one":
        for actor in made.signers[:-1]:
            sign_when_ready(made, actor)
    if state in ON_PAPER:
        bring_on_paper(made, state)
    if state == "voided":
        rounds.void(made.round, actor=made.leader, reason="Sai số liệu")
    return made


def bring_on_paper(made, state):
    builders.open_signing(made, originals=4)
    if state in ON_PAPER[1:]:
        record_on_paper(made)
    if state == "given back":
        paper.decline(made.round.paper_records.get(), actor=made.leader, reason="Thiếu một chữ ký")


def record_on_paper(made):
    """The deputy's staff records it; the scan is read where scans are tried."""
    clerk = builders.staff(made.deputy.unit)
    kept = {"uploaded_by": clerk.user, "uploaded_at": clock.now(), "page_count": made.round.page_count, "has_code": True}
    scan = Scan.objects.create(round=made.round, number=1, **kept)
    paper.record(scan, actor=clerk, signed_on=clock.today(), signers=builders.signers_on_paper(made))


def sign_when_ready(made, actor):
    if made.slot(actor).state == "ready":
        builders.sign(made.slot(actor), actor=actor)


_FIRST = {
    "draft": DocumentState.DRAFT,
    "silent": DocumentState.DISCUSSION,
    "remarked": DocumentState.DISCUSSION,
    "agreed": DocumentState.DISCUSSION,
    "adopted": DocumentState.ADOPTED,
    "checked": DocumentState.ADOPTED,
    "signing": DocumentState.SIGNING,
    "refused": DocumentState.SIGNING,
    "all but one": DocumentState.SIGNING,
    "voided": DocumentState.SIGNING,
    "on paper": DocumentState.ADOPTED,
    "recorded": DocumentState.ADOPTED,
    "given back": DocumentState.ADOPTED,
}


def leave(actors, names):
    gone = [actors[name].position.pk for name in names if name in actors]
    Position.objects.filter(pk__in=gone).update(valid_until=YESTERDAY)


@pytest.mark.parametrize("state", STATES)
def test_somebody_has_a_next_step(state):
    cast = builders.bloc()
    builders.demonstration()
    actors = people_of(cast)
    if state != "none":
        made = bring_to(state, cast, order=SigningOrder.FREE)
        actors["witness"] = made.witness
    assert stranded(actors, ABSENT) == []


def stranded(actors, absences, made=None):
    """Under which of the absences nobody has a next step; about this document when one is given."""
    found = []
    for absent in absences:
        with rolled_back():
            leave(actors, ABSENT[absent])
            if not somebody_goes_on(actors, made):
                found.append(absent)
    return found


def somebody_goes_on(actors, made=None):
    """Whether there is a step; beside a document that is no covenant, the bloc's covenant may wait to be started."""
    return next(next_steps(actors.values(), made=made), None) is not None


@pytest.mark.parametrize("order", SigningOrder.values)
def test_a_refusing_unit_leaves_everybody_else_their_steps(order):
    cast = builders.bloc(5)
    made = bring_to("refused", cast, order=order)
    stepping = {step.who for step in next_steps([*cast.commanders, made.witness, cast.office])}
    assert {made.members[0].label, made.members[1].label, made.leader.label} <= stepping


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("none", "all but one")])
@pytest.mark.parametrize("kind", OTHERS)
def test_somebody_has_a_next_step_with_the_other_documents(kind, state):
    """They have one place to sign, the leader unit's, and no witness."""
    cast = builders.bloc()
    builders.demonstration()
    actors = people_of(cast)
    made = bring_to(state, cast, order=SigningOrder.FREE, kind=kind)
    absences = [absent for absent, names in ABSENT.items() if names != ["witness"]]
    assert stranded(actors, absences, made) == []


def test_the_grid_has_every_state_of_a_document_at_work():
    assert {_FIRST[state] for state in STATES if state in _FIRST} | set(CLOSED) == DOCUMENT.reachable(DocumentState.DRAFT)


def test_who_follows_his_home_page_comes_to_a_signed_covenant():
    cast = builders.bloc()
    builders.demonstration()
    office, *others = people_of(cast).values()
    actors = [*others, builders.director(), office]  # the office may do what the units can do, and waits for them
    for _ in range(40):
        document = BlocDocument.objects.filter(bloc_year=cast.bloc_year).first()
        if document and document.state == DocumentState.SIGNED:
            break
        _set_date(document, cast)
        steps = list(next_steps(actors))
        next((step for step in steps if step.task.kind != todo.WATCH), steps[0]).act()
    assert document.state == DocumentState.SIGNED


@pytest.mark.parametrize("kind", OTHERS)
def test_who_follows_his_home_page_brings_the_other_documents_out(kind):
    builders.demonstration()
    made = builders.document(kind=kind)
    actors = [*made.commanders, builders.staff(made.leader.unit), made.office]
    for _ in range(40):
        if made.row.state in ISSUED:
            break
        steps = list(next_steps(actors, made=made))
        next((step for step in steps if step.task.kind != todo.WATCH), steps[0]).act()
    assert made.row.state == DocumentState.SIGNED
    assert [slot.unit_id for slot in made.slots] == [made.leader.unit_id]


def _set_date(document, cast):
    """A covenant starts without its date, which nobody can guess."""
    if document and document.date is None:
        drafts.save_signing_details(document, actor=cast.leader, seen=document.edits, values={"date": clock.today()})


who = st.sampled_from(["leader", "deputy", "member", "office"])
disturbances = st.one_of(
    st.tuples(st.just("leave"), st.sampled_from(["leader", "leader-staff", "deputy", "deputy-staff", "member", "witness"])),
    st.tuples(st.sampled_from(["object", "remark", "stand"]), who),
    st.tuples(st.sampled_from(["edit", "take out", "publish", "redraft", "conclude"]), who),
    st.tuples(st.sampled_from(["accept", "reject", "park", "withdraw"]), who),
    st.tuples(st.sampled_from(["refuse", "sign", "void"]), st.sampled_from(["leader", "deputy", "member", "witness"])),
    st.tuples(st.just("attach"), who),
)
steps_on = st.tuples(st.just("go on"), st.integers(0, 9))
DISTURB = {
    "object": lambda made, actor: discussion.send_stand(made.version, actor=actor, opinion=Opinion.REMARK, remark="Mục 2"),
    "stand": lambda made, actor: discussion.send_stand(made.version, actor=actor, opinion=Opinion.AGREE),
    "remark": lambda made, actor: remarks.raise_remark(made.version, actor=actor, text="Đề nghị sửa."),
    "edit": lambda made, actor: drafts.save_text(
        made.row, actor=actor, seen=made.row.edits, values={"opening": f"{made.row.opening} Thêm."}
    ),
    "take out": lambda made, actor: drafts.remove_clause(made.row.clauses.filter(removed_at=None)[1], actor=actor),
    "publish": lambda made, actor: discussion.publish(made.row, actor=actor, deadline=clock.now() + timedelta(days=7)),
    "redraft": lambda made, actor: discussion.redraft(made.row, actor=actor, reason="Sửa"),
    "conclude": lambda made, actor: discussion.publish_and_adopt(made.row, actor=actor, held_on=clock.today(), present=3),
    "accept": lambda made, actor: remarks.accept(made.row.remarks.first(), actor=actor),
    "reject": lambda made, actor: remarks.reject(made.row.remarks.first(), actor=actor, answer="Vì thế."),
    "park": lambda made, actor: remarks.park(made.row.remarks.first(), actor=actor),
    "withdraw": lambda made, actor: remarks.withdraw(made.row.remarks.first(), actor=actor),
    "refuse": lambda made, actor: rounds.refuse_to_sign(made.slot(actor), actor=actor, reason="Chưa thống nhất"),
    "sign": lambda made, actor: builders.sign(made.slot(actor), actor=actor),
    "void": lambda made, actor: rounds.void(made.round, actor=actor, reason="Sai số liệu"),
    "attach": lambda made, actor: signing.attach(made.row, actor=actor),
}
# Nothing there yet to be done this with: no remark, no version, no round, no place of this unit.
NOTHING_THERE = (AttributeError, AssertionError, StopIteration, IndexError)


def disturb(kind, actor, made):
    """What people do that stops others or turns things round; refused like anything else when it is not the time for it."""
    with suppress(Refused, ValidationError, *NOTHING_THERE), transaction.atomic():
        DISTURB[kind](made, builders.again(actor))


def moves():
    return {(source, move.target) for move in DOCUMENT.moves.values() for source in move.sources}


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_whatever_people_do_somebody_goes_on(kind):
    cast = builders.bloc()
    builders.demonstration()
    actors = people_of(cast)
    made = builders.document(of=cast, witness=kind == DocumentKind.COVENANT, kind=kind)
    actors["witness"] = made.witness or builders.director()

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(walk=st.lists(st.one_of(steps_on, steps_on, steps_on, disturbances), max_size=14))
    def go_on(walk):
        with rolled_back():
            for act in walk:
                before = made.row.state
                if act[0] == "leave":
                    leave(actors, [act[1]])
                elif act[0] == "go on":
                    steps = list(next_steps(actors.values(), made=made))
                    steps[act[1] % len(steps)].act()
                else:
                    disturb(act[0], actors[act[1]], made)
                after = made.row.state
                assert before == after or (before, after) in moves() | JUMPS
                if after in ISSUED:
                    return
                assert somebody_goes_on(actors, made)

    go_on()


# To publish and adopt at a conference is one act.
JUMPS = {(DocumentState.DRAFT, DocumentState.ADOPTED)}
