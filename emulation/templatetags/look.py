"""The component kit's tags. Each fills the template of its name in templates/components/, whose head says what it takes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.lib.time_left import time_left
from emulation.lib.verdict import Verdict

register = template.Library()

# Each state's own icon; `badge` may be given another.
STATE_ICONS = {
    "ok": "check",
    "wait": "clock",
    "late": "clock-exclamation",
    "info": "messages",
    "doing": "progress",
    "done": "check",
    "mine": "writing",
    "refused": "ban",
    "neutral": "archive",
    "void": "circle-x",
}
NOTICE_ICONS = {
    "ok": "circle-check",
    "wait": "alert-triangle",
    "late": "alert-triangle",
    "info": "info-circle",
    "neutral": "info-circle",
}
MESSAGE_KINDS = {"success": "ok", "warning": "wait", "error": "late", "info": "info", "debug": "neutral"}
LEADING_ROLES = {"leader", "deputy"}

# A refused button points to its reason by an id, which must not occur twice on a page.
_reason_numbers = count(1)


def _state(row: Any) -> str:
    """The state of a row, which may be a mapping or an object, as in a template."""
    return row["state"] if isinstance(row, Mapping) else row.state


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A decorative icon: `{% icon "check" %}`. The words beside it carry the meaning."""
    return format_html('<i class="ti ti-{}{}" aria-hidden="true"></i>', name, f" k-icon-{size}" if size else "")


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    kind: str = "secondary",
    icon: str = "",
    url: str = "",
    post: str = "",
    verdict: Verdict | None = None,
    size: str = "",
    reason_at: str = "under",
    name: str = "",
    value: Any = "",
    dialog: str = "",
    **attributes: Any,
) -> dict[str, Any]:
    """A button, or the same button disabled with its verdict's reason."""
    reason = "" if verdict is None else verdict.reason
    attrs = {key.replace("_", "-"): value for key, value in attributes.items()}
    return {
        "label": label,
        "classes": " ".join(part for part in ("k-button", f"k-{kind}", f"k-{size}" if size else "") if part),
        "icon": icon,
        "url": url,
        "post": post,
        "reason": reason,
        "reason_id": f"ly-do-{next(_reason_numbers)}" if reason else "",
        "reason_at": reason_at,
        "name": name,
        "value": str(value),  # never localised: 12345, not 12.345
        "dialog": dialog,
        "attrs": flatatt(attrs),
    }


@register.inclusion_tag("components/badge.html")
def badge(kind: str, words: str, icon: str = "", bare: bool = False) -> dict[str, Any]:
    """A state in words, with its icon and tint."""
    return {"kind": kind, "words": words, "icon": icon or STATE_ICONS.get(kind, ""), "bare": bare}


@register.inclusion_tag("components/role.html")
def role(code: str, label: str) -> dict[str, Any]:
    """The role of a unit in its bloc, worded as in the document; leader and deputy carry the gold bar."""
    return {"label": _(label), "leading": code in LEADING_ROLES}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, words: str, bar: bool = True) -> dict[str, Any]:
    """How many of how many: "5/9 đã ký"."""
    return {"done": done, "total": total, "words": words, "bar": bar}


@register.inclusion_tag("components/deadline.html")
def deadline(moment: date | datetime | None, label: str = "", style: str = "", met: bool = False) -> dict[str, Any]:
    """A deadline with how long is left in words."""
    return {
        "moment": moment,
        "has_time": isinstance(moment, datetime),
        "left": None if moment is None or met else time_left(moment),
        "label": label,
        "style": style,
    }


@register.inclusion_tag("components/step_line.html")
def step_line(steps: Sequence[Any], label: str = "", compact: bool = False) -> dict[str, Any]:
    """The year as a line of steps; bars and one sentence when compact, and always on phones."""
    numbered = list(enumerate(steps, 1))
    current = next((pair for state in ("now", "late") for pair in numbered if _state(pair[1]) == state), None)
    return {
        "steps": steps,
        "label": label,
        "compact": compact,
        "number": current[0] if current else 0,
        "current": current and current[1],
        "finished": all(_state(step) == "done" for step in steps),
    }


@register.inclusion_tag("components/seats.html")
def seats(seats: Sequence[Any], label: str, note: str = "", numbers: bool = False) -> dict[str, Any]:
    """Who has signed, seat by seat."""
    done = sum(_state(seat) == "signed" for seat in seats)
    return {"seats": seats, "label": label, "note": note, "numbers": numbers, "done": done, "total": len(seats)}


