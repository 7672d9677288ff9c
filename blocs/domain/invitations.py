"""The invitation of a conference as it prints, and the conference as a calendar file."""

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from blocs.documents.invitation import InvitationText, invitation_html
from blocs.domain import agendas
from blocs.domain.snapshots import province_of
from blocs.enums import BLOC_WORDS, BlocWord, SeatRole
from blocs.models import Conference, Seat
from emulation.lib import clock
from emulation.lib.icalendar import CalendarEvent, calendar
from emulation.organisation.domain import units
from emulation.organisation.enums import Post, usual_title
from emulation.organisation.models import Position
from emulation.pdf import finish
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.render import render


def invitation_pdf(conference: Conference, seat: Seat | None = None) -> bytes:
    """The invitation to all units with a list, or to one of them (Decree 30/2020, Appendix III), for signing by hand."""
    return finish.finish(render(invitation_html(_text(conference, seat), _frame(conference))))


def calendar_file(conference: Conference) -> bytes:
    """The conference for people's calendars: the same event after each change."""
    chair = f"Chủ trì: {conference.chair_unit.name}."
    leader = f"Dự và chỉ đạo: {conference.presiding_leader}." if conference.presiding_leader else ""
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    event = CalendarEvent(
        uid=f"{conference.uid}@{host}",
        sequence=conference.edits,
        stamp=clock.now(),
        starts_at=conference.starts_at,
        ends_at=conference.usual_end,
        summary=conference.title,
        location=conference.venue,
        description="\n".join(line for line in (conference.bloc_year.full_name, leader, chair) if line),
        url=settings.PUBLIC_BASE_URL + reverse("conference", args=[conference.pk]),
    )
    return calendar(event, product="Thi đua Vì An ninh Tổ quốc")


def _text(conference: Conference, seat: Seat | None) -> InvitationText:
    bloc_year, day = conference.bloc_year, _day(conference)
    leader = bloc_year.leader
    invited = [seat] if seat else [row for row in bloc_year.ordered_seats if row.unit_id != leader.unit_id]
    guests = [row.unit.name_on(day) for row in invited]
    if not seat and conference.presiding_leader:
        guests.insert(0, f"Đồng chí {conference.presiding_leader}")
    times = agendas.times(conference)
    agenda = [(clock.local(time).strftime("%H:%M") if time else "", item.title, item.presenter) for time, item in times]
    office = bloc_year.standing_office.name_on(day)
    return InvitationText(
        event=f"{conference.title} của {bloc_year.full_name}",
        host_name=leader.unit.name_on(day),
        guests=guests,
        starts_at=conference.starts_at,
        venue=conference.venue,
        presiding_leader=conference.presiding_leader,
        chair=conference.chair_unit.name_on(day),
        agenda=agenda,
        note=conference.invitation_note,
        signing_for=f"TM. {BLOC_WORDS[BlocWord(bloc_year.word)]} thi đua",
        signing_role=bloc_year.role_name(SeatRole.LEADER),
        signing_title=f"{usual_title(leader.unit.kind, Post.HEAD)} {leader.unit.short_name_on(day)}",
        signer=_head(leader, day),
        recipients=["Như trên", f"{office} (để báo cáo)", "Lưu: VT"],
    )


def _head(seat: Seat, day: date) -> str:
    row = Position.objects.on(day).filter(unit=seat.unit_id, post=Post.HEAD).select_related("person").order_by("-pk").first()
    return row.ranked_name if row else ""


def _frame(conference: Conference) -> DocumentFrame:
    bloc_year, day = conference.bloc_year, _day(conference)
    province = province_of(bloc_year)
    return DocumentFrame(
        agency=province.name_on(day) if province else "",
        bloc_name=bloc_year.full_name,
        place=conference.locality,
        date=day,
        year=bloc_year.year_id,
        number=conference.invitation_number,
        is_demonstration=units.is_demonstration(),
    )


def _day(conference: Conference) -> date:
    """The invitation's date: the day on which it went out, today while it has not."""
    return clock.local(conference.invited_at).date() if conference.invited_at else clock.today()
