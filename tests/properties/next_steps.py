"""What the home pages show as the next step, tried out: does it really lead on?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from blocs.domain import blocs, discussion, drafts, remarks, signing, todo
from blocs.domain.blocs import SeatPlan
from blocs.domain.todo import Task
from blocs.enums import AdoptionBasis, CheckKind, Opinion, RemarkState, SeatRole
from blocs.models import BlocDocument, BlocYear
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.organisation.domain import people
from emulation.organisation.enums import Post, Rank
from emulation.signing.domain import paper, rounds
from emulation.signing.enums import SlotState
from emulation.signing.models import Scan
from tests import builders


@dataclass(frozen=True)
class Step:
    """A person, a task on his home page, and an act behind it that can be done now."""

    who: str
    task: Task
    act: Callable[[], object]


def next_steps(actors: Iterable[Actor], *, made: builders.DocumentCast | None = None) -> Iterator[Step]:
    """Who has which step on his home page that can be done now, about this document when one is given.

    People who are gone see nothing. Each step is tried when it is asked for.
    """
    for actor in map(builders.again, actors):
        for task in todo.tasks(todo.overview(actor), actor) if actor.position else ():
            wanted = made is None or (task.document and task.document.pk == made.pk)
            if wanted and task.verdict and (act := _leading_on(task, actor)):
                yield Step(actor.label, task, act)


def _leading_on(task: Task, actor: Actor) -> Callable[[], object] | None:
    """The first of the acts behind the task that can be done; what trying it writes is undone again."""
    return next((act for act in _ACTS[task.kind](task, actor) if _done(act)), None)


def _done(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except (Refused, ValidationError):
        return False
    return True


def _draft(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    if task.document is None:
        bloc_year = BlocYear.objects.visible_to(actor).get()
        yield lambda: drafts.start(bloc_year, actor=actor)
        yield lambda: _other_leader(bloc_year, actor)
        return
    document = _fresh(task)
    yield lambda: discussion.publish(document, actor=actor, deadline=_later())


def _other_leader(bloc_year: BlocYear, actor: Actor) -> BlocYear:
    seats = [SeatPlan(builders.unit(), SeatRole.LEADER), *(SeatPlan(builders.unit()) for _ in range(2))]
    return blocs.change(bloc_year, builders.plan(seats), actor=actor)


def _stand(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    verb = discussion.send_stand if actor.is_commander else discussion.prepare_stand
    yield lambda: verb(_version(task), actor=actor, opinion=Opinion.AGREE)


def _adopt(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    everybody = len(_fresh(task).bloc_year.ordered_seats)
    agreed = {"basis": AdoptionBasis.CONFERENCE, "held_on": clock.today(), "present": everybody}
    yield lambda: discussion.adopt(_version(task), actor=actor, **agreed)
    yield lambda: discussion.publish(_fresh(task), actor=actor, deadline=_later())
    # The draft has gone on since, and the office does not publish: it can bring the text back to what was published.
    yield lambda: drafts.save_text(_fresh(task), actor=actor, seen=_fresh(task).edits, values={"opening": "Như bản đã công bố"})


def _answer(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    remark = _fresh(task).remarks.filter(state=RemarkState.OPEN).first()
    yield lambda: remarks.park(remark, actor=actor)


def _check(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    for kind in CheckKind.values:
        yield lambda kind=kind: signing.check(_version(task), kind, actor=actor)
    if _fresh(task).has_witness:
        yield lambda: _check_without_witness(task, actor)


def _without_witness(task: Task, actor: Actor) -> None:
    document = _fresh(task)
    drafts.save_signing_details(document, actor=actor, seen=document.edits, values={"has_witness": False})


def _check_without_witness(task: Task, actor: Actor) -> None:
    _without_witness(task, actor)
    signing.check(_version(task), CheckKind.FORM, actor=actor)


def _open(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    yield lambda: signing.open_signing(_fresh(task), actor=actor)
    if not _fresh(task).is_covenant:
        yield lambda: signing.attach(_fresh(task), actor=actor)
    if _fresh(task).has_witness:  # who has gone since the checks: the form is then checked again, as another home page says
        yield lambda: _without_witness(task, actor)


def _sign(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    slot = next(slot for slot in task.signing_round.slots.all() if slot.unit_id == actor.unit_id)
    if slot.state == SlotState.REFUSED:
        yield lambda: rounds.withdraw_refusal(slot, actor=actor)
    else:
        yield lambda: builders.sign(slot, actor=actor)


def _record(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    slots = list(task.signing_round.slots.all())
    found = paper.possible_signers(slots, since=clock.today())
    signers = {slot.pk: found[slot.unit_id][0] for slot in slots if found[slot.unit_id]}
    yield lambda: paper.record(_scan(task, actor), actor=actor, signed_on=clock.today(), signers=signers)


def _scan(task: Task, actor: Actor) -> Scan:
    """A scan that was taken in; reading it is tried where scans are."""
    kept = {"uploaded_by": actor.user, "uploaded_at": clock.now(), "page_count": task.signing_round.page_count, "has_code": True}
    number = task.signing_round.scans.count() + 1
    return Scan.objects.create(round=task.signing_round, number=number, **kept)


def _confirm(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    yield lambda: paper.confirm(paper.pending(task.signing_round), actor=actor)


def _watch(task: Task, actor: Actor) -> Iterator[Callable[[], object]]:
    if task.signing_round is not None:
        yield lambda: rounds.void(task.signing_round, actor=actor, reason="Vắng người ký")
        return
    unit = _fresh(task).bloc_year.ordered_seats[0].unit
    position = {"unit": unit, "post": Post.HEAD, "rank": Rank.THIEU_TA, "valid_from": clock.today(), "may_sign": True}
    yield lambda: people.give_position(builders.person(), actor=actor, **position)


_ACTS = {
    todo.DRAFT: _draft,
    todo.STAND: _stand,
    todo.ADOPT: _adopt,
    todo.CHECK: _check,
    todo.OPEN: _open,
    todo.SIGN: _sign,
    todo.WATCH: _watch,
    todo.ANSWER: _answer,
    todo.RECORD: _record,
    todo.CONFIRM: _confirm,
}


def _fresh(task: Task) -> BlocDocument:
    assert task.document is not None
    return BlocDocument.objects.full().get(pk=task.document.pk)


def _version(task: Task):
    return discussion.latest(_fresh(task))


def _later():
    return clock.now() + builders.timedelta(days=7)
