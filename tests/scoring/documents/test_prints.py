"""Official prints of results: what they say, in which order, on what paper."""

import datetime as dt
import io
import re
from dataclasses import replace
from html import unescape

import pypdfium2
import pytest
from openpyxl import load_workbook

from emulation.pdf import render
from emulation.pdf.frame import DocumentFrame, Seat
from scoring.documents.detail import detail_html, split
from scoring.documents.overview import overview_html
from scoring.documents.results import CLAUSE, Results
from scoring.documents.unit_sheet import Layers, unit_sheet_html
from scoring.domain.outlines import set_of
from scoring.results import Cell, inputs_of, recompute
from scoring.workbooks.results import results_workbook, titles

OUTLINE = """\
I | Chuyên môn | 60
  I.1 | Phòng ngừa | 20
    1 | Ban hành kế hoạch | 5 | yes_no
    2 | Giải quyết tin báo | 15 | percent
  I.2 | Điều tra | 40
    3 | Chất lượng điều tra | 40 | manual
II | Phong trào | 40
  4 | Chất lượng | 40 | manual // Bước điểm = 0.5
-III | Trừ | -60..0
  5 | Lỗi | -60..0 | deduct // Các loại vụ việc = x: Lỗi: 5
!IV | Loại trừ, theo dõi | 0
  6 | Vi phạm | 0 | disqualifier // Hậu quả = không xếp hạng
  7 | Kiến nghị | 0 | info
"""
TEXT = replace(set_of(OUTLINE, total="100", seed="small"), grades=[["A", "Xuất sắc", "90"], ["B", "Khá", ""]])
KEYS = {row.code: row.key for row in TEXT.criteria}
FULL = {
    "1": {"yes": True},
    "2": {"target": "10", "actual": "10"},
    "3": {"points": "40"},
    "4": {"points": "40"},
    "5": {"counts": {}},
    "6": {"happened": False},
    "7": {"text": "Không"},
}
NAMES = {"2": "Công an huyện Sơn Hòa", "1": "Công an huyện Đông Hòa", "3": "Phòng Tham mưu", "4": "=SUM(A1)"}
FRAME = DocumentFrame(
    agency="Công an tỉnh Phú Yên", bloc_name="Khối thi đua số 1", place="Phú Yên", date=dt.date(2020, 12, 15), year=2020
)


def standings(units=None, text=TEXT, **kept):
    units = units or {
        "1": {},
        "2": {},
        "3": {"c3": {"points": "12.25"}, "c4": Cell("exempt"), "c5": {"counts": {"x": 1}}},
        "4": {"c6": {"happened": True}, "c1": Cell("not_assigned"), "c2": None},
    }
    cells = {
        unit: {
            KEYS[code]: value if isinstance(value, Cell) else Cell("entered", value)
            for code, value in {**FULL, **{name[1:]: value for name, value in changes.items()}}.items()
            if value is not None
        }
        for unit, changes in units.items()
    }
    return recompute(text, inputs_of(text, cells, **kept))


def results(**changes):
    given = {"text": TEXT, "standings": standings(), "names": NAMES, "period": "năm 2020", **changes}
    return Results(**given)


def rows(html):
    """The cells of every line of every table, as text."""
    lines = re.findall(r"<tr[ >].*?</tr>|<tr>.*?</tr>", html, re.DOTALL)
    return [
        [unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)]
        for line in lines
    ]


