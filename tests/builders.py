"""A small cast for tests, built through the domain's own verbs, so that nothing can be built that could not come about.

    made = builders.document(DocumentState.SIGNING, n=6, witness=True)
    builders.sign(made.slot(made.leader))
    made.round.state

`bloc`, `document` and `on_paper` do their work once and put its rows back for whoever asks for the same (see snapshots.py).
Everybody's secret is `SECRET`. Names and units are made up. Days are counted from today, so that no test grows old.
"""

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from blocs.domain import blocs, discussion, drafts, signing
from blocs.domain.blocs import BlocPlan, SeatPlan
from blocs.enums import ENDED, AdoptionBasis, BlocWord, CheckKind, DocumentKind, DocumentState, LeadersPlace, Opinion, SeatRole
from blocs.models import BlocDocument, BlocYear, Version
from emulation.lib import clock
from emulation.organisation.actors import Actor, actor_for, positions_of
from emulation.organisation.domain import mandates, people, secrets, units
from emulation.organisation.enums import Capacity, Post, Rank, UnitKind
from emulation.organisation.models import Position, Unit, User
from emulation.signing.domain import authorities, paper, rounds, scans
from emulation.signing.enums import SigningOrder, SlotState
from emulation.signing.models import PaperRecord, SigningRound, Slot
from tests import endings, snapshots
from tests.in_bloc import InBloc

SECRET = "chiếc lá cuối cùng 2020"
ADDRESS = "192.0.2.10"
LONG_AGO = date(2015, 1, 1)
AUTHORITY_SINCE = datetime(2015, 1, 1, tzinfo=UTC)
MANDATE = "Giấy ủy quyền số 05/GUQ-CAX"

PLACES = [
    "An Bình", "Bình Hải", "Cẩm Sơn", "Đông Thành", "Đức Hòa", "Gia Ninh", "Hải Ninh", "Hòa Thủy", "Kim Sơn", "Lộc An",
    "Minh Đức", "Nam Trạch", "Phú Định", "Quảng Hưng", "Sơn Lộc", "Tân Ước", "Thanh Thủy", "Trường Xuân", "Vạn Ninh", "Yên Hóa",
]  # fmt: skip
PEOPLE = [
    "Nguyễn Văn A", "Trần Thị B", "Lê Văn Đức", "Phạm Thị Ước", "Hoàng Văn Ẩn", "Đặng Thị Yến", "Võ Văn Hữu", "Bùi Thị Ngọc",
]  # fmt: skip
PREFIXES = {
    UnitKind.DISTRICT: "huyện",
    UnitKind.CITY: "TP.",
    UnitKind.TOWN: "thị xã",
    UnitKind.COMMUNE: "xã",
    UnitKind.WARD: "phường",
}

_numbers = itertools.count(1)


# --- Units and people ------------------------------------------------------------------------------------------------------------


def province() -> Unit:
    """The provincial police: one."""
    return Unit.objects.filter(kind=UnitKind.PROVINCE).first() or units.create(
        actor=None, kind=UnitKind.PROVINCE, name="Công an tỉnh Quảng Bình", short_name="Quảng Bình", valid_from=LONG_AGO
    )


def office() -> Unit:
    """The standing office for emulation: one, under the province."""
    return Unit.objects.filter(is_emulation_office=True).first() or another_office()


def another_office() -> Unit:
    """A further standing office, to show that it may not act in the first one's blocs."""
    name = f"Phòng Công tác Đảng {next(_numbers)}"
    return units.create(
        actor=None,
        kind=UnitKind.DEPARTMENT,
        name=name,
        short_name="PX03",
        valid_from=LONG_AGO,
        parent=province(),
        is_emulation_office=True,
    )


def unit(place: str = "", kind: str = UnitKind.COMMUNE) -> Unit:
    """A unit of the province: "Công an xã An Bình"."""
    place = place or PLACES[next(_numbers) % len(PLACES)]
    name = f"Công an {PREFIXES[UnitKind(kind)]} {place}"
    return units.create(actor=None, kind=kind, name=name, short_name=place, valid_from=LONG_AGO, parent=province())


