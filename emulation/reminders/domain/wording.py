"""What reminders say: the kind of work, the bloc, the day, the link; never a word of a document."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.inbox.dues import Due
from emulation.lib.time_left import time_left

MOST_IN_A_NOTICE = 3


def line(due: Due) -> str:
    """ "Gửi ý kiến về dự thảo (Khối thi đua …, năm 2020): hạn 04/03/2020, còn 3 ngày"."""
    said = {"work": due.work, "bloc": due.bloc_name, "year": str(due.year), "day": f"{due.day:%d/%m/%Y}"}
    said["left"] = time_left(due.moment).words
    return _("%(work)s (%(bloc)s, năm %(year)s): hạn %(day)s, %(left)s") % said


def notice(dues: Sequence[Due], unit_ids: frozenset[int]) -> tuple[str, str]:
    """The notice to one person, with its page: about one thing, or about several at once."""
    if len(dues) == 1:
        return _("Nhắc việc: %(line)s.") % {"line": line(dues[0])}, page(dues[0], unit_ids)
    late = sum(due.is_past for due in dues)
    works = "; ".join(dict.fromkeys(str(due.work) for due in dues[:MOST_IN_A_NOTICE]))
    head = _("Nhắc việc: %(n)d việc đến gần hạn, %(late)d việc quá hạn: %(works)s.")
    return head % {"n": len(dues) - late, "late": late, "works": works}, reverse("calendar")


def subject(dues: Sequence[Due]) -> str:
    """The subject of a mail."""
    late = sum(due.is_past for due in dues)
    return _("Nhắc việc: %(n)d việc, trong đó %(late)d việc quá hạn") % {"n": len(dues), "late": late}


def text(dues: Sequence[Due], unit_ids: frozenset[int]) -> str:
    """The text of a mail: a line and a link for each, the most pressing first."""
    rows = [f"- {line(due)}\n  {settings.PUBLIC_BASE_URL}{page(due, unit_ids)}" for due in sorted(dues, key=lambda due: due.day)]
    foot = _("Đổi cách nhận hoặc thôi nhận thư: %(link)s") % {"link": preferences()}
    return "\n".join([_("Các việc của đồng chí theo lịch thi đua:"), "", *rows, "", foot, ""])


def preferences() -> str:
    """The address at which one stops the mail."""
    return f"{settings.PUBLIC_BASE_URL}{reverse('reminders')}"


def page(due: Due, unit_ids: frozenset[int]) -> str:
    """The page of the unit that does it to those who work there, to others that of the watchers."""
    return due.path_for(due.unit_id if due.unit_id in unit_ids else None)