class TestOverview:
    def test_by_rank_with_equals_in_the_order_of_seats_and_who_has_none_last(self):
        found = rows(overview_html(results(), FRAME))
        assert [re.sub(r"\s+", " ", head) for head in found[0]] == [
            "TT", "Đơn vị", "I (60)", "II (40)", "III (−60)", "Tổng điểm", "Xếp loại", "Hạng",
        ]  # fmt: skip
        assert found[1:] == [
            ["1", "Công an huyện Sơn Hòa", "60", "40", "0", "100", "A", "1"],
            ["2", "Công an huyện Đông Hòa", "60", "40", "0", "100", "A", "1"],
            ["3", "Phòng Tham mưu", "32,25", "40", "−5", "67,25", "B", "3"],
            ["4", "=SUM(A1)", "40", "40", "0", "84,21", "B", "Không xếp hạng"],
        ]

    def test_what_stands_below(self):
        html = unescape(overview_html(results(remarks=["Phòng X rời khối từ 01/10/2020."]), FRAME))
        for sentence in [
            CLAUSE,
            "Phòng X rời khối từ 01/10/2020.",
            "Đồng hạng 1, chờ quyết định: Công an huyện Sơn Hòa, Công an huyện Đông Hòa.",
            "Tổng điểm chính: 100 điểm. Điểm làm tròn đến 2 chữ số thập phân, từng tiêu chí.",
            "Tiêu chí không giao cho đơn vị thì không tính, điểm được quy đổi theo thang đầy đủ.",
            "Nội dung không phát sinh nhiệm vụ được tính điểm tối đa.",
            "Khi bằng điểm: điểm nhóm I (Chuyên môn) cao hơn xếp trên; điểm trừ ít hơn xếp trên; sau cùng do khối quyết định",
            "Xếp loại: A (Xuất sắc) từ 90 điểm; B (Khá) còn lại.",
            "Điểm chấm chéo là trung vị của các đơn vị chấm, để đơn vị tổng hợp tham khảo.",
            results().standings.sha256,
        ]:
            assert sentence in html

    def test_what_is_provisional_says_so_and_what_is_not_does_not(self):
        assert "Kết quả tạm tính" in overview_html(results(standings=standings({"1": {"c2": None}, "2": {}})), FRAME)
        final = results(standings=standings({"1": {}, "2": {}}))
        assert "Kết quả tạm tính" not in overview_html(final, FRAME)

    def test_how_equals_were_told_apart(self):
        apart = results(standings=standings({"1": {"c1": {"yes": False}}, "2": {"c4": {"points": "35"}}}))
        by_group = "theo điểm nhóm I (Chuyên môn)"
        told = f"Bằng tổng điểm 95: Công an huyện Sơn Hòa hạng 1 ({by_group}); Công an huyện Đông Hòa hạng 2 ({by_group})."
        assert told in overview_html(apart, FRAME)
        decided = results(standings=standings({"1": {}, "2": {}}, decided=[["1", "2"]]))
        html = overview_html(decided, FRAME)
        assert "Công an huyện Đông Hòa hạng 1 (theo quyết định của khối); Công an huyện Sơn Hòa hạng 2" in html
        assert "Đồng hạng" not in html

    def test_a_set_without_grades_has_no_column_for_them(self):
        text = replace(TEXT, grades=[])
        html = overview_html(results(text=text, standings=standings(text=text)), FRAME)
        assert "loại" not in rows(html)[0]

    def test_many_groups_come_in_several_tables(self):
        outline = "".join(f"{code} | Nhóm {code} | 10\n  {at} | Việc | 10 | manual\n" for at, code in enumerate("ABCDEFGH", 1))
        text = replace(set_of(outline, total="80", seed="many"), grades=[], tie_keys=[])
        keys = {row.code: row.key for row in text.criteria}
        cells = {"1": {keys[str(at)]: Cell("entered", {"points": str(at)}) for at in range(1, 9)}}
        html = overview_html(results(text=text, standings=recompute(text, inputs_of(text, cells))), FRAME)
        heads, first, more, last = rows(html)
        assert [head[:1] for head in heads[2:]] == list("ABCDEF")
        assert (first[2:], last[2:]) == (list("123456"), ["7", "8", "36", "1"])
        assert len(more) == len(last)

    def test_names_are_never_markup(self):
        html = overview_html(results(names={**NAMES, "4": "<b>x</b>"}), FRAME)
        assert "&lt;b&gt;x&lt;/b&gt;" in html


