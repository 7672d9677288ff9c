"""The invitation to a conference (giấy mời, Decree 30/2020, Appendix III), to all units with a list or to one of them."""

from dataclasses import dataclass, field
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation

from emulation.lib import clock
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.lines import balanced_lines
from emulation.pdf.sheet import sheet, title_lines

_CELL_WIDTH = 77 * 72 / 25.4
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True)
class InvitationText:
    """What an invitation says; names are those valid on its date. `agenda`: time (or ""), what, by whom."""

    event: str
    host_name: str
    guests: list[str]
    starts_at: datetime
    venue: str
    presiding_leader: str = ""
    chair: str = ""
    agenda: list[tuple[str, str, str]] = field(default_factory=list)
    note: str = ""
    signing_for: str = ""
    signing_role: str = ""
    signing_title: str = ""
    signer: str = ""
    recipients: list[str] = field(default_factory=list)


def invitation_html(text: InvitationText, frame: DocumentFrame) -> str:
    """The HTML of an invitation for `emulation.pdf.render.render`; always Vietnamese."""
    with translation.override("vi"):
        return render_to_string("documents/invitation.html", _context(text, frame))


def written_moment(moment: datetime) -> str:
    """A moment as a document writes it: "14 giờ 00 phút, thứ Tư, ngày 04 tháng 3 năm 2020"."""
    local = clock.local(moment)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"{local:%H} giờ {local:%M} phút, {_WEEKDAYS[local.weekday()]}, ngày {local.day:02d} tháng {month} năm {local.year}"


def _context(text: InvitationText, frame: DocumentFrame) -> dict[str, object]:
    event = text.event[:1].lower() + text.event[1:]
    facts = [
        ("Thời gian", f"{written_moment(text.starts_at)}."),
        ("Địa điểm", f"{text.venue}."),
        ("Dự và chỉ đạo", f"Đồng chí {text.presiding_leader}." if text.presiding_leader else ""),
        ("Chủ trì", f"{text.chair}." if text.chair else ""),
    ]
    return {
        "frame": frame,
        "sheet": sheet(frame),
        "document_title": f"Giấy mời dự {event}",
        "subject_lines": title_lines(f"Dự {event}"),
        "one_guest": text.guests[0] if len(text.guests) == 1 else "",
        "guests": _listed(text.guests),
        "host_name": text.host_name,
        "event": event,
        "facts": [(label, value) for label, value in facts if value],
        "agenda": text.agenda,
        "has_times": any(time for time, _title, _by in text.agenda),
        "notes": [line.strip() for line in text.note.splitlines() if line.strip()],
        "signing_for": text.signing_for.upper(),
        "signing_role": text.signing_role.upper(),
        "signing_lines": balanced_lines(text.signing_title.upper(), face="bold", size=13, width=_CELL_WIDTH),
        "signer": text.signer,
        "copies": _listed(text.recipients),
    }


def _listed(items: list[str]) -> list[str]:
    """One item a line, each ended by a semicolon and the last by a full stop."""
    return [f"{item}{';' if place < len(items) else '.'}" for place, item in enumerate(items, start=1)]
