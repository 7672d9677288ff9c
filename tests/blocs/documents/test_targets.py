"""Tables of targets."""

import pytest

from blocs.documents.targets import indicator_rows, printed_value, unit_tables
from blocs.texts import IndicatorText

NAMES = {"7": "Công an xã A", "9": "Công an xã B"}


def indicator(number: int, *, bloc_value: str = "", **unit_values: str) -> IndicatorText:
    values = {key.removeprefix("unit"): value for key, value in unit_values.items()}
    return IndicatorText(f"n{number}", f"Chỉ tiêu {number}", "%", "higher", bloc_value, values)


@pytest.mark.parametrize(
    ("value", "direction", "printed"),
    [
        ("80", "higher", "≥ 80"),
        ("12.5", "lower", "≤ 12,5"),
        ("0", "lower", "≤ 0"),
        ("3", "exact", "3"),
        ("1500000", "exact", "1.500.000"),
        ("1234567.25", "higher", "≥ 1.234.567,25"),
        ("-5", "exact", "-5"),
        ("", "higher", ""),
    ],
)
def test_values_are_printed_with_decimal_comma_and_sign(value, direction, printed):
    assert printed_value(value, direction) == printed


def test_indicators_with_a_value_for_the_bloc_are_listed_in_order():
    rows = indicator_rows([indicator(1, bloc_value="80"), indicator(2, unit7="1"), indicator(3)])
    assert [(row.number, row.bloc_value, row.is_per_unit) for row in rows] == [(1, "≥ 80", False), (2, "", True), (3, "", False)]


def test_without_any_value_for_the_bloc_there_is_no_common_table():
    assert indicator_rows([indicator(1, unit7="1")]) == []
    assert indicator_rows([]) == []


def test_units_stand_in_order_of_their_seats_with_blanks_where_nothing_is_set():
    (table,) = unit_tables([indicator(1, unit9="2.5")], NAMES)
    assert table.heads == ["Chỉ tiêu 1 (%)"]
    assert table.rows == [("Công an xã A", [""]), ("Công an xã B", ["≥ 2,5"])]


def test_many_indicators_are_spread_over_tables_of_four():
    tables = unit_tables([indicator(number, unit7="1") for number in range(9)], NAMES)
    assert [len(table.heads) for table in tables] == [4, 4, 1]


def test_units_that_have_no_seat_are_left_out():
    assert unit_tables([indicator(1, unit3="1")], NAMES) == []
