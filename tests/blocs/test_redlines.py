"""What a redline says about real sentences, and that it stays quick whatever it is given."""

import random
import time

import pytest

from blocs.redlines import DELETED, INSERTED, SAME, NotItsText, apply, compare, compare_texts, compare_words
from blocs.texts import ClauseText, CovenantText, IndicatorText, RegistrationText


def document(clauses=(), **changed):
    given = {
        "title": "Giao ước thi đua", "movement": "Vì An ninh Tổ quốc", "bases": ["Luật Thi đua"], "opening": "", "indicators": [],
        "registrations": [], "recipients": ["Lưu: VT"],
    }  # fmt: skip
    return CovenantText(**{**given, **changed, "clauses": list(clauses)})


def clause(key, text="", heading="", kind="clause", part="body"):
    return ClauseText(key, kind, part, heading, text)


class TestWords:
    @pytest.mark.parametrize(
        ("old", "new", "pieces"),
        [
            ("giữ vững trật tự", "giữ vững trật tự", [(SAME, "giữ vững trật tự")]),
            ("thi đúa tốt", "thi đua tốt", [(SAME, "thi "), (DELETED, "đúa"), (INSERTED, "đua"), (SAME, " tốt")]),
            ("đạt 80% trở lên", "đạt 85% trở lên", [(SAME, "đạt "), (DELETED, "80"), (INSERTED, "85"), (SAME, "% trở lên")]),
            ("đạt 12,5 điểm", "đạt 12,6 điểm", [(SAME, "đạt "), (DELETED, "12,5"), (INSERTED, "12,6"), (SAME, " điểm")]),
            ("Tỷ lệ cao", "Tỷ lệ rất cao", [(SAME, "Tỷ lệ "), (INSERTED, "rất "), (SAME, "cao")]),
            ("một hai ba", "bốn năm sáu", [(DELETED, "một hai ba"), (INSERTED, "bốn năm sáu")]),
            ("", "mới", [(INSERTED, "mới")]),
            ("cũ", "", [(DELETED, "cũ")]),
        ],
    )
    def test_words_are_compared_whole(self, old, new, pieces):
        assert list(compare_words(old, new)) == pieces

    def test_a_lost_accent_is_another_word_never_another_letter(self):
        changed = [piece.text for piece in compare_words("Công an huyện", "Cộng an huyện") if piece.kind != SAME]
        assert changed == ["Công", "Cộng"]


class TestParagraphs:
    def test_paragraphs_keep_apart(self):
        old = "a) Giữ vững an ninh.\nb) Phòng ngừa tội phạm."
        new = "a) Giữ vững an ninh trật tự.\nc) Xây dựng lực lượng vững mạnh.\nb) Phòng ngừa tội phạm."
        kinds = [(row.kind, len(row.pieces)) for row in compare_texts(old, new).paragraphs]
        assert kinds == [("change", 3), ("ins", 1), ("same", 1)]

    def test_another_paragraph_is_not_an_edited_one(self):
        passage = compare_texts("Tuần tra ban đêm.", "Báo cáo hằng quý về cơ quan thường trực.")
        assert [row.kind for row in passage.paragraphs] == ["del", "ins"]


class TestClauses:
    def test_one_moved_clause_is_one_move(self):
        old, new = document(map(clause, "abcde")), document(map(clause, "eabcd"))
        assert {row.key: row.status for row in compare(old, new).clauses} == dict.fromkeys("abcd", "same") | {"e": "moved"}

    def test_a_removed_clause_is_told_where_it_stood(self):
        old, new = document(map(clause, "abc")), document(map(clause, "acd"))
        found = [(row.key, row.status) for row in compare(old, new).clauses]
        assert found == [("a", "same"), ("b", "removed"), ("c", "same"), ("d", "added")]

    def test_moved_and_rewritten_is_both(self):
        old = document([clause("a", "Một"), clause("b", "Hai"), clause("c", "Ba")])
        row = next(row for row in compare(old, document([*old.clauses[1:], clause("a", "Bốn")])).clauses if row.key == "a")
        assert (row.status, row.moved) == ("changed", True)

    def test_kind_and_part_are_told(self):
        row = compare(document([clause("a")]), document([clause("a", kind="section", part="implementation")])).clauses[0]
        assert (row.status, row.kind.new, row.part.old) == ("changed", "section", "body")

    def test_the_same_key_twice_is_refused(self):
        with pytest.raises(ValueError, match="twice"):
            compare(document([clause("a"), clause("a")]), document())

    def test_a_redline_fits_its_own_text_only(self):
        old, new = document([clause("a", "Một")]), document([clause("a", "Hai")])
        with pytest.raises(NotItsText):
            apply(compare(old, new), new)


class TestTables:
    def test_a_value_for_one_unit_is_not_common(self):
        old = document(indicators=[IndicatorText("k", "Tỷ lệ", "%", "higher", "80", {"1": "80", "2": "75"})])
        new = document(indicators=[IndicatorText("k", "Tỷ lệ", "%", "higher", "80", {"1": "85", "3": "70"})])
        row = compare(old, new).indicators[0]
        assert (row.status, row.common_changed) == ("changed", False)
        assert {unit: (value.old, value.new) for unit, value in row.units.items()} == {
            "1": ("80", "85"), "2": ("75", None), "3": (None, "70"),
        }  # fmt: skip

    def test_titles_of_a_unit(self):
        old = document(registrations=[RegistrationText("1", ["victory_unit"]), RegistrationText("2", ["advanced_unit"])])
        new = document(registrations=[RegistrationText("2", ["advanced_unit"]), RegistrationText("3", ["victory_unit"])])
        assert [(row.key, row.status) for row in compare(old, new).registrations] == [
            ("1", "removed"), ("2", "same"), ("3", "added"),
        ]  # fmt: skip


SLOW = 3.0  # seconds: far above what it takes, far below what the square of the length would take


@pytest.mark.usefixtures("usual_garbage")
@pytest.mark.parametrize("distinct", [1, 2, 3, 10, 4000])
@pytest.mark.parametrize("paragraphs", [1, 400])
def test_no_text_makes_it_slow(distinct, paragraphs):
    """20,000 words of a few kinds in one clause: what finding the fewest differences would take minutes for."""
    words = random.Random(7)
    lines = [
        "\n".join(
            " ".join(f"từ{words.randrange(distinct)}" for _ in range(20_000 // paragraphs)) for _paragraph in range(paragraphs)
        )
        for _side in range(2)
    ]
    started = time.process_time()
    passage = compare_texts(*lines)
    assert time.process_time() - started < SLOW
    assert (passage.old_text, passage.new_text) == tuple(lines)
