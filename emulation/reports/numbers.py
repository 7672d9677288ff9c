"""Numbers of reports as people read them on the screen: nothing where there is none."""

from decimal import Decimal

from scoring.rules.numbers import written


def figure(value: str) -> str:
    """ "1.234,5" of "1234.5"."""
    return written(Decimal(value)) if value else ""


def share(value: Decimal | None) -> str:
    """A share in hundredths."""
    return "" if value is None else written(value)


def change(value: Decimal | None) -> str:
    """A change in hundredths, with its sign."""
    return "" if value is None else f"{'+' if value > 0 else ''}{written(value)}"
