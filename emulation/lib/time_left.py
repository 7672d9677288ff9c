"""How long is left until a deadline, in words: hours on the last day, days before that, and how late afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emulation.lib import clock


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The words, and whether the deadline is today or past (both are shown as late)."""

    words: str
    is_today: bool
    is_past: bool

    @property
    def is_pressing(self) -> bool:
        return self.is_today or self.is_past


def time_left(deadline: date | datetime) -> TimeLeft:
    """How long from now until the deadline. A plain date lasts until its end; days are those of Việt Nam's calendar."""
    now = clock.local(clock.now())
    moment = clock.local(deadline) if isinstance(deadline, datetime) else None
    days = ((moment.date() if moment else deadline) - now.date()).days
    is_past = moment < now if moment else days < 0
    return TimeLeft(_words(days, moment, now, is_past=is_past), is_today=days == 0 and not is_past, is_past=is_past)


def _words(days: int, moment: datetime | None, now: datetime, *, is_past: bool) -> str:
    if days == 0 and moment is None:
        return _("hết hôm nay")
    if days == 0 and moment is not None:
        span = _hours_and_minutes(int(abs(moment - now).total_seconds()) // 60)
    else:
        span = ngettext("%(days)s ngày", "%(days)s ngày", abs(days)) % {"days": abs(days)}
    return (_("trễ %(span)s") if is_past else _("còn %(span)s")) % {"span": span}


def _hours_and_minutes(minutes: int) -> str:
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return ngettext("%(minutes)s phút", "%(minutes)s phút", minutes) % {"minutes": minutes}
    if not minutes:
        return ngettext("%(hours)s giờ", "%(hours)s giờ", hours) % {"hours": hours}
    return _("%(hours)s giờ %(minutes)s phút") % {"hours": hours, "minutes": minutes}
