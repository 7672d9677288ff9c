"""A bloc's conference from its plan to its conclusion: plan, change, invite, call off, hold, conclude, reopen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import conference_policies as policies
from blocs.domain import agendas, attendance
from blocs.domain.conference_rows import Changed, lock, lock_to_change
from blocs.enums import ConferenceKind
from blocs.models import BlocYear, Conference, Minutes
from blocs.workflow import CONFERENCE
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Position, Unit
from emulation.records.domain import audit
from emulation.records.events import Event

# A conference belongs to its year: the final one may fall into the next, the signing one into the end of the year before.
_DAYS_OUTSIDE = timedelta(days=120)


@dataclass(frozen=True)
class ConferencePlan:
    """What is known of a conference before it is held. `host_unit` is None when it is held outside the bloc's units."""

    title: str
    starts_at: datetime
    venue: str
    chair_unit: Unit
    locality: str = ""
    host_unit: Unit | None = None
    presiding_leader: str = ""
    secretary: Position | None = None
    invitation_number: str = ""
    invitation_note: str = ""


def usual_title(bloc_year: BlocYear, kind: str) -> str:
    """How such a conference is called: official, so never translated."""
    movement = f"phong trào thi đua “Vì An ninh Tổ quốc” năm {bloc_year.year_id}"
    return {
        ConferenceKind.SIGNING: f"Hội nghị ký giao ước thi đua “Vì An ninh Tổ quốc” năm {bloc_year.year_id}",
        ConferenceKind.INTERIM: f"Hội nghị sơ kết {movement}",
        ConferenceKind.FINAL: f"Hội nghị tổng kết {movement}",
    }[ConferenceKind(kind)]


def usual_plan(bloc_year: BlocYear, kind: str, starts_at: datetime) -> ConferencePlan:
    """What is most likely: at the leader unit, which takes the chair."""
    host = bloc_year.leader.unit
    return ConferencePlan(
        title=usual_title(bloc_year, kind),
        starts_at=starts_at,
        venue=f"Hội trường {host.name}",
        locality=host.short_name,
        host_unit=host,
        chair_unit=host,
        presiding_leader=bloc_year.presiding_leader,
    )


def secretaries_to_choose(bloc_year: BlocYear) -> QuerySet[Position]:
    """Who may be secretary: anybody with a position today in a unit of the bloc or in its standing office."""
    units = [*(seat.unit_id for seat in bloc_year.ordered_seats), bloc_year.standing_office.pk]
    return Position.objects.on(clock.today()).full().filter(unit__in=units).order_by("unit", "post", "pk")


@transaction.atomic
def plan(bloc_year: BlocYear, kind: str, wanted: ConferencePlan, *, actor: Actor) -> Conference:
    """Plan a conference with the usual agenda and a row of attendance for each unit. Raises `Refused`, `ValidationError`."""
    BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    enforce(policies.may_plan_conference(bloc_year, actor))
    conference = Conference(bloc_year=bloc_year, kind=kind, created_at=clock.now())
    _write(conference, wanted)
    agendas.start(conference)
    attendance.start(conference)
    audit.log(
        Event.CONFERENCE_PLANNED,
        stream=conference.stream,
        actor=actor,
        bloc_year=bloc_year.pk,
        kind=kind,
        starts_at=conference.starts_at,
        venue=conference.venue,
    )
    return conference


@transaction.atomic
def change(conference: Conference, wanted: ConferencePlan, *, actor: Actor, seen: int) -> Conference:
    """Change time, place and people. Once invitations are out, the units are told of another time or place.

    Raises `Refused`, `ValidationError`, `Changed` when somebody else changed it meanwhile.
    """
    conference = lock_to_change(conference, actor)
    if conference.edits != seen:
        raise Changed(conference)
    before = (conference.starts_at, conference.venue)
    _write(conference, wanted)
    if conference.invited_at and before != (conference.starts_at, conference.venue):
        _tell(conference, f"Thay đổi thời gian, địa điểm: {_when_and_where(conference)}.", actor)
    audit.log(
        Event.CONFERENCE_CHANGED,
        stream=conference.stream,
        actor=actor,
        starts_at=conference.starts_at,
        venue=conference.venue,
        chair=conference.chair_unit_id,
        secretary=conference.secretary_id,
    )
    return conference


@transaction.atomic
def invite(conference: Conference, *, actor: Actor) -> Conference:
    """Tell every unit of the bloc that it is invited; once for one time and place. Raises `Refused`."""
    conference = lock(conference)
    enforce(policies.may_invite(conference, actor))
    if conference.invited_at is None:
        conference.invited_at = clock.now()
        conference.save(update_fields=["invited_at"])
        _tell(conference, f"Giấy mời dự {_when_and_where(conference)}.", actor)
        audit.log(Event.CONFERENCE_INVITED, stream=conference.stream, actor=actor, starts_at=conference.starts_at)
    return conference


@transaction.atomic
def call_off(conference: Conference, *, actor: Actor, reason: str) -> None:
    """Call a planned conference off; what was prepared goes, and every invited unit is told why. Raises `Refused`."""
    conference, reason = lock(conference), vietnamese.nfc(reason).strip()
    enforce(policies.may_call_off(conference, actor))
    if not reason:
        raise Refused(refuse(_("Phải nêu lý do.")))
    if conference.invited_at:
        path = reverse("bloc", args=[conference.bloc_year_id])
        text = f"Hủy {_when_and_where(conference)}. Lý do: {reason}"
        notices.tell_units(_units(conference), text, path=path, except_users={actor.user_id})
    audit.log(Event.CONFERENCE_CALLED_OFF, stream=conference.stream, actor=actor, title=conference.title, reason=reason)
    conference.delete()


