"""Form a bloc for a year and change it: seats in the order of the decision, exactly one leader, at most the allowed deputies."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import policies
from blocs.enums import BlocWord, LeadersPlace, SeatRole
from blocs.models import Bloc, BlocYear, Seat, Year
from emulation.inbox.domain import notices
from emulation.lib import vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.domain import audit
from emulation.records.events import Event

FEWEST, MOST = 3, 20
# What follows elsewhere when a bloc has other seats; called in the same transaction, with the bloc as it is by then.
Follower = Callable[[BlocYear, Actor], None]
_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Let an app follow changes of seats, or refuse them (`Refused`). Registering twice does it once."""
    if follower not in _followers:
        _followers.append(follower)


@dataclass(frozen=True)
class SeatPlan:
    """A unit and its role; the order is the place in the list."""

    unit: Unit
    role: str = SeatRole.MEMBER


@dataclass(frozen=True)
class BlocPlan:
    """What the decision says about a bloc of a year."""

    name: str
    decision_number: str
    decision_date: date
    seats: Sequence[SeatPlan]
    word: str = BlocWord.KHOI
    decision_by: str = "Giám đốc Công an tỉnh"
    deputies_allowed: int = 1
    presiding_leader: str = ""
    leaders_place: str = LeadersPlace.FIRST
    draft_due: date | None = None
    sign_due: date | None = None


@transaction.atomic
def form(year: int, plan: BlocPlan, *, actor: Actor, bloc: Bloc | None = None) -> BlocYear:
    """Form a bloc for the year; `bloc` continues one of an earlier year. Raises `Refused`, `ValidationError`."""
    enforce(policies.may_form_bloc(actor))
    assert actor.unit is not None
    problems = seat_problems(plan)
    if problems:
        raise ValidationError(problems)
    Year(number=year).full_clean(validate_unique=False)
    Year.objects.get_or_create(number=year)
    bloc = bloc or Bloc.objects.create(standing_office=actor.unit)
    leader = uuid.uuid4()
    bloc_year = BlocYear(bloc=bloc, year_id=year, leader_seat_id=leader)
    _write(bloc_year, plan)
    _write_seats(bloc_year, plan, leader)
    audit.log(Event.BLOC_FORMED, stream=f"bloc:{bloc_year.pk}", actor=actor, year=year, name=plan.name, seats=_named(plan))
    text = f"Đơn vị được xếp vào {bloc_year.full_name} năm {year}."
    notices.tell_units((seat.unit.pk for seat in plan.seats), text, path=reverse("bloc", args=[bloc_year.pk]))
    return bloc_year


@transaction.atomic
def change(bloc_year: BlocYear, plan: BlocPlan, *, actor: Actor) -> BlocYear:
    """Replace what the decision says, seats included, before the document is signed. Raises `Refused`, `ValidationError`."""
    bloc_year = BlocYear.objects.select_for_update(of=("self",)).select_related("bloc").get(pk=bloc_year.pk)
    enforce(policies.may_change_bloc(bloc_year, actor))
    problems = seat_problems(plan)
    if problems:
        raise ValidationError(problems)
    before = [str(seat) for seat in bloc_year.ordered_seats]
    leader = uuid.uuid4()
    bloc_year.leader_seat_id = leader
    _write(bloc_year, plan)
    bloc_year.seats.all().delete()
    _write_seats(bloc_year, plan, leader)
    audit.log(Event.BLOC_CHANGED, stream=f"bloc:{bloc_year.pk}", actor=actor, before=before, after=_named(plan))
    for follow in _followers:
        follow(bloc_year, actor)
    return bloc_year


def seat_problems(plan: BlocPlan) -> list[str]:
    """What is wrong with the composition, as sentences."""
    problems = []
    units = [seat.unit.pk for seat in plan.seats]
    if not FEWEST <= len(units) <= MOST:
        problems.append(
            _("Khối có từ %(fewest)d đến %(most)d đơn vị; danh sách này có %(n)d.")
            % {"fewest": FEWEST, "most": MOST, "n": len(units)}
        )
    if len(set(units)) != len(units):
        problems.append(_("Một đơn vị có mặt hai lần trong danh sách."))
    leaders = sum(seat.role == SeatRole.LEADER for seat in plan.seats)
    if leaders != 1:
        problems.append(_("Chọn đúng một đơn vị làm khối trưởng; hiện có %(n)d.") % {"n": leaders})
    deputies = sum(seat.role == SeatRole.DEPUTY for seat in plan.seats)
    if deputies > plan.deputies_allowed:
        problems.append(
            _("Khối có nhiều nhất %(most)d khối phó; danh sách này có %(n)d.") % {"most": plan.deputies_allowed, "n": deputies}
        )
    return problems


def _write(bloc_year: BlocYear, plan: BlocPlan) -> None:
    bloc_year.name, bloc_year.word = vietnamese.nfc(plan.name).strip(), plan.word
    bloc_year.decision_number, bloc_year.decision_date, bloc_year.decision_by = (
        plan.decision_number,
        plan.decision_date,
        plan.decision_by,
    )
    bloc_year.deputies_allowed, bloc_year.presiding_leader = plan.deputies_allowed, vietnamese.nfc(plan.presiding_leader)
    bloc_year.leaders_place, bloc_year.draft_due, bloc_year.sign_due = plan.leaders_place, plan.draft_due, plan.sign_due
    bloc_year.clean_fields(exclude=["leader_seat"])
    bloc_year.validate_constraints(exclude=["leader_seat"])
    bloc_year.save()


def _write_seats(bloc_year: BlocYear, plan: BlocPlan, leader: uuid.UUID) -> None:
    deputies = 0
    for order, seat in enumerate(plan.seats, start=1):
        deputies += seat.role == SeatRole.DEPUTY
        Seat.objects.create(
            id=leader if seat.role == SeatRole.LEADER else uuid.uuid4(),
            bloc_year=bloc_year,
            unit=seat.unit,
            role=seat.role,
            deputy_number=deputies if seat.role == SeatRole.DEPUTY else None,
            order=order,
        )


def _named(plan: BlocPlan) -> list[str]:
    return [f"{seat.role}: {seat.unit.name}" for seat in plan.seats]