class TestDetail:
    def test_criteria_as_lines_and_units_as_columns(self):
        short = {"1": "Đông Hòa", "2": "Sơn Hòa", "3": "PV01"}
        found = rows(detail_html(results(short_names=short), FRAME))
        assert found[0] == ["Mã", "Nội dung, tiêu chí", "Điểm tối đa", "Sơn Hòa", "Đông Hòa", "PV01", "=SUM(A1)"]
        lines = {line[0]: line[2:] for line in found[1:] if line[0]}
        assert lines["I.1"] == ["20", "20", "20", "20", "0"]
        assert lines["2"] == ["15", "15", "15", "15", "0\u00a0(*)"]
        assert lines["1"] == ["5", "5", "5", "5", "–"]
        assert lines["4"] == ["40", "40", "40", "40\u00a0(m)", "40"]
        assert lines["III"] == ["−60", "0", "0", "−5", "0"]
        assert lines["6"] == ["", "Không", "Không", "Không", "Có"]
        assert lines["7"] == ["", "", "", "", ""]
        assert [line[1:2] + line[3:] for line in found[-3:]] == [
            ["Tổng điểm", "100", "100", "67,25", "84,21"],
            ["Xếp loại", "A", "A", "B", "B"],
            ["Hạng", "1", "1", "3", "Không xếp hạng"],
        ]

    def test_signs_are_explained_where_they_are_used(self):
        assert "(m): được miễn" in detail_html(results(), FRAME)
        plain = results(standings=standings({"1": {}, "2": {}}))
        assert "(m): được miễn" not in detail_html(plain, FRAME)

    @pytest.mark.parametrize(("count", "sizes"), [(1, [1]), (10, [10]), (11, [5, 6]), (20, [10, 10]), (23, [7, 8, 8]), (0, [0])])
    def test_many_units_are_split_into_tables_of_about_equal_width(self, count, sizes):
        units = [str(at) for at in range(count)]
        parts = split(units)
        assert [len(part) for part in parts] == sizes
        assert [unit for part in parts for unit in part] == units


class TestUnitSheet:
    LAYERS = Layers(
        {
            "Tự chấm": standings({"3": {}}),
            "Khối chấm": standings({"1": {}}),
            "Chính thức": standings(),
        },
        {KEYS["3"]: "Khối chấm: thiếu 2 hồ sơ.\nThẩm định: giữ."},
    )

    def test_layers_beside_each_other_with_the_reasons(self):
        html = unit_sheet_html(results(), FRAME, "3", self.LAYERS)
        found = rows(html)
        assert found[0][3:] == ["Tự chấm", "Khối chấm", "Chính thức", "Lý do thay đổi"]
        lines = {line[0]: line[2:] for line in found[1:] if line[0]}
        assert lines["3"] == ["40", "40", "–", "12,25", "Khối chấm: thiếu 2 hồ sơ. Thẩm định: giữ."]
        assert found[-1] == ["", "Tổng điểm", "", "100", "–", "67,25", ""]
        assert "Thứ hạng trong khối: 3. Xếp loại: Khá." in html
        assert "PHIẾU CHẤM ĐIỂM THI ĐUA" in html
        assert "của Phòng Tham mưu" in html