def person(full_name: str = "", *, own_secret: bool = True) -> User:
    """A person with an account; the secret is his own unless told otherwise."""
    number = next(_numbers)
    user = people.open_account(actor=None, username=f"canbo{number}", full_name=full_name or PEOPLE[number % len(PEOPLE)])
    if own_secret:
        secrets.set_own(user, SECRET, actor=Actor(user, None, ADDRESS))
    return User.objects.get(pk=user.pk)


def commander(of: Unit, *, until: date | None = None, user: User | None = None) -> Actor:
    """The head of the unit, who may sign."""
    return _with_position(user or person(), of, Post.HEAD, Rank.THUONG_TA, may_sign=True, until=until)


def deputy(of: Unit, *, mandate: bool = True, capacity: str = Capacity.KT) -> Actor:
    """A deputy head of the unit, by default with a live basis for signing on behalf of the head."""
    actor = _with_position(person(), of, Post.DEPUTY, Rank.TRUNG_TA, may_sign=True)
    if mandate:
        assert actor.position is not None
        days = {"valid_from": clock.today()} | ({"valid_until": clock.today()} if capacity == Capacity.TUQ else {})
        mandates.record(actor.position, actor=staff(office()), capacity=capacity, document=MANDATE, **days)
    return again(actor)


def staff(of: Unit) -> Actor:
    """A member of the unit's staff, who never signs."""
    return _with_position(person(), of, Post.STAFF, Rank.DAI_UY, may_sign=False)


def director() -> Actor:
    """The head of the provincial police, who may witness."""
    return commander(province())


def administrator() -> Actor:
    """Keeps accounts and units, holds no position."""
    user = User.objects.create_superuser(f"quantri{next(_numbers)}", SECRET, full_name="Quản trị hệ thống")
    return Actor(user, None, ADDRESS)


def again(actor: Actor) -> Actor:
    """The same person as the database knows him now, as the next request would find him."""
    user = User.objects.get(pk=actor.user_id)
    return actor_for(user, positions_of(user), chosen=actor.position.pk if actor.position else None, address=actor.address)


def end_position(actor: Actor, *, last_day: date) -> None:
    """This person's position ended on that day."""
    assert actor.position is not None
    people.end_position(actor.position, actor=None, last_day=last_day)


def _with_position(user: User, of: Unit, post: str, rank: str, *, may_sign: bool, until: date | None = None) -> Actor:
    position = people.give_position(
        user, actor=None, unit=of, post=post, rank=rank, valid_from=LONG_AGO, may_sign=may_sign, valid_until=until
    )
    return actor_for(user, positions_of(user) or [position], chosen=position.pk, address=ADDRESS)


# --- Blocs -----------------------------------------------------------------------------------------------------------------------


@dataclass
class BlocCast:
    """A bloc of this year, the office that keeps it, and a commander of each unit in the order of the seats."""

    bloc_year: BlocYear
    office: Actor
    commanders: list[Actor]

    @property
    def leader(self) -> Actor:
        return self._with_role(SeatRole.LEADER)[0]

    @property
    def deputies(self) -> list[Actor]:
        return self._with_role(SeatRole.DEPUTY)

    @property
    def members(self) -> list[Actor]:
        return self._with_role(SeatRole.MEMBER)

    def _with_role(self, role: str) -> list[Actor]:
        found = {seat.unit_id for seat in self.bloc_year.ordered_seats if seat.role == role}
        return [actor for actor in self.commanders if actor.unit_id in found]


