"""What an empty system still lacks: administrator, units, people, a bloc."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs.models import BlocYear
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.enums import Post, UnitKind
from emulation.organisation.models import Position, Unit, User


@dataclass(frozen=True)
class Step:
    """One step; `url` leads to where this person does it, and is empty when another one has to."""

    label: str
    help: str
    done: bool
    url: str = ""


def steps(actor: Actor | None) -> list[Step]:
    """All steps in their order, seen by this person."""
    keeps = actor is not None and (actor.is_administrator or actor.is_office)
    return [
        Step(
            _("Tài khoản quản trị"), _("Người quản trị lập đơn vị, cán bộ; không ký và không soạn thảo."), User.objects.exists()
        ),
        Step(
            pgettext("plural", "Đơn vị"),
            _("Lập Công an tỉnh, cơ quan thường trực thi đua thuộc Công an tỉnh, rồi ít nhất ba đơn vị của một khối."),
            _has_units(),
            reverse("admin:organisation_unit_changelist") if keeps else "",
        ),
        Step(
            _("Cán bộ"),
            _(
                "Mở tài khoản, giao chức vụ cho cán bộ cơ quan thường trực và chỉ huy các đơn vị; cấp liên kết để họ tự đặt mật khẩu."
            ),
            _has_people(),
            reverse("admin:organisation_user_changelist") if keeps else "",
        ),
        Step(
            _("Khối thi đua"),
            _("Cán bộ cơ quan thường trực đăng nhập và lập khối theo quyết định của Giám đốc Công an tỉnh."),
            BlocYear.objects.exists(),
            reverse("bloc_new") if actor is not None and actor.is_office else "",
        ),
    ]


def _has_units() -> bool:
    here = Unit.objects.on(clock.today())
    members = here.exclude(kind=UnitKind.PROVINCE).filter(is_emulation_office=False)
    return (
        here.filter(kind=UnitKind.PROVINCE).exists() and here.filter(is_emulation_office=True).exists() and members.count() >= 3
    )


def _has_people() -> bool:
    held = Position.objects.on(clock.today())
    return held.filter(unit__is_emulation_office=True).exists() and held.signers().filter(post=Post.HEAD).exists()