@register.inclusion_tag("components/person.html")
def person(name: str, line: str = "") -> dict[str, Any]:
    """A person with rank, and in what position."""
    return {"name": name, "line": line}


@register.inclusion_tag("components/facts.html")
def facts(rows: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Names and values in two columns; empty values are left out."""
    return {"rows": [(label, value) for label, value in rows if value not in (None, "")]}


@register.inclusion_tag("components/answers.html")
def answers(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Questions with their answers, each with a neutral icon."""
    return {"rows": rows}


@register.inclusion_tag("components/verdict.html")
def verdict_panel(kind: str, sentence: str, note: str = "", icon: str = "file-check", level: int = 2) -> dict[str, Any]:
    """One answer in one sentence."""
    return {"kind": kind, "sentence": sentence, "note": note, "icon": icon, "level": level}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Mapping[str, Any]], label: str, style: str = "tabs") -> dict[str, Any]:
    """Views of one page as links: tabs over a card, or segments of a filter."""
    return {"items": items, "label": label, "style": style}


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What comes, by day."""
    return {"entries": entries}


@register.inclusion_tag("components/happened.html")
def happened(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What happened, by time."""
    return {"entries": entries}


@register.inclusion_tag("components/save_state.html")
def save_state(state: str = "saved", at: datetime | str | None = None) -> dict[str, Any]:
    """Where the typed text is: autosave.js changes the state, the words stand here."""
    return {"state": state, "at": at, "is_today": isinstance(at, datetime) and clock.local(at).date() == clock.today()}


@register.inclusion_tag("components/redline.html")
def redline(parts: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Two texts as one, with what was taken out and put in."""
    return {"parts": parts}


@register.inclusion_tag("components/thumb.html")
def thumb(picture: str, title: str, url: str = "") -> dict[str, Any]:
    """The first page of a document, small."""
    return {"picture": picture, "title": title, "url": url}


@register.inclusion_tag("components/viewer.html")
def viewer(pages: Sequence[Mapping[str, Any]], title: str, text: str = "", name: str = "van-ban") -> dict[str, Any]:
    """The pages of a document as pictures, or as text."""
    return {"pages": pages, "title": title, "text": text, "name": name, "total": len(pages)}


@register.inclusion_tag("components/conflict.html")
def conflict() -> dict[str, Any]:
    """The two values of one cell, for autosave.js to show when another person has saved first."""
    return {}


@register.inclusion_tag("components/secret_reminder.html")
def secret_reminder() -> dict[str, Any]:
    """The line on state secrets: on the log-in page and wherever texts are written or uploaded."""
    return {}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Any) -> dict[str, Any]:
    """Earlier and later pages of a long list."""
    return {"page": page, "request": context.get("request")}


@register.simple_block_tag
def card(
    content: str, title: str = "", note: str = "", url: str = "", link: str = "", kind: str = "", flush: bool = False
) -> str:
    """A card around the block's content."""
    context = {"content": content, "title": title, "note": note, "url": url, "link": link, "kind": kind, "flush": flush}
    return render_to_string("components/card.html", context)


@register.simple_block_tag
def notice(content: str, kind: str = "info", icon: str = "") -> str:
    """A strip with what the system has to say. `kind` may be a tag of Django's messages."""
    kind = MESSAGE_KINDS.get(kind, kind)
    context = {"content": content, "kind": kind, "icon": icon or NOTICE_ICONS.get(kind, "info-circle")}
    return render_to_string("components/notice.html", context)


@register.simple_block_tag
def empty(content: str, sentence: str) -> str:
    """Nothing here: one sentence, and the next date or the last document as the block's content."""
    return render_to_string("components/empty.html", {"content": content, "sentence": sentence})


@register.simple_block_tag
def more(content: str, label: str, is_open: bool = False) -> str:
    """Details that open on demand."""
    return render_to_string("components/more.html", {"content": content, "label": label, "is_open": is_open})


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> str:  # noqa: A002 (the attribute's own name)
    """A dialog that a `button` with dialog=id opens; without scripts that button is a link to a page of its own."""
    return render_to_string("components/dialog.html", {"content": content, "id": id, "title": title})


@register.simple_block_tag
def crumb(content: str, url: str = "") -> str:
    """One step of the way to this page: a link, or plain words for the page itself."""
    words = format_html('<a href="{}">{}</a>', url, content) if url else content
    return format_html('<span class="k-crumb">{}</span>', words)
