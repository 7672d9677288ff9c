"""Accounts and positions."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor, actor_for, positions_of
from emulation.organisation.backends import HolderBackend
from emulation.organisation.domain import people
from emulation.organisation.enums import Post, Rank
from emulation.organisation.models import Position, User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db

TODAY = clock.today()


def give(person, unit, *, actor=None, post=Post.HEAD, may_sign=False, **more):
    dates = {"valid_from": TODAY - timedelta(days=1), **more}
    return people.give_position(person, actor=actor, unit=unit, post=post, rank=Rank.THUONG_TA, may_sign=may_sign, **dates)


def events(stream):
    return list(AuditEntry.objects.filter(stream__key=stream).order_by("seq").values_list("event", flat=True))


def test_an_account_is_opened_without_a_secret():
    office = builders.staff(builders.office())
    user = people.open_account(actor=office, username=" NguyenVanA ", full_name="Nguyê\u0303n Văn A")
    assert (user.username, user.full_name) == ("nguyenvana", "Nguyễn Văn A")
    assert not user.has_usable_password()
    assert not user.secret_is_own
    assert not user.is_superuser
    assert events(f"user:{user.pk}") == [Event.USER_CREATED]


def test_a_log_in_name_is_given_once():
    people.open_account(actor=None, username="a", full_name="A")
    with pytest.raises(IntegrityError), transaction.atomic():
        people.open_account(actor=None, username="A", full_name="B")


def test_only_office_and_administrators_keep_people():
    commander = builders.commander(builders.unit())
    users, positions = User.objects.count(), Position.objects.count()
    with pytest.raises(Refused):
        people.open_account(actor=commander, username="b", full_name="B")
    with pytest.raises(Refused):
        give(commander.user, commander.unit, actor=commander)
    with pytest.raises(Refused):
        people.end_position(commander.position, actor=commander, last_day=TODAY)
    assert (User.objects.count(), Position.objects.count()) == (users, positions)


def test_a_position_gets_the_usual_title_and_is_recorded():
    user, unit = builders.person(), builders.unit(kind="district")
    head, deputy, staff = (give(user, unit, post=post) for post in Post.values)
    assert (head.title, deputy.title, staff.title) == ("Trưởng Công an huyện", "Phó Trưởng Công an huyện", "Cán bộ")
    assert give(user, unit, title="Quyền Trưởng Công an huyện").title == "Quyền Trưởng Công an huyện"
    assert events(f"user:{user.pk}").count(Event.POSITION_GIVEN) == 4
    assert head.ranked_name == f"Thượng tá {user.full_name}"


def test_only_commanders_may_be_entitled_to_sign():
    user, unit = builders.person(), builders.unit()
    with pytest.raises(ValidationError, match="chỉ huy"):
        give(user, unit, post=Post.STAFF, may_sign=True)
    assert give(user, unit, post=Post.DEPUTY, may_sign=True).may_sign


def test_an_administrator_never_signs():
    administrator = builders.administrator()
    with pytest.raises(Refused, match="quản trị"):
        give(administrator.user, builders.unit(), may_sign=True)
    position = give(administrator.user, builders.unit())
    assert not Actor(administrator.user, position).is_commander


def test_a_position_cannot_end_before_it_begins():
    with pytest.raises(ValidationError, match="Ngày kết thúc"):
        give(builders.person(), builders.unit(), valid_until=TODAY - timedelta(days=5))
    position = give(builders.person(), builders.unit())
    with pytest.raises(ValidationError, match="Ngày kết thúc"):
        people.end_position(position, actor=None, last_day=TODAY - timedelta(days=5))


def test_a_position_is_held_to_its_last_day():
    actor = builders.commander(builders.unit())
    people.end_position(actor.position, actor=builders.staff(builders.office()), last_day=TODAY)
    assert positions_of(actor.user) == [actor.position]
    assert actor.position.held_on(TODAY)
    with clock.at(clock.now() + timedelta(days=1)):
        assert positions_of(actor.user) == []
        assert builders.again(actor).position is None
    assert events(f"user:{actor.user_id}")[-1] == Event.POSITION_CHANGED


def test_a_position_begins_on_its_first_day():
    user = builders.person()
    give(user, builders.unit(), valid_from=TODAY + timedelta(days=1))
    assert positions_of(user) == []
    with clock.at(clock.now() + timedelta(days=1)):
        assert len(positions_of(user)) == 1


def test_nobody_acts_through_a_closed_account():
    actor = builders.commander(builders.unit())
    User.objects.filter(pk=actor.user_id).update(is_active=False)
    assert positions_of(actor.user) == []


def test_who_holds_several_positions_chooses_one():
    user, first, second = builders.person(), builders.unit(), builders.unit()
    staff, head = give(user, first, post=Post.STAFF), give(user, second)
    held = positions_of(user)
    assert held == [head, staff]
    assert actor_for(user, held, chosen=staff.pk, address="").position == staff
    assert actor_for(user, held, chosen=None, address="").position == head
    assert actor_for(user, held, chosen=987654, address="").position == head
    assert actor_for(user, [], chosen=staff.pk, address="").position is None


@pytest.mark.parametrize(
    ("who", "office", "administrator", "commander", "leader"),
    [
        ("commander", False, False, True, False),
        ("deputy", False, False, True, False),
        ("staff", False, False, False, False),
        ("office", True, False, False, False),
        ("director", False, False, True, True),
        ("administrator", False, True, False, False),
    ],
)
def test_what_an_actor_is(who, office, administrator, commander, leader):
    unit = builders.unit("Đức Hòa")
    actor = {
        "commander": lambda: builders.commander(unit),
        "deputy": lambda: builders.deputy(unit),
        "staff": lambda: builders.staff(unit),
        "office": lambda: builders.staff(builders.office()),
        "director": builders.director,
        "administrator": builders.administrator,
    }[who]()
    assert (actor.is_office, actor.is_administrator, actor.is_commander, actor.is_provincial_leader) == (
        office,
        administrator,
        commander,
        leader,
    )


def test_an_actor_is_named_with_rank_name_title_and_unit():
    actor = builders.commander(builders.unit("Đức Hòa"))
    assert actor.label == f"Thượng tá {actor.user.full_name}, Trưởng Công an xã, Công an xã Đức Hòa"
    assert builders.administrator().label.endswith("(quản trị hệ thống)")
    assert builders.Actor(actor.user, None).label == actor.user.full_name
    assert str(actor.position) == f"Thượng tá {actor.user.full_name}, Trưởng Công an xã"
    assert actor.user.username in str(actor.user)


def test_who_is_signed_in_is_brought_with_his_positions_in_one_question(django_assert_num_queries):
    actor = builders.commander(builders.unit())
    builders.commander(builders.unit(), user=actor.user)
    with django_assert_num_queries(1):
        user = HolderBackend().get_user(actor.user_id)
    expected = [row.unit.name for row in positions_of(actor.user)]
    with django_assert_num_queries(1):  # the names of the units
        assert [row.unit.name for row in positions_of(user)] == expected


def test_who_holds_no_position_is_signed_in_all_the_same():
    keeper = User.objects.create_superuser("quantri", "mat-khau", full_name="Quản trị")
    assert HolderBackend().get_user(keeper.pk) == keeper
    keeper.is_active = False
    keeper.save()
    assert HolderBackend().get_user(keeper.pk) is None
    assert HolderBackend().get_user(0) is None
