"""Numbers: no float gets in, one rounding, one way of writing."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.numbers import NotExact, added, equals, exact, percentage, plain, rounded, written


@pytest.mark.parametrize(
    ("given_", "value"),
    [
        ("12.5", "25/2"),
        (" 7 ", "7"),
        ("-0.25", "-1/4"),
        ("+3", "3"),
        (4, "4"),
        (Decimal("1.10"), "11/10"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_what_can_be_taken_exactly(given_, value):
    assert exact(given_) == Fraction(value)


@pytest.mark.parametrize(
    "given_",
    [1.5, True, None, "", "1,5", "1e9", "12.1234567", "12345678901234", "١٢", "NaN", Decimal("NaN"), Decimal("Infinity"), []],
)
def test_what_cannot(given_):
    with pytest.raises(NotExact):
        exact(given_)


@pytest.mark.parametrize(
    ("value", "places", "points"),
    [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.124999", 2, "0.12"),
        ("-0.001", 2, "0.00"),
        ("2.5", 0, "3"),
        ("1/3", 2, "0.33"),
        ("2/3", 2, "0.67"),
        ("1000", 2, "1000.00"),
    ],
)
def test_half_away_from_zero(value, places, points):
    assert str(rounded(Fraction(value), places)) == points


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=4))
def test_rounding_is_off_by_half_a_step_at_most_and_symmetric(value, places):
    found = rounded(value, places)
    assert abs(Fraction(found) - value) <= Fraction(1, 2 * 10**places)
    assert rounded(-value, places) == -found
    assert rounded(Fraction(found), places) == found


def test_no_context_changes_it():
    with localcontext(prec=3):
        assert str(rounded(Fraction("123456.785"))) == "123456.79"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("1234.50"), "1.234,5"),
        (Fraction(1, 3), "≈ 0,3333"),
        (Fraction("3.95625"), "3,95625"),
        (Fraction("0.12345678"), "≈ 0,1235"),
        (Decimal("-2.00"), "−2"),
        (1000000, "1.000.000"),
        (0, "0"),
    ],
)
def test_as_people_read_it(value, text):
    assert written(value) == text


def test_an_english_reader_sees_a_decimal_point():
    with translation.override("en"):
        assert written(Fraction("1234.5")) == "1,234.5"


def test_the_end_of_a_calculation():
    assert [equals(Fraction(1, 2)), equals(Fraction(2, 3)), percentage(Fraction("0.79125"))] == ["= 0,5", "≈ 0,6667", "79,125%"]


def test_one_spelling_for_json():
    assert [plain(Fraction("12.50")), plain(Decimal("80.0000")), plain(Fraction(-3))] == ["12.5", "80", "-3"]
    with pytest.raises(NotExact):
        plain(Fraction(1, 3))


@given(st.lists(st.fractions(max_denominator=1000) | st.decimals(-1000, 1000, places=2)))
def test_a_sum_is_exact(values):
    assert added(values) == sum((Fraction(value) for value in values), Fraction(0))