@snapshots.once
def bloc(
    n: int = 3, *, deputies: int = 1, year: int | None = None, word: str = BlocWord.KHOI, leaders_place: str = LeadersPlace.FIRST
) -> BlocCast:
    """A bloc of n units: the first leads, the next are deputies, the others members; each with a commander."""
    actor = staff(office())
    seats = [SeatPlan(unit(PLACES[place % len(PLACES)]), _role(place, deputies)) for place in range(n)]
    bloc_year = blocs.form(
        year or clock.today().year, plan(seats, deputies=deputies, word=word, leaders_place=leaders_place), actor=actor
    )
    return BlocCast(bloc_year, actor, [commander(seat.unit) for seat in seats])


def plan(
    seats: list[SeatPlan],
    *,
    deputies: int = 1,
    word: str = BlocWord.KHOI,
    leaders_place: str = LeadersPlace.FIRST,
    name: str = "Công an các xã ven biển",
) -> BlocPlan:
    """The decision on a bloc with these seats."""
    return BlocPlan(
        name=name,
        decision_number="152/QĐ-CAT",
        decision_date=clock.today() - timedelta(days=30),
        seats=seats,
        word=word,
        deputies_allowed=max(deputies, 1),
        presiding_leader="Đại tá Nguyễn Văn C, Phó Giám đốc",
        leaders_place=leaders_place,
    )


def _role(place: int, deputies: int) -> str:
    if place == 0:
        return SeatRole.LEADER
    return SeatRole.DEPUTY if place <= deputies else SeatRole.MEMBER


# --- Documents -------------------------------------------------------------------------------------------------------------------


@dataclass
class DocumentCast(InBloc):
    """A covenant and everybody around it. `row`, `version` and `round` are read afresh each time."""

    pk: int
    bloc: BlocCast
    witness: Actor | None = None

    @property
    def row(self) -> BlocDocument:
        return BlocDocument.objects.full().get(pk=self.pk)

    @property
    def version(self) -> Version:
        version = discussion.latest(self.row)
        assert version is not None
        return version

    @property
    def round(self) -> SigningRound:
        found = signing.current_round(self.row)
        assert found is not None
        return found

    @property
    def slots(self) -> list[Slot]:
        return list(self.round.slots.select_related("unit", "round__document", "round__current").order_by("number"))

    @property
    def signers(self) -> list[Actor]:
        """All who sign, in the order of the slots."""
        by_unit = {actor.unit_id: actor for actor in [*self.commanders, *([self.witness] if self.witness else [])]}
        return [by_unit[slot.unit_id] for slot in self.slots]

    def slot(self, actor: Actor) -> Slot:
        """The slot of this actor's unit, as it stands now."""
        return next(slot for slot in self.slots if slot.unit_id == actor.unit_id)


# How most documents go; an annex branches off after its adoption, and what is signed may end.
_STEPS = [state for state in DocumentState.values if state not in (DocumentState.ATTACHED, *ENDED)]


@snapshots.once
def document(
    state: str = DocumentState.DRAFT,
    *,
    n: int = 3,
    witness: bool = False,
    order: str = SigningOrder.FREE,
    of: BlocCast | None = None,
    basis: str = AdoptionBasis.CONFERENCE,
    kind: str = DocumentKind.COVENANT,
) -> DocumentCast:
    """A document, a covenant unless said otherwise, brought to this state by one verb after another; `signed` has every signature."""
    if state == DocumentState.ATTACHED and kind == DocumentKind.COVENANT:
        kind = DocumentKind.REGULATION  # a covenant never comes there
    cast = of or bloc(n)
    row = drafts.start(cast.bloc_year, actor=cast.leader, kind=kind)
    made = DocumentCast(row.pk, cast, director() if witness else None)
    details = {"date": clock.today(), "place": "An Bình", "has_witness": witness, "signing_order": order}
    drafts.save_signing_details(made.row, actor=cast.leader, seen=made.row.edits, values=details)
    last = {DocumentState.ATTACHED: DocumentState.ADOPTED, **dict.fromkeys(ENDED, DocumentState.SIGNED)}.get(state, state)
    for step in _STEPS[1 : _STEPS.index(last) + 1]:
        _STEP_VERBS[DocumentState(step)](made, basis)
    if state == DocumentState.ATTACHED:
        check(made)
        signing.attach(made.row, actor=made.leader)
    if state in ENDED:
        endings.end(made, state)
    return made


