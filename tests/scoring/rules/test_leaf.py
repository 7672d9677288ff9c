"""Single cells: what the worked examples do not show."""

from decimal import Decimal

import pytest

from scoring.rules import EMPTY, EXEMPT, TYPES, Effect, Entry, Faulty, State, read_rule, score, score_all


def told(spec, value, cohort=()):
    outcome = score(read_rule(spec), Entry.of(value), [Entry.of(row) for row in cohort])
    return outcome.points, outcome.steps


@pytest.mark.parametrize(
    ("spec", "value", "steps"),
    [
        (
            {"type": "percent", "max": "5"},
            {"target": "800", "actual": "633"},
            ["Tỷ lệ đạt chỉ tiêu: 633 : 800 = 79,125%.", "5 × 79,125% = 3,95625.", "Làm tròn đến 2 chữ số thập phân: 3,96 điểm."],
        ),
        (
            {"type": "percent", "max": "10", "full_at": "0.95"},
            {"target": "100", "actual": "90"},
            [
                "Tỷ lệ đạt chỉ tiêu: 90 : 100 = 90%.",
                "10 × 90% : 95% ≈ 9,4737.",
                "Làm tròn đến 2 chữ số thập phân: 9,47 điểm.",
            ],
        ),
        (
            {"type": "percent", "max": "10", "better": "lower"},
            {"target": "3", "actual": "0"},
            ["Kết quả 0, càng thấp càng tốt: mức tốt nhất.", "Từ 100% trở lên: được đủ 10 điểm.", "Kết quả: 10 điểm."],
        ),
        (
            {"type": "step_deduct_percent", "max": "1", "points": "0.5"},
            {"target": "10", "actual": "9"},
            [
                "Kết quả 9, chỉ tiêu 10: thiếu 10%.",
                "Số bước phải trừ: 10 (đủ một bước mới trừ).",
                "1 − 10 × 0,5 = −4.",
                "Không dưới mức tối thiểu 0 điểm.",
                "Kết quả: 0 điểm.",
            ],
        ),
        (
            {"type": "step_deduct_percent", "max": "1", "points": "0.5"},
            {"target": "0", "actual": "9"},
            ["Chỉ tiêu bằng 0: không tính được phần trăm, tính 0 điểm.", "Kết quả: 0 điểm."],
        ),
        (
            {"type": "step_deduct_percent", "max": "1", "points": "0.5", "better": "lower"},
            {"target": "0", "actual": "0"},
            ["Kết quả 0, đúng chỉ tiêu 0.", "Số bước phải trừ: 0 (đủ một bước mới trừ).", "1 − 0 × 0,5 = 1.", "Kết quả: 1 điểm."],
        ),
        (
            {"type": "tier", "rows": [["90", "5"]]},
            {"value": "12"},
            ["Giá trị: 12.", "Không thuộc bậc nào: 0 điểm.", "Kết quả: 0 điểm."],
        ),
        (
            {"type": "tier", "by": "ratio", "rows": [["90", "5"]]},
            {"target": "0", "actual": "1"},
            ["Chỉ tiêu bằng 0: không có mức để đạt, tính 0 điểm.", "Kết quả: 0 điểm."],
        ),
        (
            {"type": "anchors", "max": "4", "by": "ratio", "anchors": [["100", "1"], ["50", "0.5"]]},
            {"target": "0", "actual": "1"},
            ["Chỉ tiêu bằng 0: không có mức để đạt, tính 0 điểm.", "Kết quả: 0 điểm."],
        ),
        (
            {"type": "deduct", "max": "10", "events": [{"key": "m", "name": "Nhẹ", "points": "2", "cap": "3"}]},
            {"counts": {"m": 2}},
            ["Nhẹ: 2 × 2 = 4, chỉ trừ nhiều nhất 3.", "10 − 3 = 7.", "Kết quả: 7 điểm."],
        ),
        (
            {"type": "deduct", "max": "1", "events": [{"key": "m", "points": "2"}]},
            {"counts": {"m": 1}},
            ["m: 1 × 2 = 2.", "1 − 2 = −1.", "Không dưới mức tối thiểu 0 điểm.", "Kết quả: 0 điểm."],
        ),
        (
            {"type": "deduct", "max": "1", "events": [{"key": "m", "points": "2"}]},
            {"counts": {}},
            ["Không có vụ việc nào phải trừ.", "Kết quả: 1 điểm."],
        ),
        ({"type": "late", "max": "5", "per_day": "1"}, {"days_late": None}, ["Không nộp: 0 điểm.", "Kết quả: 0 điểm."]),
    ],
)
def test_the_steps_in_words(spec, value, steps):
    assert told(spec, value)[1] == steps


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ({"type": "manual", "max": "10", "step": "0.5"}, "Người chấm cho từ 0 đến 10 điểm, theo bước 0,5."),
        ({"type": "manual", "max": "10"}, "Người chấm cho từ 0 đến 10 điểm."),
        ({"type": "percent", "max": "10"}, "Đạt từ 100% chỉ tiêu được 10 điểm; thấp hơn thì được điểm theo tỷ lệ."),
        (
            {"type": "step_deduct_percent", "max": "10", "points": "0.2", "count": "started"},
            "Đạt chỉ tiêu được 10 điểm; cứ thiếu 1% thì trừ 0,2 điểm (chưa đủ một bước cũng trừ), không dưới 0 điểm.",
        ),
        (
            {"type": "percent", "max": "10", "zero_below": "0.5", "better": "lower"},
            "Đạt từ 100% chỉ tiêu được 10 điểm; thấp hơn thì theo tỷ lệ; dưới 50% không có điểm. Kết quả càng thấp càng tốt.",
        ),
        (
            {"type": "step_deduct_percent", "max": "10", "points": "0.2", "better": "lower"},
            "Không quá chỉ tiêu được 10 điểm; cứ vượt 1% thì trừ 0,2 điểm (đủ một bước mới trừ), không dưới 0 điểm.",
        ),
        ({"type": "tier", "by": "ratio", "rows": [["90", "5"]]}, "Theo bậc: ≥ 90%: 5 điểm; còn lại: 0 điểm."),
        ({"type": "tier", "better": "lower", "rows": [["0", "5"], [None, "1"]]}, "Theo bậc: ≤ 0: 5 điểm; còn lại: 1 điểm."),
        (
            {"type": "disqualifier", "effects": [{"effect": "no_rank"}, {"effect": "ceiling", "target": "B"}]},
            "Khi xảy ra: không xếp hạng; xếp loại không quá B.",
        ),
    ],
)
def test_how_a_rule_says_that_it_counts(spec, sentence):
    assert read_rule(spec).sentence() == sentence


