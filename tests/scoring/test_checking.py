"""The check of a set finds each fault, and all of them at once."""

from dataclasses import replace

import pytest

from scoring.domain import checking
from scoring.domain.checking import faults
from scoring.domain.outlines import set_of
from tests.scoring.regulations import SMALL, small


def changed(code, /, **changes):
    text = small()
    return replace(text, criteria=[replace(row, **changes) if row.code == code else row for row in text.criteria])


def sentences(text):
    return [fault.sentence for fault in faults(text)]


def test_a_sound_set():
    assert sentences(small()) == []


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("1", {"max_points": "6"}, "Các tiêu chí cộng lại 21 điểm, khác 20 điểm của nhóm."),
        ("I.1", {"is_capped": True, "max_points": "25"}, "Các tiêu chí cộng lại 20 điểm, chưa tới mức tối đa 25 điểm của nhóm."),
        ("I.1", {"is_capped": True, "max_points": ""}, "Ghi điểm tối đa của nhóm để chỉ tính đến mức đó."),
        ("1", {"code": "2"}, "Mã “2” được dùng 2 lần."),
        ("1", {"code": ""}, "Chưa có mã."),
        ("1", {"name": " "}, "Chưa có tên."),
        ("1", {"rule_type": ""}, "Chưa chọn cách tính."),
        ("1", {"max_points": ""}, "Điểm tối đa: chưa nhập."),
        (
            "2",
            {"rule_type": "tier", "rule": {"rows": [{"from": "9", "points": "5"}]}},
            "Điểm tối đa phải bằng điểm của bậc tốt nhất.",
        ),
        ("2", {"rule_type": "info"}, "Cách tính cho nhiều nhất 0 điểm, khác điểm tối đa 15."),
        (
            "2",
            {"rule_type": "disqualifier", "rule": {"effects": [{"effect": "no_rank"}]}, "max_points": "0"},
            "nằm trong phần điều kiện",
        ),
        ("2", {"max_points": "0"}, "Tiêu chí chính phải có điểm tối đa lớn hơn 0."),
        ("II", {"section": "bonus"}, "Các nhóm điểm chính cộng lại 60 điểm, khác tổng điểm chính 100 điểm."),
        ("II", {"section": "penalty"}, "Nhóm điểm trừ có điểm tối đa là 0."),
        ("II", {"section": "penalty"}, "Tiêu chí trừ điểm có điểm tối đa 0 và điểm tối thiểu âm."),
        ("II", {"section": "disqualifier"}, "Phần điều kiện loại trừ chỉ chứa điều kiện loại trừ."),
        ("4", {"min_points": "-1", "rule": {}}, ""),
    ],
)
def test_a_fault_and_its_place(code, changes, sentence):
    found = faults(changed(code, **changes))
    if sentence:
        assert any(sentence in fault.sentence for fault in found)
        assert all(fault.place for fault in found)
    else:
        assert found == []


def test_a_bonus_that_may_cost_points():
    text = replace(changed("4", min_points="-1"), total_points="60")
    text = replace(text, criteria=[replace(row, section="bonus") if row.code == "II" else row for row in text.criteria])
    assert sentences(text) == ["Tiêu chí thưởng không cho điểm âm."]


def test_an_empty_group():
    text = small()
    assert "Nhóm chưa có tiêu chí nào." in sentences(replace(text, criteria=[row for row in text.criteria if row.code != "4"]))


def test_all_at_once_in_the_order_of_the_paper():
    text = changed("1", code="", name="")
    text = replace(
        text, total_points="99", criteria=[replace(row, rule_type="") if row.code == "3" else row for row in text.criteria]
    )
    found = faults(text)
    assert [fault.key for fault in found] == ["", text.criteria[2].key, text.criteria[2].key, text.criteria[5].key]


@pytest.mark.parametrize(
    "keys", [[["group:VII", "desc"]], [["penalty", "up"]], [["penalty"]], ["penalty"], [["base:I", "desc"]], [["total", "desc"]]]
)
def test_tie_keys_name_what_is_there(keys):
    assert any("Thứ tự xét khi bằng điểm" in sentence for sentence in sentences(small(tie_keys=keys)))


@pytest.mark.parametrize(
    "grades",
    [
        [["A", "Tốt", "x"]],
        [["A", "Tốt"]],
        [["A", "", "5"]],
        [["A", "Tốt", "5"], ["B", "Khá", "6"]],
        [["A", "Tốt", "5"], ["A", "Khá", ""]],
        [5],
    ],
)
def test_grades_go_down(grades):
    text = replace(small(), grades=grades)
    assert any("Xếp loại" in sentence for sentence in sentences(text))


@pytest.mark.parametrize(
    ("effects", "missing"),
    [
        ("không xếp hạng", []),
        ("xếp loại không quá: A", []),
        ("xếp loại không quá: Z", ["Z"]),
        ("không tính điểm nhóm: I.1", []),
        ("không tính điểm nhóm: 9", ["9"]),
    ],
)
def test_effects_name_what_is_there(effects, missing):
    outline = f"{SMALL}!III | Loại trừ | 0\n  5 | Vi phạm | 0 | disqualifier // Hậu quả = {effects}\n"
    text = replace(set_of(outline, total="100"), grades=[["A", "Tốt", "50"], ["B", "Khá", ""]])
    assert sentences(text) == [f"Không có mã “{code}” trong bộ tiêu chí." for code in missing]


def test_how_deep_and_how_long_a_table_may_be(monkeypatch):
    monkeypatch.setattr(checking, "DEEPEST", 2)
    monkeypatch.setattr(checking, "MOST_LEAVES", 3)
    found = sentences(small())
    assert "Bảng có nhiều nhất 2 cấp." in found
    assert "Bộ tiêu chí có nhiều nhất 3 tiêu chí." in found


@pytest.mark.parametrize("line", ["  1 | Lơ lửng | 5", "I | Thiếu điểm", "I | Nhóm | 5\n  1 | Sai | 5 | percent // Màu = xanh"])
def test_an_outline_that_cannot_be_read(line):
    with pytest.raises(ValueError, match=r"I|1"):
        set_of(line)
