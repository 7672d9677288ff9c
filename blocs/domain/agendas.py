"""The agenda of a conference: what is usual for each kind, and adding, changing, moving, removing items."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.conference_rows import Changed, lock_to_change, next_order, note_change, renumber
from blocs.enums import ConferenceKind, SeatRole
from blocs.models import AgendaItem, BlocYear, Conference
from emulation.lib import vietnamese
from emulation.organisation.actors import Actor

MOST_ITEMS = 40


@dataclass(frozen=True)
class Planned:
    """An item of a template. `by`: a role of the bloc, or plain words. Minutes are what it usually takes."""

    title: str
    by: str
    minutes: int


_OPENING = Planned("Ổn định tổ chức, tuyên bố lý do, giới thiệu đại biểu", SeatRole.LEADER, 10)
_DIRECTING = Planned("Phát biểu chỉ đạo của lãnh đạo Công an tỉnh", "Lãnh đạo Công an tỉnh", 15)
_REPLY = Planned("Tiếp thu ý kiến chỉ đạo", SeatRole.LEADER, 5)
_MINUTES = Planned("Thông qua biên bản, kết thúc hội nghị", "Thư ký", 5)
# The order that conferences of blocs usually follow; every bloc changes it as it likes.
TEMPLATES: dict[str, tuple[Planned, ...]] = {
    ConferenceKind.SIGNING: (
        _OPENING,
        Planned("Báo cáo tóm tắt kết quả năm trước, dự kiến hoạt động năm nay của khối", SeatRole.LEADER, 15),
        Planned("Trình bày dự thảo giao ước thi đua, quy định tiêu chí chấm điểm và các văn bản kèm theo", SeatRole.DEPUTY, 20),
        Planned("Thảo luận, biểu quyết thông qua các văn bản", "Các đơn vị", 30),
        Planned("Ký giao ước thi đua, chụp ảnh lưu niệm", "Các đơn vị", 20),
        _DIRECTING,
        _REPLY,
        _MINUTES,
    ),
    ConferenceKind.INTERIM: (
        _OPENING,
        Planned("Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm", SeatRole.LEADER, 20),
        Planned("Tham luận, trao đổi kinh nghiệm, kiểm điểm việc thực hiện giao ước", "Các đơn vị", 40),
        Planned("Thống nhất nhiệm vụ 6 tháng cuối năm", SeatRole.DEPUTY, 15),
        _DIRECTING,
        _REPLY,
        _MINUTES,
    ),
    ConferenceKind.FINAL: (
        _OPENING,
        Planned("Báo cáo tổng kết phong trào thi đua năm", SeatRole.LEADER, 20),
        Planned("Công bố kết quả chấm điểm, thảo luận, giải trình", SeatRole.DEPUTY, 30),
        Planned("Bình xét, bỏ phiếu đề nghị các danh hiệu thi đua", "Các đơn vị", 40),
        Planned("Giới thiệu khối trưởng, khối phó năm sau; bàn giao", SeatRole.LEADER, 15),
        _DIRECTING,
        _REPLY,
        _MINUTES,
    ),
}


def start(conference: Conference) -> None:
    """Fill an empty agenda from the template of its kind; belongs to the verb that plans the conference."""
    AgendaItem.objects.bulk_create(
        AgendaItem(
            conference=conference,
            order=order,
            title=_in_words_of(conference.bloc_year, item.title),
            presenter=_presenter(conference.bloc_year, item.by),
            minutes=item.minutes,
        )
        for order, item in enumerate(TEMPLATES[conference.kind], start=1)
    )


def times(conference: Conference) -> list[tuple[datetime | None, AgendaItem]]:
    """Each item with the time at which it begins, as long as all before it say how long they take."""
    moment: datetime | None = conference.starts_at
    found = []
    for item in sorted(conference.agenda.all(), key=lambda row: (row.order, row.pk)):
        found.append((moment, item))
        moment = moment + timedelta(minutes=item.minutes) if moment and item.minutes else None
    return found


@transaction.atomic
def add(conference: Conference, *, actor: Actor, title: str, presenter: str = "", minutes: int | None = None) -> AgendaItem:
    """Add an item at the end. Raises `Refused`, `ValidationError`."""
    conference = lock_to_change(conference, actor)
    if conference.agenda.count() >= MOST_ITEMS:
        raise ValidationError(_("Chương trình có nhiều nhất %(most)d nội dung.") % {"most": MOST_ITEMS})
    item = AgendaItem(conference=conference, order=next_order(conference.agenda))
    return _write(item, actor, title, presenter, minutes)


@transaction.atomic
def change(
    item: AgendaItem, *, actor: Actor, seen: int, title: str, presenter: str = "", minutes: int | None = None
) -> AgendaItem:
    """Change an item. Raises `Refused`, `ValidationError`, `Changed` when somebody else did meanwhile."""
    conference = lock_to_change(item.conference, actor)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.conference = conference
    if item.edits != seen:
        raise Changed(item)
    return _write(item, actor, title, presenter, minutes)


@transaction.atomic
def move(item: AgendaItem, *, actor: Actor, by: int) -> None:
    """Move an item up (-1) or down (1); at the end nothing happens. Raises `Refused`."""
    conference = lock_to_change(item.conference, actor)
    rows = list(conference.agenda.order_by("order", "pk"))
    place = next(index for index, row in enumerate(rows) if row.pk == item.pk)
    target = place + by
    if 0 <= target < len(rows):
        rows.insert(target, rows.pop(place))
        renumber(rows)
        note_change(conference, actor, moved=item.title)


@transaction.atomic
def remove(item: AgendaItem, *, actor: Actor) -> None:
    """Take an item out. Raises `Refused`."""
    conference = lock_to_change(item.conference, actor)
    AgendaItem.objects.filter(pk=item.pk).delete()
    renumber(list(conference.agenda.order_by("order", "pk")))
    note_change(conference, actor, removed=item.title)


def _write(item: AgendaItem, actor: Actor, title: str, presenter: str, minutes: int | None) -> AgendaItem:
    item.title, item.presenter = vietnamese.nfc(title).strip(), vietnamese.nfc(presenter).strip()
    item.minutes = minutes
    item.edits += 1
    item.full_clean()
    item.save()
    note_change(item.conference, actor, agenda=item.title)
    return item


def _presenter(bloc_year: BlocYear, by: str) -> str:
    """The unit that has the role, by its short name; plain words stay."""
    if by == SeatRole.LEADER:
        return bloc_year.leader.unit.name
    if by == SeatRole.DEPUTY:
        seats = [seat for seat in bloc_year.ordered_seats if seat.role == SeatRole.DEPUTY]
        return (seats[0] if seats else bloc_year.leader).unit.name
    return by


def _in_words_of(bloc_year: BlocYear, title: str) -> str:
    """A template says "khối"; a bloc that calls itself "cụm" does not."""
    return title if bloc_year.word == "khoi" else title.replace("khối", "cụm")