def test_a_disqualifier_that_happened_hands_on_its_effects():
    rule = read_rule({"type": "disqualifier", "effects": [{"effect": "ceiling", "target": "B"}]})
    happened, not_so = (score(rule, Entry.of({"happened": answer})) for answer in (True, False))
    assert (happened.points, happened.effects) == (None, (Effect("ceiling", "B"),))
    assert (not_so.points, not_so.effects, not_so.steps) == (None, (), ["Không xảy ra."])


def test_what_gives_no_points_is_open_while_empty_and_left_out_when_exempt():
    rule = read_rule({"type": "info"})
    assert score(rule, EMPTY).is_open
    assert score(rule, EXEMPT).points is None


def test_a_cell_says_its_state():
    assert Entry.of({"missing": True}).state == State.EMPTY
    assert Entry.of({"points": "0"}).state == State.ENTERED


def test_facts_that_do_not_fit_are_refused_not_counted():
    with pytest.raises(Faulty):
        told({"type": "percent", "max": "5"}, {"target": "800"})


def test_a_faulty_cell_of_another_unit_cannot_lead():
    rule = read_rule({"type": "leader_relative", "max": "10"})
    own = Entry.of({"target": "10", "actual": "12"})
    assert score(rule, own, [Entry.of({"target": "10", "actual": "nhiều"})]).points == Decimal("10.00")


