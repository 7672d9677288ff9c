"""Parameters and facts: everything that is wrong is said at once, in Vietnamese, at its place."""

import pytest

from scoring.rules import TYPES, Faulty, parameters, read_rule

EVENTS = [{"key": "minor", "points": "0.5"}]
ROWS = [["90", "5"], ["80", "3"], [None, "0"]]
ANCHORS = [["90", "1"], ["80", "0.5"]]

# A good description of each type, to be spoiled.
GOOD = {
    "manual": {"max": "10", "min": "0", "step": "0.5"},
    "yes_no": {"max": "5", "no": "-2"},
    "percent": {"max": "10", "full_at": "0.95", "zero_below": "0.5"},
    "step_deduct_percent": {"max": "10", "step": "1", "points": "0.2"},
    "tier": {"rows": ROWS},
    "anchors": {"max": "5", "anchors": ANCHORS},
    "deduct": {"max": "10", "events": EVENTS},
    "count": {"max": "5", "points": "0.5"},
    "bonus_penalty": {"bonus": "0.5", "penalty": "1", "min": "-3", "max": "3"},
    "late": {"max": "5", "per_day": "1"},
    "leader_relative": {"max": "10"},
    "disqualifier": {"effects": [{"effect": "no_rank"}]},
    "info": {},
}


def faults(kind, **changes):
    given = {"type": kind, **GOOD[kind], **changes}
    with pytest.raises(Faulty) as raised:
        read_rule({name: value for name, value in given.items() if value != "left out"})
    assert all(fault.sentence.endswith(".") for fault in raised.value.faults)
    return {fault.place: fault.sentence for fault in raised.value.faults}


def test_every_type_is_tried():
    assert set(GOOD) == set(TYPES)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_description_is_read_and_says_how_it_counts(kind):
    rule = read_rule({"type": kind, **GOOD[kind]})
    assert rule.sentence().endswith(".")
    assert rule.label
    assert rule.purpose
    assert rule.facts


def test_the_type_must_be_known():
    with pytest.raises(Faulty, match="Không có cách tính điểm “mode”"):
        read_rule({"type": "mode"})
    with pytest.raises(Faulty):
        read_rule({})


@pytest.mark.parametrize(
    ("kind", "changes", "place"),
    [
        ("manual", {"max": "left out"}, "max"),
        ("manual", {"max": "-1"}, "max"),
        ("manual", {"max": "1000000"}, "max"),
        ("manual", {"max": "mười"}, "max"),
        ("manual", {"max": 9.5}, "max"),
        ("manual", {"min": "11"}, "min"),
        ("manual", {"step": "0"}, "step"),
        ("manual", {"step": "0.3"}, "step"),
        ("manual", {"missing": "later"}, "missing"),
        ("manual", {"colour": "blue"}, "colour"),
        ("yes_no", {"no": "6"}, "no"),
        ("percent", {"zero_below": "0.99"}, "zero_below"),
        ("percent", {"better": "sideways"}, "better"),
        ("step_deduct_percent", {"min": "11"}, "min"),
        ("step_deduct_percent", {"count": "both"}, "count"),
        ("tier", {"rows": []}, "rows"),
        ("tier", {"rows": "90"}, "rows"),
        ("tier", {"rows": [5]}, "rows"),
        ("tier", {"rows": [["90", "5", "x"]]}, "rows"),
        ("tier", {"rows": [["90", "chín"]]}, "rows"),
        ("tier", {"rows": [[None, "5"], ["80", "3"]]}, "rows"),
        ("tier", {"rows": [["80", "5"], ["90", "3"]]}, "rows"),
        ("tier", {"rows": [["90", "3"], ["80", "5"]]}, "rows"),
        ("tier", {"rows": [["90", "3"], ["80", "-5"]]}, "rows"),
        ("tier", {"rows": [["90", "5"], ["80", "3"]], "better": "lower"}, "rows"),
        ("tier", {"max": "6"}, "max"),
        ("anchors", {"anchors": [["90", "1"]]}, "anchors"),
        ("anchors", {"anchors": [["90", "1"], ["90", "0.5"]]}, "anchors"),
        ("anchors", {"anchors": [["90", "0.5"], ["80", "1"]]}, "anchors"),
        ("anchors", {"anchors": [["80", "1"], ["90", "0.5"]], "by": "ratio"}, "anchors"),
        ("deduct", {"events": [*EVENTS, *EVENTS]}, "events"),
        ("deduct", {"events": [{"key": "", "points": "1"}]}, "events"),
        ("deduct", {"events": [{"key": "a" * 41, "points": "1"}]}, "events"),
        ("deduct", {"min": "11"}, "min"),
        ("deduct", {"events": [{"key": "a:b", "points": "1"}]}, "events"),
        ("bonus_penalty", {"min": "1"}, "min"),
        ("disqualifier", {"effects": [{"effect": "ceiling"}]}, "effects"),
        ("disqualifier", {"effects": [{"effect": "no_rank", "target": "A"}]}, "effects"),
        ("disqualifier", {"effects": [{"effect": "exile"}]}, "effects"),
    ],
)
def test_a_spoiled_description_is_refused_at_its_place(kind, changes, place):
    assert place in faults(kind, **changes)


