"""Parameters as typed: out and back without loss, and what cannot be understood."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules import TYPES, notation, read_rule
from scoring.rules.notation import read_value, tidy, typed_parameters, write, write_value
from tests.scoring.rules.drawing import RULES


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(RULES)).flatmap(lambda kind: st.tuples(st.just(kind), RULES[kind])))
def test_out_and_back(drawn):
    kind, spec = drawn
    given_ = {name: spec[name] for name in typed_parameters(kind) if name in spec}
    once = tidy(kind, given_)
    assert tidy(kind, once) == once
    typed = write(kind, once)
    back, faults = notation.read(kind, typed)
    assert (tidy(kind, back), faults) == (once, [])
    own = {name: value for name, value in spec.items() if name not in given_ and value is not None}
    whole = {"type": kind, **{name: value for name, value in spec.items() if value is not None}}
    assert read_rule({"type": kind, **own, **once}) == read_rule(whole)


def test_how_it_looks():
    rows = [{"from": "95.5", "points": "10"}, {"points": "0"}]
    assert write("tier", {"rows": rows, "better": "lower"}) == "Các bậc = 95,5: 10; còn lại: 0\nChiều = càng thấp càng tốt"
    assert write("percent", {"full_at": "0.95"}) == "Đủ điểm từ tỷ lệ = 0,95"


def test_what_people_type():
    full = typed_parameters("percent")["full_at"]
    assert [read_value(full, text) for text in ("95%", "0,95", "0.95", "95 %", "−1", "nhiều", "1e3", "0.0000001%")] == [
        "0.95", "0.95", "0.95", "0.95", "-1", "nhiều", "1e3", "0.0000001%",
    ]  # fmt: skip
    found, faults = notation.read("tier", "các bậc = 95: 10\n\n chiều = Càng thấp càng tốt \nmàu: xanh\nSố = \nLoại gì = 3")
    assert found == {"rows": [{"from": "95", "points": "10"}], "better": "lower"}
    assert [fault.sentence for fault in faults] == [
        "Tham số không hiểu được: “màu: xanh”.",
        "Tham số không hiểu được: “Số =”.",
        "Tham số không hiểu được: “Loại gì = 3”.",
    ]


def test_an_empty_value_is_no_value():
    assert notation.read("percent", "Chiều = ") == ({}, [])


def test_a_row_with_too_many_values_stays_for_the_rule_to_refuse():
    assert read_value(typed_parameters("tier")["rows"], "95: 10: 3") == ["95: 10: 3"]


def test_a_row_whose_last_values_are_as_usual():
    events = typed_parameters("deduct")["events"]
    row = {"key": "a", "points": "1"}
    assert write_value(events, [row]) == "a: : 1"
    assert read_value(events, "a: : 1") == [row]


def test_every_type_has_its_own_parameters():
    assert {name: list(typed_parameters(name)) for name in ("manual", "count", "bonus_penalty")} == {
        "manual": ["missing"],
        "count": ["points", "missing"],
        "bonus_penalty": ["bonus", "penalty", "missing"],
    }
    assert set(TYPES) == set(RULES)
