"""Whatever people try in a campaign, in whatever order: they are refused or told what is wrong, and what must hold holds."""

import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.signing.domain import rounds
from scoring.domain import campaigns as verbs
from scoring.domain import explanations, runs, sheets, standings, standings_kind
from scoring.domain.sheets import Conflict
from scoring.enums import EntryState, ExplanationState, Layer, Phase, StandingState, since
from scoring.models import Entry, Explanation, Sheet, Snapshot
from tests import builders
from tests.scoring import campaigns
from tests.without_paper import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

STEPS = 100


class Nothing(Exception):
    """There is nothing yet to try this on."""


REFUSALS = (Refused, ValidationError, Conflict, Nothing)


class Walk:
    """A campaign of three units, the people around it, and one blind step after another."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        builders.demonstration()
        self.made = campaigns.campaign()
        made = self.made
        self.people = [*made.commanders, made.office, builders.staff(made.leader.unit), builders.director()]
        self.people += [builders.commander(builders.unit("Xa Lạ")), builders.administrator()]
        self.done: Counter[str] = Counter()
        self.phases = [made.row.phase]

    def any_sheet(self) -> Sheet:
        return self.pick.choice(list(Sheet.objects.full().filter(campaign=self.made.pk).order_by("pk")))

    def any_snapshot(self) -> Snapshot:
        return self.one_of(Snapshot.objects.select_related("campaign").filter(campaign=self.made.pk))

    def any_round(self):
        signing_round = standings_kind.current_round(self.any_snapshot())
        if signing_round is None:
            raise Nothing
        return signing_round

    def one_of(self, rows):
        if not (found := list(rows.order_by("pk"))):
            raise Nothing
        return self.pick.choice(found)

    def sheet_for(self, who) -> Sheet:
        """Mostly one that his unit writes and that waits, so that more comes of it than refusals."""
        waiting = Sheet.objects.full().filter(campaign=self.made.pk, scorer=who.unit, state__in=verbs.WRITABLE)
        found = list(waiting.order_by("-pk"))
        return found[0] if found and self.pick.random() < 0.7 else self.any_sheet()

    # --- What somebody may try ---

    def enter(self, who):
        sheet, leaf = self.sheet_for(who), self.pick.choice(self.made.text.leaves)
        state = self.pick.choice([*EntryState, EntryState.ENTERED, EntryState.ENTERED])
        points = self.pick.choice([None, Decimal(-1), Decimal("7.5"), Decimal("7.5"), Decimal(10**6)])
        value = campaigns.figures(leaf, self.pick.randrange(3)) if self.pick.random() < 0.6 else {}
        known = Entry.objects.filter(sheet=sheet, key=leaf.key).first()
        filled = sheets.Filled(state, value, points, self.pick.choice(["", "Theo hồ sơ.", "Theo hồ sơ."]))
        sheets.save_cell(sheet, leaf.key, actor=who, seen=known.edits if known else 0, filled=filled)

    def hand_in(self, who):
        sheets.submit(self.sheet_for(who), actor=who)

    def give_back(self, who):
        sheets.send_back(self.any_sheet(), actor=who, reason=self.pick.choice(["", "Sai.", "Sai."]))

    def accept(self, who):
        sheets.accept(self.any_sheet(), actor=who)

    def recuse(self, who):
        verbs.recuse(self.any_sheet(), actor=who, reason="Người nhà.")

    def explain(self, who):
        about = Sheet.objects.full().filter(campaign=self.made.pk, layer=Layer.CONSOLIDATED)
        sheet, leaf = self.one_of(about.filter(unit=who.unit)), self.pick.choice(self.made.text.leaves)
        explanations.send(sheet, leaf.key, actor=who, text="Có hồ sơ.")

    def answer(self, who):
        row = self.one_of(Explanation.objects.filter(campaign=self.made.pk))
        points = self.pick.choice([None, Decimal(5), Decimal(9999)])
        explanations.answer(row, actor=who, text="Đã xem.", points=points)

    def move_on(self, who):
        verbs.move_on(self.made.row, actor=who)

    def step_back(self, who):
        verbs.step_back(self.made.row, actor=who, reason="Còn sót.")

    def withdraw_unit(self, who):
        unit = self.pick.choice(self.made.commanders).unit
        verbs.withdraw_unit(self.made.row, unit, actor=who, since=clock.today(), reason="Sáp nhập.")

    def compute(self, who):
        runs.compute(self.made.row, actor=who)

    def decide_tie(self, who):
        order = [actor.unit_id for actor in self.made.commanders]
        self.pick.shuffle(order)
        day = clock.today() + timedelta(days=self.pick.choice([0, 0, 1]))
        order = self._tied(order) or order[: self.pick.choice([2, 3])]
        standings.decide_tie(self.made.row, actor=who, order=order, decided_on=day, reason="Biên bản.")

    def _tied(self, order: list[int]) -> list[int]:
        run = runs.latest(self.made.row)
        groups = runs.tied(run) if run else []
        return [unit for unit in order if str(unit) in self.pick.choice(groups)] if groups else []

    def prepare(self, who):
        standings.prepare(self.made.row, actor=who)

    def open_signing(self, who):
        standings.open_signing(self.any_snapshot(), actor=who)

    def sign(self, who):
        builders.sign(self.one_of(self.any_round().slots), actor=who)

    def void(self, who):
        rounds.void(self.any_round(), actor=who, reason="Sai tên.")

    def correct(self, who):
        standings.correct(self.made.row, actor=who, reason="Cộng sót.")

    # --- The walk ---

    def step(self, name: str, who) -> bool:
        """Whether it was done."""
        try:
            with transaction.atomic():
                getattr(self, name)(who)
        except REFUSALS:
            return False
        self.done[name] += 1
        return True

    def blind_step(self) -> None:
        """Anybody tries anything; half of the time somebody of the bloc or its office what the phase is for."""
        if self.pick.random() < 0.5:
            self.step(self.pick.choice(NAMES), self.pick.choice(self.people))
        else:
            name = self.pick.choice(APT[Phase(self.made.row.phase)])
            self.step(name, self.pick.choice([*self.made.commanders, self.made.office]))

    def help_on(self) -> None:
        """Now and then everybody does his work, or blind steps would never leave the first phase."""
        made, phase = self.made, self.made.row.phase
        layer = {Phase.CROSS: Layer.CROSS, Phase.CONSOLIDATE: Layer.CONSOLIDATED, Phase.REPLY: Layer.CONSOLIDATED}.get(phase)
        layer = {Phase.SELF: Layer.SELF, Phase.APPRAISE: Layer.APPRAISED}.get(phase, layer)
        for sheet in Sheet.objects.full().filter(campaign=made.pk, layer=layer, state__in=verbs.WRITABLE):
            self.step_of(lambda sheet=sheet: self._finish(sheet))
        for row in Explanation.objects.filter(campaign=made.pk, state=ExplanationState.OPEN):
            who = made.scorer(explanations.sheet_of(row))
            self.step_of(lambda row=row, who=who: explanations.answer(row, actor=who, text="Giữ."))
        if phase == Phase.RATIFY:
            self.publish()
        elif phase == Phase.PUBLISHED:
            self.step("correct", made.office)
        else:
            self.step("move_on", made.office)

    def _finish(self, sheet: Sheet) -> None:
        """Hand a sheet in; where a peer said otherwise, whoever consolidates says that he keeps what there is."""
        made, actor = self.made, self.made.scorer(sheet)
        if sheet.layer == Layer.SELF:
            made.fill_all(sheet)  # all the same, so that there are ties
        try:
            with transaction.atomic():
                sheets.submit(sheet, actor=actor)
        except ValidationError as error:
            for key in error.message_dict:
                code = made.text.leaf_of[key].code
                made.fill(sheet, code, actor, state=EntryState.AGREED)
            sheets.submit(sheet, actor=actor)

    def publish(self) -> None:
        made = self.made
        self.step("compute", made.office)
        for _again in range(4):  # some of its days lie in the future
            self.step("decide_tie", made.office)
        self.step("prepare", made.leader)
        work = Snapshot.objects.select_related("campaign").filter(campaign=made.pk).exclude(state=StandingState.PUBLISHED).first()
        if work:
            self.step_of(lambda: standings.open_signing(work, actor=made.leader))
            for actor, number in ((made.leader, 0), (made.deputy, 1)):
                if self.pick.random() < 0.3:
                    break  # somebody else tries meanwhile
                self.step_of(lambda actor=actor, number=number: self._sign(work, number, actor))

    def _sign(self, snapshot: Snapshot, number: int, actor) -> None:
        signing_round = standings_kind.current_round(snapshot)
        if signing_round:
            builders.sign(list(signing_round.slots.order_by("number"))[number], actor=actor)

    def step_of(self, act) -> None:
        try:
            with transaction.atomic():
                act()
        except REFUSALS:
            return

    # --- What holds at every moment ---

    def check(self) -> None:
        row = self.made.row
        before = self.phases[-1]
        if row.phase != before:
            self.phases.append(row.phase)
            known = row.phases
            apart = known.index(Phase(row.phase)) - known.index(Phase(before))
            corrected = (before, row.phase) == (Phase.PUBLISHED, Phase.APPRAISE)
            assert abs(apart) == 1 or corrected, (before, row.phase)
            assert (before != Phase.PUBLISHED) or corrected
        self.check_snapshots(row)
        self.check_sight(row)

    def check_snapshots(self, row) -> None:
        found = list(Snapshot.objects.filter(campaign=self.made.pk).order_by("number"))
        assert [one.number for one in found] == list(range(1, len(found) + 1))
        published = [one for one in found if one.state == StandingState.PUBLISHED]
        in_force = {one.pk for one in published} - {one.supersedes_id for one in published}
        assert len(in_force) <= 1
        assert len(found) - len(published) <= 1
        assert bool(row.correction) == bool(published and row.phase != Phase.PUBLISHED)
        assert row.phase != Phase.PUBLISHED or in_force

    def check_sight(self, row) -> None:
        """Others' own points stay out of sight while units score themselves, and strangers see nothing at all."""
        *of_bloc, _stranger, _administrator = self.people
        rows = Sheet.objects.filter(campaign=self.made.pk)
        assert not any(rows.visible_to(who).exists() for who in (_stranger, _administrator))
        for actor in of_bloc:
            if not actor.is_office and not actor.is_provincial_leader:
                self.check_sight_of(actor, rows.visible_to(actor), row)

    def check_sight_of(self, actor, seen, row) -> None:
        foreign = seen.exclude(scorer=actor.unit)
        if row.correction or row.phase == Phase.PUBLISHED:
            return
        if row.phase == Phase.SELF:
            assert not foreign.exists()
        if row.phase == Phase.CROSS:
            own = Sheet.objects.get(campaign=self.made.pk, unit=actor.unit, layer=Layer.SELF)
            assert not foreign.exclude(layer=Layer.SELF).exists()
            assert own.is_handed_in or not foreign.exists()
        if row.phase != Phase.RATIFY:
            assert not foreign.filter(layer=Layer.APPRAISED).exists()
        if row.phase in since(Phase.CONSOLIDATE) and actor in self.made.members:
            assert not foreign.exclude(unit=actor.unit).exists(), row.phase
            assert row.phase != Phase.CONSOLIDATE or not foreign.exists()


