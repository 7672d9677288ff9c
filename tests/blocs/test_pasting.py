"""Pasting a whole covenant from Word: it comes apart at its marks, and no words are lost."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocs.domain import drafts, pasting
from blocs.domain.snapshots import draft_text
from blocs.enums import ClauseKind, ClausePart
from tests import builders
from tests.blocs import pasted


def shape(text):
    return [(piece.kind, piece.part, piece.heading) for piece in pasting.split(text).pieces]


def words(text):
    return Counter(text.split())


def all_words(result):
    parts = [*result.bases, result.opening, *result.recipients]
    parts += [word for piece in result.pieces for word in (piece.heading, piece.text)]
    return words(" ".join(parts))


class TestWholeDocument:
    result = pasting.split(pasted.WHOLE)

    def test_the_head_is_left_to_the_printer(self):
        said = " ".join([*self.result.bases, self.result.opening])
        for line in ("CỘNG HÒA", "Độc lập", "KHỐI THI ĐUA", "02/GƯ-KTĐ", "ngày 04 tháng 3", "“Vì An ninh Tổ quốc”"):
            assert line not in said

    def test_legal_bases_lose_their_semicolons(self):
        assert self.result.bases == [
            "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15",
            "Căn cứ Kế hoạch số 15/KH-CAT ngày 10/01/2026 của Giám đốc Công an tỉnh",
            "Thực hiện Hướng dẫn của cơ quan thường trực thi đua về ký giao ước năm 2026",
        ]

    def test_sentences_before_the_first_section_are_the_opening(self):
        assert self.result.opening.splitlines() == [
            "Hôm nay, ngày 04/3/2026, tại trụ sở Công an xã An Bình,",
            "Công an tỉnh chủ trì hội nghị; Khối thi đua Công an các xã ven biển thống nhất các nội dung sau:",
        ]

    def test_sections_and_clauses_keep_their_order_and_part(self):
        body, after = ClausePart.BODY, ClausePart.IMPLEMENTATION
        assert [(piece.kind, piece.part, piece.heading) for piece in self.result.pieces] == [
            (ClauseKind.SECTION, body, "Nội dung thi đua"),
            (ClauseKind.CLAUSE, body, "Xây dựng chương trình hành động"),
            (ClauseKind.CLAUSE, body, "Phòng, chống tội phạm"),
            (ClauseKind.CLAUSE, body, ""),
            (ClauseKind.SECTION, after, "Tổ chức thực hiện"),
            (ClauseKind.CLAUSE, after, ""),
            (ClauseKind.CLAUSE, after, ""),
        ]

    def test_letters_and_dashes_stay_inside_their_clause(self):
        assert self.result.pieces[1].text.splitlines() == [
            "Mỗi đơn vị ban hành chương trình trước ngày 31 tháng 3, phân công:",
            "a) Chỉ huy phụ trách chung;",
            "b) Cán bộ tổng hợp theo dõi hằng tháng.",
        ]
        assert self.result.pieces[2].text.splitlines() == [
            "Kéo giảm 5% số vụ so với năm trước.",
            "- Không để xảy ra án rất nghiêm trọng.",
        ]

    def test_signatures_are_left_to_the_signers(self):
        assert self.result.pieces[-1].text == "Các đơn vị báo cáo kết quả trước ngày 15 tháng cuối quý."
        assert "Nguyễn Văn A" not in str([self.result.opening, self.result.pieces, self.result.recipients])
        assert "Trung tá Nguyễn Văn A" in self.result.left_out

    def test_recipients_come_without_their_marks(self):
        assert self.result.recipients == ["Giám đốc Công an tỉnh (để báo cáo)", "Các đơn vị trong khối", "Lưu: VT"]


def test_decomposed_letters_come_apart_the_same():
    assert pasting.split(unicodedata.normalize("NFD", pasted.WHOLE)) == pasting.split(pasted.WHOLE)


def test_what_word_leaves_behind_does_no_harm():
    result = pasting.split(pasted.FROM_WORD)
    assert result.bases == ["Căn cứ Luật Thi đua, khen thưởng"]
    assert [piece.heading for piece in result.pieces] == [
        "Nội dung thi đua",
        "Nắm tình hình",
        "Tuầntra ban đêm",
        "Tổ chức thực hiện",
        "",
    ]
    assert result.pieces[1].text.splitlines() == ["Gặp gỡ nhân dân hằng tháng.", "- Mỗi thôn một lần;", "- Có biên bản."]
    assert not any(unicodedata.category(char) in {"Cf", "Co", "Cc"} for char in str(result.pieces))


def test_text_without_numbers_becomes_the_opening():
    result = pasting.split(pasted.WITHOUT_NUMBERS)
    assert result.pieces == []
    assert result.bases == ["Căn cứ Luật Thi đua, khen thưởng"]
    assert len(result.opening.splitlines()) == 3


def test_articles_are_clauses_and_numbers_in_the_text_are_not():
    result = pasting.split(pasted.ARTICLES)
    assert [piece.heading for piece in result.pieces] == ["Mục tiêu", "Chỉ tiêu", "Thực hiện"]
    assert result.pieces[1].text.splitlines() == [
        "1.1. Tỷ lệ khám phá án đạt trên 85%.",
        "12.500 lượt người được tuyên truyền.",
        "100% cán bộ ký cam kết.",
    ]
    assert result.pieces[2].text == "Từng đơn vị lập kế hoạch."


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("1. Nắm tình hình", "Nắm tình hình", ""),
        ("1) Nắm tình hình", "Nắm tình hình", ""),
        ("1.Nắm tình hình", "Nắm tình hình", ""),
        ("12 . Nắm tình hình", "Nắm tình hình", ""),
        ("1. Nắm tình hình. Gặp gỡ nhân dân.", "Nắm tình hình", "Gặp gỡ nhân dân."),
        ("1. Nắm tình hình: Gặp gỡ nhân dân.", "Nắm tình hình", "Gặp gỡ nhân dân."),
        ("1. Nắm tình hình, gặp gỡ nhân dân.", "", "Nắm tình hình, gặp gỡ nhân dân."),
        ("1. Gồm có:", "", "Gồm có:"),
        ("1. " + "rất dài " * 30 + ": hết.", "", "rất dài " * 30 + ": hết."),
    ],
)
def test_a_clause_has_a_heading_when_it_looks_like_one(line, heading, text):
    (piece,) = pasting.split(line).pieces
    assert (piece.heading, piece.text) == (heading, text.strip())


@pytest.mark.parametrize("numeral", ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XIV", "XX", "XXIX"])
def test_roman_numerals_head_sections(numeral):
    for mark in (". ", ") ", " - ", ": ", "."):
        assert shape(f"{numeral}{mark}NỘI DUNG") == [(ClauseKind.SECTION, ClausePart.BODY, "Nội dung")]


@pytest.mark.parametrize("line", ["C. Đối với cán bộ", "IIII. Sai", "VX. Sai", "I", "Việt Nam", "XIN. chào", "a) Một", "- Hai"])
def test_what_only_looks_like_a_numeral_is_text(line):
    result = pasting.split(f"I. MỘT\n{line}")
    assert len(result.pieces) == 1
    assert result.pieces[0].text == line


def test_everything_after_the_implementation_belongs_to_it():
    text = "I. NỘI DUNG\n1. Một\nII. BIỆN PHÁP\n1. Hai\nIII. KIỂM TRA\n1. Ba"
    parts = [part for _kind, part, _heading in shape(text)]
    assert parts == [ClausePart.BODY] * 2 + [ClausePart.IMPLEMENTATION] * 4


def test_an_endless_heading_is_text():
    (piece,) = pasting.split("I. " + "một câu rất dài " * 40).pieces
    assert len(piece.heading) <= 300
    assert words(f"{piece.heading} {piece.text}") == words("một câu rất dài " * 40)


@pytest.mark.parametrize("text", ["", "   \n\n\t", "\ufeff\u200b"])
def test_nothing_gives_nothing(text):
    result = pasting.split(text)
    assert (result.bases, result.opening, result.pieces, result.recipients) == ([], "", [], [])


def test_ten_thousand_words_come_apart_without_losing_one():
    text = pasted.long_text()
    assert len(text.split()) > 10_000
    result = pasting.split(text)
    assert sum(piece.kind == ClauseKind.CLAUSE for piece in result.pieces) == 12
    lost = words(text) - all_words(result)
    assert all(word.endswith(".") or word.isupper() for word in lost)  # only numbers, and capitals written small


@given(st.lists(st.sampled_from([*pasted.WITHOUT_NUMBERS.split(), "1.1.", "12.5", "a)", "-", "Ước"]), min_size=1, max_size=60))
def test_no_word_of_a_clause_is_ever_lost(body):
    text = "I. NỘI DUNG\n1. Tiêu đề\n" + "\n".join(" ".join(body[start : start + 7]) for start in range(0, len(body), 7))
    lost = words(" ".join(body)) - all_words(pasting.split(text))
    assert not lost


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", [pasted.WHOLE, pasted.FROM_WORD, pasted.ARTICLES, pasted.long_text()], ids=["whole", "word", "articles", "long"]
)
def test_a_pasted_covenant_starts_a_draft(text):
    cast = builders.bloc()
    result = pasting.split(text)
    document = drafts.start(cast.bloc_year, actor=cast.leader, text=result)
    stored = draft_text(document)
    assert [(clause.kind, clause.heading, clause.text) for clause in stored.clauses] == [
        (piece.kind, piece.heading, piece.text) for piece in result.pieces
    ]
    assert stored.bases == result.bases


def test_the_closing_sentence_of_the_paper_is_the_systems_own():
    result = pasting.split("I. NỘI DUNG\n1. Giữ gìn đoàn kết. Không để mất đoàn kết.\nGiao ước này được lập thành 05 bản./.")
    assert [piece.text for piece in result.pieces] == ["", "Không để mất đoàn kết."]
    assert result.left_out == ["Giao ước này được lập thành 05 bản./."]
