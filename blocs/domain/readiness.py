"""Kiểm tra trước hội nghị: can everybody who is to sign really sign on that day? What is missing, and who can mend it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _

from blocs.domain.snapshots import province_of
from blocs.models import BlocDocument, Conference
from emulation.lib import clock
from emulation.organisation.domain import secrets
from emulation.organisation.enums import MandateScope, Post
from emulation.organisation.models import Mandate, Position, Unit


class Trouble(StrEnum):
    """What can be wrong, most pressing first."""

    NOBODY = "nobody"
    ENDS = "ends"
    NOT_OWN = "not_own"
    LOCKED = "locked"
    NEVER = "never"
    MANDATE_ENDS = "mandate_ends"


@dataclass(frozen=True)
class Concern:
    """One thing that may keep a unit from signing: what, what to do, and by whom. `position` is None when there is nobody."""

    trouble: Trouble
    unit: Unit
    sentence: str
    remedy: str
    position: Position | None = None


def concerns(conference: Conference) -> list[Concern]:
    """Everything that stands in the way, unit by unit in the order of the bloc; three queries for any number of units."""
    day = max(clock.local(conference.starts_at).date(), clock.today())
    units = _signing_units(conference)
    positions = _positions(units, conference)
    locked = secrets.locked_accounts(row.person.username for row in positions)
    found: list[Concern] = []
    for unit in units:
        own = [row for row in positions if row.unit_id == unit.pk]
        if not any(_may_sign_on(row, day) for row in own):
            found.append(_nobody(unit, day))
        found += [concern for row in own for concern in _of_person(unit, row, day, locked)]
    seated = {unit.pk for unit in units}
    for row in positions:
        if row.unit_id not in seated:  # a secretary from the standing office
            found += _of_person(row.unit, row, day, locked)
    return found


def _signing_units(conference: Conference) -> list[Unit]:
    """The units of the bloc, and the province when one of the bloc's documents has a witness."""
    bloc_year = conference.bloc_year
    units = [seat.unit for seat in bloc_year.ordered_seats]
    province = province_of(bloc_year)
    if province and BlocDocument.objects.filter(bloc_year=bloc_year, has_witness=True).exists():
        units.append(province)
    return units


def _positions(units: Iterable[Unit], conference: Conference) -> list[Position]:
    """Who may sign for these units today or later, and the secretary, who signs the minutes; heads first."""
    today = clock.today()
    signers = Q(unit__in=list(units), may_sign=True, person__is_superuser=False)
    rows = Position.objects.filter(signers | Q(pk=conference.secretary_id), person__is_active=True)
    rows = (
        rows.filter(Q(valid_until=None) | Q(valid_until__gte=today)).select_related("person", "unit").prefetch_related("mandates")
    )
    return sorted(rows, key=lambda row: (row.post != Post.HEAD, row.pk))


def _may_sign_on(row: Position, day: date) -> bool:
    """Whether this position lets its holder sign on that day: a head's, or one with a basis that is live then."""
    if not row.may_sign or not row.held_on(day):
        return False
    return row.post == Post.HEAD or any(mandate.live_on(day) for mandate in _bases(row))


def _bases(row: Position) -> list[Mandate]:
    """The bases of this position that are good for a covenant."""
    return [mandate for mandate in row.mandates.all() if mandate.covers(MandateScope.COVENANT)]


def _nobody(unit: Unit, day: date) -> Concern:
    return Concern(
        Trouble.NOBODY,
        unit,
        _("Không có ai được ký vào ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"},
        _("Cơ quan thường trực ghi chức vụ cấp trưởng, hoặc căn cứ ký thay cho cấp phó."),
    )


def _of_person(unit: Unit, row: Position, day: date, locked: set[str]) -> Iterator[Concern]:
    person = row.person
    if row.valid_until and row.valid_until < day:
        yield Concern(
            Trouble.ENDS,
            unit,
            _("Chức vụ hết thời hạn ngày %(day)s, trước ngày họp.") % {"day": f"{row.valid_until:%d/%m/%Y}"},
            _("Cơ quan thường trực gia hạn chức vụ, hoặc ghi người thay."),
            row,
        )
        return
    if not person.secret_is_own:
        yield Concern(
            Trouble.NOT_OWN,
            unit,
            _("Mật khẩu do người khác đặt hoặc vừa được cấp lại: chưa ký được."),
            _("Cơ quan thường trực cấp liên kết; người ký mở liên kết và tự đặt mật khẩu."),
            row,
        )
    elif person.last_login is None:
        yield Concern(
            Trouble.NEVER,
            unit,
            _("Chưa đăng nhập lần nào."),
            _("Người ký đăng nhập thử trước ngày họp; quên mật khẩu thì cơ quan thường trực cấp liên kết."),
            row,
        )
    if person.username in locked:
        yield Concern(
            Trouble.LOCKED,
            unit,
            _("Tài khoản tạm khóa vì sai mật khẩu nhiều lần."),
            _("Chờ hết thời gian khóa, hoặc cơ quan thường trực mở khóa."),
            row,
        )
    if row.post == Post.DEPUTY and (ending := _mandate_ending_before(row, day)):
        yield Concern(
            Trouble.MANDATE_ENDS,
            unit,
            _("Căn cứ ký thay hết hạn ngày %(day)s, trước ngày họp.") % {"day": f"{ending:%d/%m/%Y}"},
            _("Cấp trưởng hoặc cơ quan thường trực ghi căn cứ mới."),
            row,
        )


def _mandate_ending_before(row: Position, day: date) -> date | None:
    """The end of a basis that holds today and no longer on that day, when no other one holds then."""
    mandates = _bases(row)
    if any(mandate.live_on(day) for mandate in mandates):
        return None
    ends = [mandate.valid_until for mandate in mandates if mandate.live_on(clock.today()) and mandate.valid_until]
    return max(ends, default=None)
