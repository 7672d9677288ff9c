"""Writes docs/reference.md from the code: moves, who may do what, events. `--check` fails when the file is stale."""

import inspect
import os
import sys
from pathlib import Path
from types import ModuleType

import django

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference.md"


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emulation.settings")
    django.setup()
    text = compose()
    if "--check" in sys.argv:
        return int(not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


def compose() -> str:
    """The whole page."""
    from blocs import conference_policies
    from blocs import policies as bloc_policies
    from blocs.workflow import CONFERENCE, DOCUMENT, MINUTES
    from emulation.lib.workflow import Workflow
    from emulation.organisation import policies as organisation_policies
    from emulation.records.events import Event
    from emulation.signing import policies as signing_policies
    from emulation.signing.workflow import PAPER, ROUND, SLOT

    tables: list[tuple[str, Workflow]] = [
        ("BlocDocument", DOCUMENT),
        ("Conference", CONFERENCE),
        ("Minutes", MINUTES),
        ("Signing round", ROUND),
        ("Slot", SLOT),
        ("Record of a signing on paper", PAPER),
    ]
    lines = ["# Reference", "", "Written by `deploy/reference.py` from the code; do not edit.", "", "## Moves", ""]
    for name, workflow in tables:
        lines += [f"### {name}", "", "| Verb | From | To | On the screen |", "| --- | --- | --- | --- |"]
        moves = workflow.moves.values()
        lines += [f"| {move.verb} | {', '.join(map(str, move.sources))} | {move.target!s} | {move.label} |" for move in moves]
        lines.append("")
    lines += ["## Who may do what", "", "| Question | Rule |", "| --- | --- |"]
    for module in (organisation_policies, bloc_policies, conference_policies, signing_policies):
        lines += [f"| `{module.__name__.split('.')[-2]}.{name}` | {rule} |" for name, rule in questions(module)]
    lines += ["", "## Events", "", "| Event | In the audit trail |", "| --- | --- |"]
    lines += [f"| {event.value} | {event.label} |" for event in Event]
    return "\n".join(lines) + "\n"


def questions(module: ModuleType) -> list[tuple[str, str]]:
    """The public questions of a policy module with the first sentence of their docstrings."""
    found = [(name, inspect.getdoc(value) or "") for name, value in inspect.getmembers(module, inspect.isfunction)]
    own = [(name, rule.split("\n")[0]) for name, rule in found if _belongs(module, name)]
    return sorted(own)


def _belongs(module: ModuleType, name: str) -> bool:
    return not name.startswith("_") and getattr(module, name).__module__ == module.__name__


if __name__ == "__main__":
    sys.exit(main())