class TestPaper:
    @staticmethod
    def pages(html):
        document = pypdfium2.PdfDocument(render.render(html))
        return [(page.get_size(), page.get_textpage().get_text_range()) for page in document]

    def test_the_overview_stands_upright_and_has_room_to_sign(self):
        seats = [
            Seat("1", "Khối trưởng", "TM. Khối thi đua", "a", signer="Công an huyện Đông Hòa"),
            Seat("2", "Khối phó", "TM. Khối thi đua", "b", signer="Công an huyện Sơn Hòa"),
        ]
        ((width, height), words), *_rest = self.pages(overview_html(results(), replace(FRAME, seats=seats)))
        assert height > width
        assert "KHỐI TRƯỞNG" in words
        assert "KHỐI PHÓ" in words

    def test_the_detail_lies_on_its_side_with_its_head_on_every_page(self):
        outline = "I | Chuyên môn | 80\n" + "".join(f"  {at} | Tiêu chí {at} | 1 | manual\n" for at in range(1, 81))
        text = replace(set_of(outline, total="80", seed="long"), grades=[], tie_keys=[])
        cells = {unit: {leaf.key: Cell("entered", {"points": "1"}) for leaf in text.leaves} for unit in "12"}
        html = detail_html(results(text=text, standings=recompute(text, inputs_of(text, cells))), FRAME)
        found = self.pages(html)
        with_lines = [words for _size, words in found if "Tiêu chí 1" in words or "Tiêu chí 5" in words]
        assert all(width > height for (width, height), _words in found)
        assert len(with_lines) >= 2
        assert all("Nội dung, tiêu chí" in words for words in with_lines)


class TestWorkbook:
    @staticmethod
    def book(**changes):
        return load_workbook(io.BytesIO(results_workbook(results(**changes))))

    def test_a_sheet_for_every_top_group_between_overview_and_settings(self):
        assert self.book().sheetnames == [
            "Tổng hợp", "I Chuyên môn", "II Phong trào", "III Trừ", "IV Loại trừ, theo dõi", "Thiết lập",
        ]  # fmt: skip

    def test_numbers_are_numbers(self):
        found = [[cell.value for cell in row] for row in self.book()["Tổng hợp"].iter_rows()]
        assert found[0] == ["TT", "Đơn vị", "I", "II", "III", "Tổng điểm", "Xếp loại", "Hạng"]
        assert found[3] == [3, "Phòng Tham mưu", 32.25, 40, -5, 67.25, "Khá", 3]
        assert found[4][-1] == "Không xếp hạng"

    def test_cells_of_a_group(self):
        lines = {row[0].value: [cell.value for cell in row[2:]] for row in self.book()["I Chuyên môn"].iter_rows()}
        assert lines["1"] == [5, 5, 5, 5, "–"]
        assert lines["2"] == [15, 15, 15, 15, None]
        assert lines["3"] == [40, 40, 40, 12.25, 40]
        assert lines["I"] == [60, 60, 60, 32.25, 40]

    @pytest.mark.parametrize("name", ["=SUM(A1)", "+84", "-1", "@x", '=HYPERLINK("http://x")'])
    def test_what_people_typed_is_no_formula(self, name):
        cells = [cell for row in self.book(names={**NAMES, "4": name})["Tổng hợp"].iter_rows() for cell in row]
        found = next(cell for cell in cells if cell.value == name)
        assert (found.data_type, found.quotePrefix) == ("s", True)
        assert not any(cell.data_type == "f" for cell in cells)

    def test_settings_and_the_clause(self):
        told = [row[0].value for row in self.book()["Thiết lập"].iter_rows()]
        assert told[0] == CLAUSE
        assert any(sentence.startswith("Khi bằng điểm: ") for sentence in told)

    def test_titles_that_excel_would_refuse(self):
        outline = "".join(f"{code} | {name} | 10\n  {at} | Việc | 10 | manual\n" for at, (code, name) in enumerate(NAMED, 1))
        found = list(titles(results(text=set_of(outline, seed="t")).every_top))
        assert found == ["A a b c", "Nhóm rất dài rất dài rất dài rấ", "Nhóm rất dài rất dài rất dà (2)", "Tổng hợp (2)"]


LONG = "rất dài rất dài rất dài rất dài rất dài"
NAMED = [("A", "a/b?c"), ("Nhóm", LONG), ("Nhóm", LONG), ("Tổng", "hợp")]