def test_all_faults_come_at_once():
    assert set(faults("percent", max="x", full_at="0", zero_below="-1", better="up", more="1")) == {
        "max", "full_at", "zero_below", "better", "more",
    }  # fmt: skip
    assert len(faults("deduct", events=[{"key": "a"}, {"points": "0"}])) == 1
    with pytest.raises(Faulty) as raised:
        read_rule({"type": "deduct", "max": "10", "events": [{"key": "a"}, {"points": "0"}]})
    assert [fault.sentence.split(":")[0] for fault in raised.value.faults] == [
        "Các loại vụ việc, dòng 1", "Các loại vụ việc, dòng 2", "Các loại vụ việc, dòng 2",
    ]  # fmt: skip


def test_parameters_are_listed_with_the_common_one_last():
    assert list(parameters(TYPES["percent"])) == ["max", "full_at", "zero_below", "better", "missing"]


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("manual", {"points": "10.5"}, "Điểm: không lớn hơn 10."),
        ("manual", {"points": "-1"}, "Điểm: không nhỏ hơn 0."),
        ("manual", {"points": "9.25"}, "Điểm: phải là bội số của 0,5."),
        ("manual", {}, "Điểm: chưa nhập."),
        ("manual", {"points": None}, "Điểm: chưa nhập."),
        ("manual", {"points": "1e9"}, "Điểm: nhập một số, ví dụ 12.5."),
        ("yes_no", {"yes": 1}, "Đạt: chọn có hoặc không."),
        ("percent", {"target": "-1", "actual": "5"}, "Chỉ tiêu: không nhỏ hơn 0."),
        ("percent", {"target": "1"}, "Kết quả: chưa nhập."),
        ("count", {"count": "1.5"}, "Số lượng: nhập số nguyên."),
        ("count", {"count": 2, "colour": "blue"}, "Không có mục “colour”."),
        ("deduct", {"counts": 3}, "Số lần: nhập số lần theo từng loại."),
        ("deduct", {"counts": {"grave": 1}}, "Không có mục “grave”."),
        ("deduct", {"counts": {"minor": -1}}, "minor: không nhỏ hơn 0."),
        ("info", {"text": 5}, "Nội dung: nhập từ 1 đến 2000 ký tự."),
    ],
)
def test_facts_that_do_not_fit_are_refused(kind, value, sentence):
    rule = read_rule({"type": kind, **GOOD[kind]})
    with pytest.raises(Faulty) as raised:
        rule.read_facts(value)
    assert [fault.sentence for fault in raised.value.faults] == [sentence]