def publish(made: DocumentCast, *, days: float = 7) -> Version:
    """Publish the draft with a deadline in some days."""
    return discussion.publish(made.row, actor=made.leader, deadline=clock.now() + timedelta(days=days))


def agree(made: DocumentCast, *actors: Actor) -> None:
    """These commanders agree for their units; everybody when none is named."""
    for actor in actors or made.commanders:
        discussion.send_stand(made.version, actor=actor, opinion=Opinion.AGREE)


def adopt(made: DocumentCast, basis: str = AdoptionBasis.CONFERENCE) -> None:
    """Record the agreement; for a consensus everybody agrees first."""
    if basis == AdoptionBasis.CONSENSUS:
        agree(made)
    present = len(made.commanders) if basis == AdoptionBasis.CONFERENCE else None
    discussion.adopt(made.version, actor=made.leader, basis=basis, held_on=clock.today(), present=present)


def check(made: DocumentCast) -> None:
    """Both checks: content by the leader, form by the office."""
    signing.check(made.version, CheckKind.CONTENT, actor=made.leader)
    signing.check(made.version, CheckKind.FORM, actor=made.office)


def open_signing(made: DocumentCast, *, deadline: datetime | None = None, originals: int | None = None) -> SigningRound:
    """Check what is not checked yet, and open the signing; on paper when a number of originals is given."""
    demonstration()
    if not made.version.checks.exists():
        check(made)
    return signing.open_signing(made.row, actor=made.leader, deadline=deadline, originals=originals)


@snapshots.once
def on_paper(n: int = 3, *, of: BlocCast | None = None, witness: bool = False) -> DocumentCast:
    """A document open for signing with pens."""
    made = document(DocumentState.ADOPTED, n=n, of=of, witness=witness)
    open_signing(made, originals=n + 1)
    return made


def demonstration() -> None:
    """This installation holds the demonstration and has an authority, so that it may sign. The key is made once for all tests."""
    units.mark_as_demonstration()
    authorities.ensure(valid_from=AUTHORITY_SINCE)


# --- Signing ---------------------------------------------------------------------------------------------------------------------


def sign(slot: Slot, *, actor: Actor, secret: str = SECRET) -> Slot:
    """Sign in this slot, having been shown the frozen text."""
    return rounds.sign(slot, actor=actor, secret=secret, digest_shown=frozen_digest(slot.round))


def frozen_digest(signing_round: SigningRound) -> str:
    """The digest that the page shows above the secret's field."""
    return signing_round.document.revisions.get(number=0).sha256


def sign_all(made: DocumentCast) -> None:
    """Everybody who has not signed yet signs, as soon as his turn comes."""
    while ready := [actor for actor in made.signers if made.slot(actor).state == SlotState.READY]:
        sign(made.slot(ready[0]), actor=ready[0])


def signers_on_paper(made: DocumentCast) -> dict[int, Position]:
    """For each slot the head of its unit."""
    heads = {actor.unit_id: actor.position for actor in made.signers}
    return {slot.pk: position for slot in made.slots if (position := heads[slot.unit_id])}


def record_paper(made: DocumentCast, scan: bytes, *, actor: Actor | None = None) -> PaperRecord:
    """Hand the scan in and record that everybody signed today; by the deputy's staff when nobody is named."""
    actor = actor or staff(made.deputy.unit)
    taken = scans.take_in(made.round, [scan], actor=actor)
    return paper.record(taken, actor=actor, signed_on=clock.today(), signers=signers_on_paper(made))


_STEP_VERBS = {
    DocumentState.DISCUSSION: lambda made, basis: publish(made),
    DocumentState.ADOPTED: adopt,
    DocumentState.SIGNING: lambda made, basis: open_signing(made),
    DocumentState.SIGNED: lambda made, basis: sign_all(made),
}
