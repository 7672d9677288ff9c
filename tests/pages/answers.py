"""A line of the walk over all addresses, and the patterns of answers by role that most lines follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulation.lib import clock
from tests.pages.world import ROLES

Answers = Mapping[str, int]

# Members of the bloc, its office and the provincial leaders see; to everybody else it does not exist.
SEEN: Answers = dict.fromkeys(ROLES, 200) | {"visitor": 302, "stranger": 404, "other_office": 404, "administrator": 404}
# A first draft exists only for those who write it and those above.
HIDDEN_DRAFT: Answers = {**SEEN, "member": 404}
DRAFTING: Answers = {**SEEN, "member": 403, "director": 403}
REMARKING: Answers = {**SEEN, "director": 403}
EVERYBODY: Answers = dict.fromkeys(ROLES, 200)
SIGNED_IN: Answers = {**EVERYBODY, "visitor": 302}
NOBODY: Answers = dict.fromkeys(ROLES, 403) | {"visitor": 302, "stranger": 404, "other_office": 404, "administrator": 404}


def redirected(pattern: Answers, *roles: str) -> Answers:
    """The same pattern after a POST that succeeds: 302 where the page would be shown."""
    return {role: 302 if status == 200 or role in roles else status for role, status in pattern.items()}


def only(*roles: str, status: int = 302, of: Answers = NOBODY) -> Answers:
    """Allowed to these roles, refused with a reason to the others who may see."""
    return {**of, **dict.fromkeys(roles, status)}


def moment_now() -> str:
    return f"{clock.local(clock.now()):%d/%m/%Y %H:%M}"


@dataclass(frozen=True)
class Row:
    name: str
    of: str = ""
    keys: str = ""
    answers: Answers = field(default_factory=lambda: SEEN)
    send: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