def test_correcting_the_leader_moves_the_others():
    rule = read_rule({"type": "leader_relative", "max": "10"})
    other = Entry.of({"target": "10", "actual": "11"})
    before, after = ([Entry.of({"target": "10", "actual": actual}), other] for actual in ("12", "15"))
    assert [score_all(rule, bloc)[1].points for bloc in (before, after)] == [Decimal("7.50"), Decimal("6.00")]


def test_a_rule_that_couples_nobody_looks_at_nobody():
    assert read_rule({"type": "yes_no", "max": "5"}).survey([{"yes": True}]) is None


class TestByHand:
    """Points that a scorer sets instead of what the rule makes of the facts."""

    PERCENT = {"type": "percent", "max": "10"}
    MANUAL = {"type": "manual", "max": "10", "step": "0.5"}
    RELATIVE = {"type": "leader_relative", "max": "10"}

    @staticmethod
    def given(spec, points, value=None, places=2):
        return score(read_rule(spec), Entry(State.ENTERED, value or {}, Decimal(points)), places=places)

    @pytest.mark.parametrize(
        ("spec", "points", "said"),
        [
            (PERCENT, "7.5", "7,5 điểm"),
            (PERCENT, "0", "0 điểm"),
            (PERCENT, "10.00", "10 điểm"),
            (MANUAL, "9.5", "9,5 điểm"),
            ({"type": "yes_no", "max": "5", "no": "-2"}, "-1.25", "−1,25 điểm"),
        ],
    )
    def test_one_step_says_them(self, spec, points, said):
        outcome = self.given(spec, points)
        assert (outcome.points, outcome.points.as_tuple().exponent) == (Decimal(points), -2)
        assert outcome.steps == [f"Điểm do người chấm cho trực tiếp: {said}."]
        assert not outcome.is_open

    def test_facts_beside_them_do_not_count(self):
        assert self.given(self.PERCENT, "7.5", {"target": "10", "actual": "10"}).points == Decimal("7.50")

    @pytest.mark.parametrize(
        ("spec", "points", "said"),
        [
            (PERCENT, "10.01", "Điểm cho trực tiếp: không lớn hơn 10."),
            (PERCENT, "-0.01", "Điểm cho trực tiếp: không nhỏ hơn 0."),
            (PERCENT, "1E+9", "Điểm cho trực tiếp: không lớn hơn 10."),
            (PERCENT, "NaN", "Điểm cho trực tiếp: nhập một số, ví dụ 12.5."),
            (PERCENT, "7.125", "Điểm cho trực tiếp: không quá 2 chữ số thập phân."),
            (MANUAL, "7.25", "Điểm: phải là bội số của 0,5."),
            ({"type": "info"}, "1", "Tiêu chí này không cho điểm, nên không cho điểm trực tiếp được."),
            (
                {"type": "disqualifier", "effects": [{"effect": "no_rank"}]},
                "0",
                "Tiêu chí này không cho điểm, nên không cho điểm trực tiếp được.",
            ),
        ],
    )
    def test_what_is_refused(self, spec, points, said):
        with pytest.raises(Faulty) as refused:
            self.given(spec, points)
        assert [fault.sentence for fault in refused.value.faults] == [said]
        assert refused.value.faults[0].place == "points"

    def test_no_finer_than_the_set_rounds(self):
        assert self.given(self.PERCENT, "7", places=0).points == 7
        with pytest.raises(Faulty, match="không quá 0 chữ số"):
            self.given(self.PERCENT, "7.5", places=0)

    def test_the_facts_beside_them_still_lead_the_bloc(self):
        led = Entry.of({"target": "10", "actual": "11"})
        leader = Entry(State.ENTERED, {"target": "10", "actual": "12"}, Decimal(1))
        rule = read_rule(self.RELATIVE)
        assert [outcome.points for outcome in score_all(rule, [led, leader])] == [Decimal("7.50"), Decimal("1.00")]
        silent = Entry(State.ENTERED, {}, Decimal(1))
        assert [outcome.points for outcome in score_all(rule, [led, silent])] == [Decimal("10.00"), Decimal("1.00")]

    def test_every_type_that_counts_takes_them(self):
        assert {name for name, kind in TYPES.items() if not kind.counts} == {"info", "disqualifier"}