NAMES = [
    "enter", "hand_in", "give_back", "accept", "recuse", "explain", "answer", "move_on", "step_back", "step_back", "withdraw_unit",
    "compute", "decide_tie", "prepare", "open_signing", "sign", "void", "correct",
]  # fmt: skip
# What a phase is for: half of the steps try that, so that the other half find something to break.
APT = dict.fromkeys(
    (Phase.SELF, Phase.CROSS, Phase.CONSOLIDATE, Phase.APPRAISE), ("enter", "enter", "hand_in", "give_back", "accept")
)
APT |= {Phase.REPLY: ("explain", "explain", "answer"), Phase.RATIFY: ("prepare", "open_signing", "sign", "sign", "void")}
APT |= {Phase.PUBLISHED: ("correct", "sign", "void")}


def test_nothing_but_refusals_and_what_must_hold():
    done: Counter[str] = Counter()
    for seed in (1, 2):
        with rolled_back():
            walk = Walk(seed)
            for number in range(STEPS):
                if number % 9 == 8:
                    walk.help_on()
                else:
                    walk.blind_step()
                walk.check()
            assert Phase.PUBLISHED in walk.phases
            done += walk.done
    assert {"enter", "hand_in", "explain", "step_back", "decide_tie", "prepare", "void", "correct"} <= set(done)
