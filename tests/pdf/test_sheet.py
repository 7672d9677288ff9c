"""The frame made ready to print."""

import datetime as dt

import pytest

from emulation.pdf.sheet import sheet, title_lines, written_date
from tests.pdf.samples import LONG_UNIT, document_frame, units


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (dt.date(2020, 3, 4), "ngày 04 tháng 3 năm 2020"),
        (dt.date(2020, 2, 10), "ngày 10 tháng 02 năm 2020"),
        (dt.date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (dt.date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_dates_are_written_as_the_decree_asks(date, written):
    assert written_date(date) == written


@pytest.mark.parametrize(
    ("count", "rows", "rest"), [(1, 0, 1), (2, 1, 0), (8, 4, 0), (11, 5, 1), (12, 6, 0), (13, 4, 1), (20, 6, 2)]
)
def test_seats_fill_rows_and_leave_a_shorter_last_one(count, rows, rest):
    ready = sheet(document_frame(units(count)))
    assert (len(ready.full_rows), len(ready.last_row)) == (rows, rest)


def test_the_caller_may_choose_the_columns():
    assert sheet(document_frame(units(8), columns=3)).across == 3


def test_recipients_share_the_last_row_only_where_it_has_room():
    assert sheet(document_frame(units(3))).recipients_beside_seats
    assert not sheet(document_frame(units(4))).recipients_beside_seats
    assert not sheet(document_frame(units(3), witness=True)).recipients_beside_seats


def test_captions_of_a_row_have_the_same_height():
    ready = sheet(document_frame([LONG_UNIT, "Công an xã A"]))
    (row,) = ready.full_rows
    assert row[0].lines + row[0].fill == row[1].lines + row[1].fill


def test_a_draft_without_a_place_leaves_room_for_it():
    assert sheet(document_frame(units(1), place=" ")).place_and_date == "…………, ngày 04 tháng 3 năm 2020"


def test_the_address_is_printed_as_one_types_it():
    assert sheet(document_frame(units(1))).readable_address == "thidua.example.vn/xac-minh/7QK4M-X2P9T"
    assert sheet(document_frame(units(1), verification=None)).readable_address == ""


def test_a_long_title_is_broken_evenly():
    assert title_lines("Một tên gọi ngắn") == ["Một tên gọi ngắn"]
    assert len(title_lines("của Khối thi đua Công an các phường, xã, đặc khu và các phòng nghiệp vụ thuộc Công an tỉnh")) == 2