@transaction.atomic
def hold(conference: Conference, *, actor: Actor) -> Conference:
    """Record that the conference is being held, so that its outcomes can be written down. Twice is once. Raises `Refused`."""
    conference = lock(conference)
    if conference.state == CONFERENCE.target("hold"):
        return conference
    enforce(policies.may_hold(conference, actor))
    conference.state = CONFERENCE.target("hold")
    conference.save(update_fields=["state"])
    audit.log(Event.CONFERENCE_HELD, stream=conference.stream, actor=actor)
    return conference


@transaction.atomic
def close(conference: Conference, *, actor: Actor, ended_at: datetime) -> Conference:
    """Conclude the conference: it had a quorum, a chair and an end, and no vote counts more units than the roll.

    Raises `Refused` (no quorum, too many votes), `ValidationError` (the end).
    """
    conference = lock(conference)
    enforce(policies.may_close(conference, actor))
    enforce(attendance.quorum(conference))
    enforce(_votes_within_roll(conference))
    if ended_at > clock.now():
        raise ValidationError({"ended_at": _("Giờ kết thúc không thể ở tương lai.")})
    conference.ended_at, conference.closed_at = ended_at, clock.now()
    conference.state = CONFERENCE.target("close")
    if conference.ended_at <= conference.starts_at:
        raise ValidationError({"ended_at": _("Giờ kết thúc phải sau giờ bắt đầu.")})
    conference.save(update_fields=["state", "ended_at", "closed_at"])
    audit.log(
        Event.CONFERENCE_CLOSED,
        stream=conference.stream,
        actor=actor,
        ended_at=ended_at,
        present=len(attendance.present_units(conference)),
    )
    return conference


def _votes_within_roll(conference: Conference) -> Verdict:
    there = len(attendance.present_units(conference))
    many = conference.decisions.filter(present__gt=there).order_by("order").first()
    if many is None:
        return ALLOWED
    words = _(
        "Biểu quyết số %(n)d ghi %(present)d đơn vị có mặt, nhưng phần Thành phần mới ghi nhận %(there)d. "
        "Đồng chí sửa cho khớp rồi kết thúc hội nghị."
    )
    return refuse(words % {"n": many.order, "present": many.present, "there": there})


@transaction.atomic
def reopen(conference: Conference, *, actor: Actor) -> Conference:
    """Correct what was recorded, before the minutes are frozen. Raises `Refused`."""
    conference = lock(conference)
    enforce(policies.may_reopen_conference(conference, minutes_of(conference), actor))
    conference.state, conference.closed_at = CONFERENCE.target("reopen"), None
    conference.save(update_fields=["state", "closed_at"])
    audit.log(Event.CONFERENCE_REOPENED, stream=conference.stream, actor=actor)
    return conference


def minutes_of(conference: Conference) -> Minutes | None:
    """The minutes of the conference, when they were begun."""
    return Minutes.objects.filter(conference=conference).first()


def _write(conference: Conference, wanted: ConferencePlan) -> None:
    _demand_members(conference, wanted)
    for name in ("title", "venue", "locality", "presiding_leader", "invitation_number", "invitation_note"):
        setattr(conference, name, vietnamese.nfc(getattr(wanted, name)).strip())
    conference.starts_at, conference.secretary = wanted.starts_at, wanted.secretary
    conference.host_unit, conference.chair_unit = wanted.host_unit, wanted.chair_unit
    conference.edits += 1
    conference.full_clean()
    conference.save()


def _demand_members(conference: Conference, wanted: ConferencePlan) -> None:
    """Host and chair are units of the bloc, the secretary has a position there, the day belongs to the bloc's year."""
    bloc_year = conference.bloc_year
    if bloc_year.seat_of(wanted.chair_unit.pk) is None:
        raise ValidationError({"chair_unit": _("Đơn vị chủ trì phải là đơn vị của khối.")})
    if wanted.host_unit and bloc_year.seat_of(wanted.host_unit.pk) is None:
        raise ValidationError({"host_unit": _("Đơn vị đăng cai phải là đơn vị của khối; họp ở nơi khác thì để trống.")})
    kept = conference.secretary_id
    if wanted.secretary and wanted.secretary.pk != kept and wanted.secretary not in secretaries_to_choose(bloc_year):
        raise ValidationError({"secretary": _("Thư ký phải đang giữ chức vụ trong một đơn vị của khối.")})
    if not _within_year(clock.local(wanted.starts_at).date(), bloc_year.year_id):
        raise ValidationError({"starts_at": _("Ngày họp không thuộc năm thi đua %(year)d.") % {"year": bloc_year.year_id}})


def _within_year(day: date, year: int) -> bool:
    return date(year, 1, 1) - _DAYS_OUTSIDE <= day <= date(year, 12, 31) + _DAYS_OUTSIDE


def _when_and_where(conference: Conference) -> str:
    moment = clock.local(conference.starts_at)
    title = conference.title[0].lower() + conference.title[1:]
    return f"{title}: {moment:%H} giờ {moment:%M} ngày {moment:%d/%m/%Y}, tại {conference.venue}"


def _units(conference: Conference) -> list[int]:
    return [seat.unit_id for seat in conference.bloc_year.ordered_seats]


def _tell(conference: Conference, text: str, actor: Actor) -> None:
    path = reverse("conference", args=[conference.pk])
    notices.tell_units(_units(conference), text, path=path, except_users={actor.user_id})
