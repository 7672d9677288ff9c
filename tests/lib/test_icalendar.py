"""A calendar file that every calendar reads: folded lines, escaped texts, composed characters, one time zone."""

import unicodedata
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from emulation.lib.icalendar import CalendarEvent, calendar

STARTS = datetime(2020, 3, 4, 7, 0, tzinfo=UTC)


def event(**changes):
    values = {
        "uid": "1234@thidua.example",
        "sequence": 2,
        "stamp": STARTS,
        "starts_at": STARTS,
        "ends_at": datetime(2020, 3, 4, 9, 30, tzinfo=UTC),
        "summary": "Hội nghị ký giao ước thi đua “Vì An ninh Tổ quốc” năm 2020",
        "location": "Hội trường Công an huyện Quảng Ninh; tầng 2, nhà A",
        "description": "Dòng một\nDòng hai",
    }
    return CalendarEvent(**(values | changes))


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_times_are_those_of_viet_nam():
    lines = unfolded(calendar(event(), product="Thi đua"))
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20200304T140000" in lines
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20200304T163000" in lines
    assert "DTSTAMP:20200304T070000Z" in lines
    assert lines.index("BEGIN:VTIMEZONE") < lines.index("BEGIN:VEVENT")
    assert "TZOFFSETTO:+0700" in lines


def test_the_same_event_keeps_its_name_and_counts_its_changes():
    lines = unfolded(calendar(event(sequence=7), product="Thi đua"))
    assert {"UID:1234@thidua.example", "SEQUENCE:7"} <= set(lines)


def test_texts_are_escaped():
    lines = unfolded(calendar(event(), product="Thi đua"))
    assert "LOCATION:Hội trường Công an huyện Quảng Ninh\\; tầng 2\\, nhà A" in lines
    assert "DESCRIPTION:Dòng một\\nDòng hai" in lines


@given(st.text(max_size=300), st.text(max_size=200))
def test_no_line_is_too_long_and_nothing_is_lost(summary, location):
    data = calendar(event(summary=summary, location=location), product="Thi đua")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode()  # no character is cut in two
    assert text == unicodedata.normalize("NFC", text)
    line = next(row for row in unfolded(data) if row.startswith("SUMMARY:"))
    kept = unicodedata.normalize("NFC", summary).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in kept if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    assert _unescaped(line.removeprefix("SUMMARY:")) == kept


def _unescaped(text: str) -> str:
    found, signs = "", iter(text)
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            found += "\n" if after == "n" else after
        else:
            found += sign
    return found
