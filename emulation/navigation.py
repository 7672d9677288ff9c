"""The shell of every page: letterhead, menu by role, notices. Built from the same questions as the policies."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from emulation.inbox.domain import notices
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    active: bool
    count: int = 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the layout shows around each page."""
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "actor_choices": getattr(request, "positions", []),
        "navigation": SimpleLazyObject(lambda: menu(request, actor)),
        "letterhead": SimpleLazyObject(units.letterhead),
        "unread_notices": SimpleLazyObject(lambda: notices.unread(actor.user) if actor else 0),
        "is_demonstration": SimpleLazyObject(lambda: units.letterhead().is_demonstration),
        "theme": request.COOKIES.get("theme", "auto"),
        "debug": settings.DEBUG,
    }


def menu(request: HttpRequest, actor: Actor | None) -> list[MenuItem]:
    """The menu words of this actor, at most six; people and administration stand in the menu of whoever works in a post."""
    if actor is None:
        return []
    entries: list[tuple[str, str]] = [(_("Việc cần làm"), "home")]
    if actor.position:
        if actor.is_office or actor.is_provincial_leader:
            entries.append((_("Theo dõi các khối"), "board"))
        entries += [(pgettext("menu", "Khối thi đua"), "blocs"), (pgettext("menu", "Văn bản"), "documents")]
        entries += [(pgettext("menu", "Chấm điểm"), "campaigns"), (pgettext("menu", "Báo cáo"), "periods")]
    elif actor.is_administrator:
        entries += [(_("Cán bộ"), "people"), (pgettext("menu", "Quản trị"), "admin:index")]
    current = request.resolver_match.url_name if request.resolver_match else ""
    section = getattr(request.resolver_match.func, "menu", current) if request.resolver_match else ""
    if request.resolver_match and request.resolver_match.app_name == "admin":
        section = "admin:index"
    return [MenuItem(label, reverse(name), active=name in (current, section)) for label, name in entries]
