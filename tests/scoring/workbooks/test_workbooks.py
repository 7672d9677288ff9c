"""Workbooks: nothing is lost on the way out and in, and every fault of a file from outside is said at once."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from scoring.domain.outlines import set_of
from scoring.domain.usual_set import usual_set
from scoring.workbooks import columns, opening, reading
from scoring.workbooks.opening import text_of
from scoring.workbooks.reading import read
from scoring.workbooks.writing import workbook_of
from tests.house.tree import ROOT
from tests.scoring.regulations import small

LARGE = set_of((ROOT / "emulation/office/demo/criteria_2020.txt").read_text(encoding="utf-8"), seed="demo")
PLACES = {column.field: place for place, column in enumerate(columns.COLUMNS, start=1)}


def edited(change, text=None):
    """The workbook of a set after somebody has worked on it in Excel."""
    book = load_workbook(io.BytesIO(workbook_of(text or small())))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def typed(row, field, value):
    """Type a value into a cell."""
    return lambda book: book[columns.CRITERIA].cell(row, PLACES[field]).__setattr__("value", value)


def setting(row, value, column=2):
    return lambda book: book[columns.SETTINGS].cell(row, column).__setattr__("value", value)


def said(data):
    return [(fault.row, fault.column, fault.sentence) for fault in read(data).blocking]


def patched(name, change):
    """A set's workbook with one part of the archive rewritten, as no Excel would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_of(small()))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
    return out.getvalue()


def in_utf16(content):
    rest = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
    return f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE w [<!ENTITY a "b">]>{rest}'.encode("utf-16")


class TestRoundTrip:
    @pytest.mark.parametrize("text", [small(), usual_set(), LARGE], ids=["small", "usual", "large"])
    def test_nothing_is_lost(self, text):
        found = read(workbook_of(text))
        assert found.faults == []
        assert found.text == text
        assert found.text.sha256 == text.sha256

    def test_what_looks_like_a_formula_stays_text(self):
        from dataclasses import replace

        text = small()
        rows = [replace(row, name="=1+1", code="+1", guidance="@x\ny") if row.code == "1" else row for row in text.criteria]
        assert read(workbook_of(replace(text, criteria=rows))).text.criteria[2].name == "=1+1"

    def test_every_way_of_counting_is_explained(self):
        book = load_workbook(io.BytesIO(workbook_of(small())))
        names = [row[0].value for row in book[columns.RULES].iter_rows(min_row=2)]
        assert names == list(columns.rule_words().values())


class TestEditing:
    def test_a_new_row_gets_a_key(self):
        def add(book):
            sheet = book[columns.CRITERIA]
            sheet.append(
                [None, 2, "5", "Mới", "Tiêu chí", None, 10, None, None, "Chấm trực tiếp", None, 0.5, "lần", "x", "x", "", None]
            )

        found = read(edited(add))
        new = found.text.criteria[-1]
        assert (new.code, new.max_points, new.step, new.parent) == ("5", "10", "0.5", found.text.criteria[6].key)
        assert len(new.key) == 36

    def test_faults_of_the_check_do_not_block(self):
        found = read(edited(typed(4, "max_points", 7.25)))
        assert found.text.criteria[2].max_points == "7.25"
        assert [(fault.row, fault.blocks) for fault in found.faults] == [(3, False)]

    def test_a_decimal_comma_and_a_mark_in_words(self):
        def change(book):
            typed(4, "max_points", "5,5")(book)
            typed(4, "evidence_required", "không")(book)

        row = read(edited(change)).text.criteria[2]
        assert (row.max_points, row.evidence_required) == ("5.5", False)

    def test_blank_rows_are_nothing(self):
        found = read(edited(lambda book: book[columns.CRITERIA].insert_rows(4)))
        assert len(found.text.criteria) == 8


