"""The draft of minutes, written from what was recorded at the conference. Official, so never translated."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from blocs.domain.decisions import is_taken
from blocs.enums import AttendanceRole, VoteRule
from blocs.models import Attendance, Conference, Decision, Directive
from emulation.lib import clock
from emulation.lib.stored_words import in_vietnamese

_HEADINGS = (
    "THỜI GIAN, ĐỊA ĐIỂM",
    "THÀNH PHẦN",
    "NỘI DUNG",
    "KẾT QUẢ BIỂU QUYẾT",
    "Ý KIẾN CHỈ ĐẠO",
    "KẾT LUẬN",
)
_NUMERALS = ("I", "II", "III", "IV", "V", "VI")


def drafted(conference: Conference) -> str:
    """The whole text: a section for each part that has something to say, numbered without gaps."""
    written = (_time_and_place, _people, _contents, _votes, _directives, _conclusion)
    sections = [(heading, list(write(conference))) for heading, write in zip(_HEADINGS, written, strict=True)]
    filled = [(heading, lines) for heading, lines in sections if lines]
    return "\n".join(
        "\n".join([f"{numeral}. {heading}", *lines]) for numeral, (heading, lines) in zip(_NUMERALS, filled, strict=False)
    )


def _time_and_place(conference: Conference) -> Iterator[str]:
    yield f"Hội nghị bắt đầu lúc {_moment(conference.starts_at)}."
    yield f"Địa điểm: {conference.venue}."


def _people(conference: Conference) -> Iterator[str]:
    rows = sorted(
        conference.attendance.select_related("unit").prefetch_related("unit__names"), key=lambda row: (row.order, row.pk)
    )
    day, number = clock.local(conference.starts_at).date(), 0
    here = [row for row in rows if row.is_present]
    for role, words in ((AttendanceRole.CHAIR, "Chủ trì"), (AttendanceRole.SECRETARY, "Thư ký")):
        own = [_who(row, day) for row in here if row.role == role]
        if role == AttendanceRole.SECRETARY and not own and (secretary := conference.secretary):
            who, title = secretary.ranked_name, secretary.title
            own = [f"Đồng chí {_of_unit(f'{who}, {title[:1].lower()}{title[1:]}', secretary.unit.name_on(day))}"]
        if own:
            number += 1
            yield from _listed(f"{number}. {words}", own)
    seats = conference.bloc_year.ordered_seats
    present = {row.unit_id for row in here}
    came = sum(seat.unit_id in present for seat in seats)
    number += 1
    delegates = [_who(row, day) for row in here if row.role == AttendanceRole.DELEGATE]
    yield from _listed(f"{number}. Đại biểu các đơn vị: {came}/{len(seats)} đơn vị của khối có mặt", delegates)
    if guests := [_who(row, day) for row in here if row.role == AttendanceRole.GUEST]:
        number += 1
        yield from _listed(f"{number}. Khách mời", guests)
    absent = [f"{_who(row, day)} (lý do: {row.reason})" for row in rows if row.is_present is False]
    number += 1
    if absent:
        yield from _listed(f"{number}. Vắng mặt", absent)
    else:
        yield f"{number}. Vắng mặt: không."


def _contents(conference: Conference) -> Iterator[str]:
    agenda, table = list(conference.agenda.all()), list(conference.table.all())
    if agenda:
        yield "Hội nghị đã tiến hành các nội dung sau:"
        for number, item in enumerate(agenda, start=1):
            yield f"{number}. {item.title}{f' ({item.presenter})' if item.presenter else ''}."
    if table:
        yield from _listed("Tài liệu trình hội nghị", [item.title for item in table])


def _votes(conference: Conference) -> Iterator[str]:
    for number, decision in enumerate(conference.decisions.select_related("about"), start=1):
        yield f"{number}. {_sentence(decision.text)}"
        yield _result(decision)
        if decision.reservations:
            yield f"Ý kiến bảo lưu: {_sentence(decision.reservations)}"


def _result(decision: Decision) -> str:
    share = f"{100 * decision.votes_for / decision.present:.1f}".replace(".", ",").removesuffix(",0")
    rule = in_vietnamese(VoteRule(decision.rule).label)
    rule = rule[0].lower() + rule[1:]
    taken = "được thông qua" if is_taken(decision) else "không được thông qua"
    return (
        f"Kết quả: có mặt {decision.present}/{decision.total} đơn vị; đồng ý {decision.votes_for} ({share}%), "
        f"không đồng ý {decision.against}, không biểu quyết {decision.abstained}; {taken} (nguyên tắc: {rule})."
    )


def _directives(conference: Conference) -> Iterator[str]:
    names = {seat.unit_id: seat.unit.short_name for seat in conference.bloc_year.ordered_seats}
    rows = list(conference.directives.prefetch_related("tasks"))
    if rows and conference.presiding_leader:
        yield f"Đồng chí {conference.presiding_leader} phát biểu chỉ đạo:"
    for number, directive in enumerate(rows, start=1):
        yield f"{number}. {_sentence(directive.text)}{_task(directive, names)}"


def _task(directive: Directive, names: dict[int, str]) -> str:
    units = [names[task.unit_id] for task in directive.tasks.all() if task.unit_id in names]
    who = "các đơn vị trong khối" if len(units) == len(names) else ", ".join(units)
    parts = [f"Thực hiện: {who}" if units else "", f"thời hạn: {directive.due:%d/%m/%Y}" if directive.due else ""]
    said = "; ".join(part for part in parts if part)
    return f" {said[0].upper()}{said[1:]}." if said else ""


def _conclusion(conference: Conference) -> Iterator[str]:
    yield "Các đơn vị thống nhất với những nội dung nêu trên và tổ chức thực hiện."
    if conference.ended_at:
        end, start = clock.local(conference.ended_at), clock.local(conference.starts_at)
        day = "cùng ngày" if end.date() == start.date() else f"ngày {end:%d/%m/%Y}"
        yield f"Hội nghị kết thúc lúc {end:%H} giờ {end:%M} phút {day}. Biên bản được đọc lại cho hội nghị nghe và thông qua./."


def _who(row: Attendance, day: date) -> str:
    unit = row.unit.name_on(day) if row.unit else row.body
    person = row.representative
    if person and unit:
        return f"Đồng chí {_of_unit(person, unit)}"
    return f"Đồng chí {person}" if person else unit


def _of_unit(person: str, unit: str) -> str:
    """The person with his unit, said once: "..., Trưởng Công an huyện" of "Công an huyện X" is "..., Trưởng Công an huyện X"."""
    if unit in person:
        return person
    said, words = person.split(), unit.split()
    for length in range(min(len(said), len(words) - 1), 0, -1):
        if [word.lower() for word in said[-length:]] == [word.lower() for word in words[:length]]:
            return " ".join([*said[:-length], unit])
    return f"{person}, {unit}"


def _listed(head: str, items: list[str]) -> Iterable[str]:
    if not items:
        return [f"{head}."]
    if len(items) == 1:
        return [f"{head}: {items[0]}."]
    return [f"{head}:", *(f"- {item}{';' if n < len(items) else '.'}" for n, item in enumerate(items, start=1))]


def _sentence(text: str) -> str:
    """One line that ends as a sentence does."""
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _moment(moment: datetime) -> str:
    local = clock.local(moment)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"{local:%H} giờ {local:%M} phút, ngày {local.day:02d} tháng {month} năm {local.year}"
