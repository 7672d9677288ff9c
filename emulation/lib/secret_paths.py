"""Addresses that open something to whoever knows them: what logs may write of them.

Who reads logs must come by nobody's calendar and by nobody's link to set a password.
"""

import logging
import re

_SECRET = re.compile(r"(/lich/)[^/\s]+(?=\.ics)|(/dat-mat-khau/)[^/\s]+")


def masked(text: str) -> str:
    """The text with *** instead of the secrets in such addresses."""
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}***", text)


class SecretPathFilter(logging.Filter):
    """Masks them in each log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if (shown := masked(said)) != said:
            record.msg, record.args = shown, ()
        return True