FAULTS = [
    (typed(4, "level", 5), 4, "Cấp", "thiếu cấp ở giữa"),
    (typed(4, "level", "ba"), 4, "Cấp", "Cấp là số"),
    (typed(4, "level", None), 4, "Cấp", "Cấp là số"),
    (typed(5, "level", 4), 5, "Cấp", "nằm dưới một tiêu chí"),
    (typed(4, "kind", "Mục"), 4, "Loại", "Ghi một trong: Nhóm, Tiêu chí"),
    (typed(2, "kind", "Tiêu chí"), 2, "Loại", "Dòng cấp 1 phải là nhóm"),
    (typed(2, "section", None), 2, "Phần", "Ghi một trong"),
    (typed(3, "section", "Điểm chính"), 3, "Phần", "Chỉ nhóm cấp 1"),
    (typed(4, "max_points", -1), 4, "Điểm tối đa", "không âm"),
    (typed(4, "max_points", 1e9), 4, "Điểm tối đa", "không phải số điểm"),
    (typed(4, "max_points", 5.125), 4, "Điểm tối đa", "không phải số điểm"),
    (typed(4, "max_points", "năm"), 4, "Điểm tối đa", "không phải số điểm"),
    (typed(4, "max_points", "=2+3"), 4, "Điểm tối đa", "công thức"),
    (typed(4, "min_points", 1), 4, "Điểm tối thiểu", "không dương"),
    (typed(8, "step", -1), 8, "", ""),
    (typed(4, "rule_type", "Bốc thăm"), 4, "Cách tính", "Ghi một trong"),
    (typed(4, "rule_type", None), 4, "Cách tính", "Ghi một trong"),
    (typed(5, "rule", "Màu = xanh"), 5, "Tham số", "không hiểu được"),
    (typed(5, "rule", "Đủ điểm từ tỷ lệ = nhiều"), 5, "Tham số", "nhập một số"),
    (typed(5, "rule", "Đủ điểm từ tỷ lệ = 0"), 5, "Tham số", "phải lớn hơn 0"),
    (typed(4, "evidence_required", "chắc"), 4, "Minh chứng", "Đánh dấu x"),
    (typed(4, "name", None), 4, "Nội dung, tiêu chí", "Chưa có nội dung"),
    (typed(4, "name", "x" * 501), 4, "Nội dung, tiêu chí", "Nhiều hơn 500 ký tự"),
    (typed(4, "code", "x" * 21), 4, "Mã", "Nhiều hơn 20 ký tự"),
    (typed(4, "key", "abc"), 4, "Khóa (không sửa)", "đã bị sửa"),
    (lambda book: book[columns.CRITERIA].merge_cells("D4:E4"), 4, "", "Ô gộp D4:E4"),
    (lambda book: book[columns.CRITERIA].row_dimensions[5].__setattr__("hidden", True), 5, "", "đang ẩn"),
    (typed(1, "name", "Tiêu chí khác"), 1, "", "Cột D phải là"),
    (setting(2, "0"), 0, "", "phiên bản mẫu"),
    (setting(3, "nghìn"), 3, "", "giá trị “nghìn” không hợp lệ"),
    (setting(3, 0), 3, "", "không hợp lệ"),
    (setting(4, 3), 4, "", "không hợp lệ"),
    (setting(5, "Tùy"), 5, "", "không hợp lệ"),
    (setting(3, "Khác", column=1), 3, "", "Không có thiết lập “Khác”"),
    (setting(11, "lung tung"), 11, "", "Ghi một trong"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "row", "column", "sentence"), FAULTS)
def test_a_fault_is_said_at_its_row(change, row, column, sentence):
    found = said(edited(change))
    if sentence:
        assert any((row, column) == fault[:2] and sentence in fault[2] for fault in found), found


def test_all_faulty_rows_at_once():
    def spoil(book):
        typed(4, "max_points", "năm")(book)
        typed(5, "rule_type", "Bốc thăm")(book)
        typed(7, "evidence_required", "chắc")(book)
        typed(7, "name", None)(book)
        book[columns.CRITERIA].merge_cells("P6:Q6")

    assert [fault[0] for fault in said(edited(spoil))] == [4, 5, 6, 7, 7]


def test_a_copied_row_must_lose_its_key():
    key = small().criteria[2].key
    assert any("trùng với dòng 4" in fault[2] for fault in said(edited(typed(5, "key", key))))


