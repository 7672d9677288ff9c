"""The tables of targets: one for the bloc as a whole, and narrow ones with a row for each unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocs.texts import IndicatorText

_SIGNS = {"higher": "≥ ", "lower": "≤ ", "exact": ""}
# More columns than this do not leave room for the indicators' names on an upright page.
_COLUMNS = 4


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator with the bloc's target; `is_per_unit` when only the units have one."""

    number: int
    name: str
    measure: str
    bloc_value: str
    is_per_unit: bool


@dataclass(frozen=True)
class UnitTable:
    """Targets of the units: column heads with the measure, and a row for each unit in the order of seats."""

    heads: list[str]
    rows: list[tuple[str, list[str]]]


def indicator_rows(indicators: Sequence[IndicatorText]) -> list[IndicatorRow]:
    """The indicators in order, or nothing when the bloc as a whole has no target at all: then the units' tables say everything."""
    if not any(indicator.bloc_value for indicator in indicators):
        return []
    return [
        IndicatorRow(
            number=number,
            name=indicator.name,
            measure=indicator.measure,
            bloc_value=printed_value(indicator.bloc_value, indicator.direction),
            is_per_unit=not indicator.bloc_value and any(indicator.unit_values.values()),
        )
        for number, indicator in enumerate(indicators, start=1)
    ]


def unit_tables(indicators: Sequence[IndicatorText], unit_names: dict[str, str]) -> list[UnitTable]:
    """Tables of at most four indicators each, for the indicators that have a target for some unit."""
    per_unit = [indicator for indicator in indicators if any(indicator.unit_values.get(unit_id) for unit_id in unit_names)]
    chunks = [per_unit[first : first + _COLUMNS] for first in range(0, len(per_unit), _COLUMNS)]
    return [_unit_table(chunk, unit_names) for chunk in chunks]


def printed_value(value: str, direction: str) -> str:
    """A canonical decimal as a Vietnamese reader expects it: "12.5" at least is "≥ 12,5", "1500000" is "1.500.000", nothing is ""."""
    if not value:
        return ""
    whole, _, fraction = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return _SIGNS[direction] + sign + grouped + (f",{fraction}" if fraction else "")


def _unit_table(indicators: Sequence[IndicatorText], unit_names: dict[str, str]) -> UnitTable:
    heads = [f"{indicator.name} ({indicator.measure})" if indicator.measure else indicator.name for indicator in indicators]
    rows = [
        (name, [printed_value(indicator.unit_values.get(unit_id, ""), indicator.direction) for indicator in indicators])
        for unit_id, name in unit_names.items()
    ]
    return UnitTable(heads, rows)
