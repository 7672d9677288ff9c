"""What else can be verified anew, besides what the records themselves know: other rooms register, `manage.py verify_records` asks."""

from collections.abc import Callable, Iterator

Check = Callable[[], Iterator[str]]

_checks: list[Check] = []


def register(check: Check) -> None:
    """Add a check; once. It gives a line for each break."""
    if check not in _checks:
        _checks.append(check)


def broken() -> Iterator[str]:
    """Every break that some check finds."""
    for check in _checks:
        yield from check()
