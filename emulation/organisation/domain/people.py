"""People: open an account, give and change positions."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from emulation.lib import vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.domain.secrets import stream_of
from emulation.organisation.enums import usual_title
from emulation.organisation.models import Position, Unit, User
from emulation.records.domain import audit
from emulation.records.events import Event


@transaction.atomic
def open_account(*, actor: Actor | None, username: str, full_name: str) -> User:
    """Open an account without a usable secret: the holder gets a one-time link. `actor` is None only for set-up."""
    if actor is not None:
        enforce(policies.may_keep_organisation(actor))
    user = User.objects.create_user(username, None, full_name=full_name)
    audit.log(Event.USER_CREATED, stream=stream_of(user), actor=actor, username=user.username)
    return user


@transaction.atomic
def change_account(user: User, *, actor: Actor, full_name: str | None = None, is_active: bool | None = None) -> User:
    """Correct a person's name, close his account or open it again; documents keep the name they were signed with.

    What is not given stays; the same again changes nothing. Raises `Refused`, `ValidationError`.
    """
    enforce(policies.may_change_account(user, actor))
    if user.pk == actor.user_id and is_active is False:
        raise Refused(refuse(_("Đồng chí không tự đóng tài khoản của mình được.")))
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    before = (user.full_name, user.is_active)
    user.full_name = before[0] if full_name is None else vietnamese.nfc(full_name).strip()
    user.is_active = before[1] if is_active is None else is_active
    if (user.full_name, user.is_active) != before:
        user.clean_fields(exclude=["password"])
        user.save(update_fields=["full_name", "full_name_key", "is_active"])
        said = {"before": before[0], "full_name": user.full_name, "is_active": user.is_active}
        audit.log(Event.USER_CHANGED, stream=stream_of(user), actor=actor, **said)
    return user


@transaction.atomic
def give_position(
    person: User,
    *,
    actor: Actor | None,
    unit: Unit,
    post: str,
    rank: str,
    valid_from: date,
    may_sign: bool = False,
    title: str = "",
    valid_until: date | None = None,
) -> Position:
    """Give a person a post in a unit. Accounts of administrators never sign. Raises `Refused`, `ValidationError`."""
    if actor is not None:
        enforce(policies.may_keep_organisation(actor))
    if may_sign and person.is_superuser:
        raise Refused(refuse(_("Tài khoản quản trị hệ thống không được ký: lập tài khoản riêng cho người ký.")))
    position = Position(
        person=person,
        unit=unit,
        post=post,
        title=title or usual_title(unit.kind, post),
        rank=rank,
        may_sign=may_sign,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    position.full_clean()
    position.save()
    audit.log(Event.POSITION_GIVEN, stream=stream_of(person), actor=actor, unit=unit.pk, post=post, rank=rank, may_sign=may_sign)
    return position


@transaction.atomic
def end_position(position: Position, *, actor: Actor | None, last_day: date) -> Position:
    """End a position after this day; what was signed in it stays. Raises `Refused`, `ValidationError`."""
    if actor is not None:
        enforce(policies.may_keep_organisation(actor))
    position.valid_until = last_day
    position.full_clean()
    position.save(update_fields=["valid_until"])
    audit.log(Event.POSITION_CHANGED, stream=stream_of(position.person), actor=actor, position=position.pk, until=last_day)
    return position