def test_grades_are_numbers():
    from dataclasses import replace

    text = replace(small(), grades=[["A", "Tốt", "90"], ["B", "Khá", ""]])
    assert read(workbook_of(text)).text == text
    wrong = edited(lambda book: book[columns.SETTINGS].cell(15, 3).__setattr__("value", "cao"), text)
    assert any("không phải số điểm" in fault[2] for fault in said(wrong))


def test_a_setting_that_is_missing():
    assert "Thiếu thiết lập: Khi được miễn." in [
        fault[2] for fault in said(edited(lambda book: book[columns.SETTINGS].delete_rows(6)))
    ]


def test_an_empty_table():
    found = said(edited(lambda book: book[columns.CRITERIA].delete_rows(2, 8)))
    assert [fault[2] for fault in found] == ["Trang tiêu chí chưa có dòng nào."]


class TestFilesFromOutside:
    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 an old workbook"])
    def test_what_is_no_workbook(self, data):
        assert [fault[2] for fault in said(data)] == ["Tệp không phải sổ Excel (.xlsx)."]

    def test_a_zip_of_something_else(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("xl/workbook.xml", "<x/>")
        assert "Không đọc được sổ Excel này" in said(out.getvalue())[0][2]

    def test_another_workbook(self):
        out = io.BytesIO()
        Workbook().save(out)
        assert "không có trang “Tiêu chí”" in said(out.getvalue())[0][2]

    def test_too_large(self):
        assert "lớn hơn 2 MB" in said(b"x" * (opening.MOST_BYTES + 1))[0][2]

    @pytest.mark.parametrize("name", ["xl/media/bomb.bin", "xl/worksheets/sheet9.xml"])
    def test_a_zip_bomb(self, name):
        out = io.BytesIO(workbook_of(small()))
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, b"0" * (opening.MOST_UNPACKED + 1))
        assert len(out.getvalue()) < opening.MOST_BYTES
        assert "quá lớn sau khi giải nén" in said(out.getvalue())[0][2]

    def test_entities_and_macros(self):
        for name, content, reason in (
            ("xl/evil.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "DOCTYPE"),
            ("xl/vbaProject.bin", b"\xd0\xcf", "macro"),
        ):
            out = io.BytesIO(workbook_of(small()))
            with zipfile.ZipFile(out, "a") as archive:
                archive.writestr(name, content)
            assert reason in said(out.getvalue())[0][2]

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"])
    @pytest.mark.parametrize(
        "more",
        [
            '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "<mergeCells><mergeCell ref='&#65;1:XFD1048576'/></mergeCells>",
            '<hyperlinks><hyperlink ref="A:XFD" location="x"/></hyperlinks>',
        ],
    )
    def test_a_range_of_billions_of_cells(self, part, more):
        data = patched(part, lambda content: content.replace(b"</sheetData>", b"</sheetData>" + more.encode()))
        assert "vùng quá lớn" in said(data)[0][2]

    def test_a_document_type_in_another_encoding(self):
        data = patched("xl/worksheets/sheet1.xml", in_utf16)
        assert "DOCTYPE" in said(data)[0][2]

    def test_a_very_wide_sheet_of_settings(self):
        """Read as wide as it says, 16 million cells would be made."""
        assert said(edited(setting(1000, "xa", column=16_384))) == []

    def test_an_endless_number_as_level(self):
        assert said(edited(typed(2, "level", "1" * 5000)))[0][:2] == (2, "Cấp")

    def test_ten_thousand_rows(self):
        found = said(edited(typed(10_000, "name", "xa")))
        assert "có 10000 dòng, nhiều hơn 1000 dòng" in found[0][2]

    def test_more_rows_than_a_set_may_have(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_NODES", 7)
        assert "nhiều nhất 7 dòng" in said(workbook_of(small()))[0][2]


@pytest.mark.parametrize(("value", "text"), [(None, ""), (5.0, "5"), (0.1, "0.1"), (7, "7"), (" a\r\n", "a"), (True, "True")])
def test_a_cell_as_text(value, text):
    assert text_of(value) == text
