"""Writes docs/reference.md from the code: moves, who may do what, ways of scoring, events. `--check` fails when the file is stale."""

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
    from scoring import campaign_policies
    from scoring import policies as scoring_policies
    from scoring.workflow import SHEET, STANDING

    tables: list[tuple[str, Workflow]] = [
        ("BlocDocument", DOCUMENT),
        ("Conference", CONFERENCE),
        ("Minutes", MINUTES),
        ("Signing round", ROUND),
        ("Slot", SLOT),
        ("Record of a signing on paper", PAPER),
        ("Score sheet", SHEET),
        ("Standings", STANDING),
    ]
    lines = ["# Reference", "", "Written by `deploy/reference.py` from the code; do not edit.", "", "## Moves", ""]
    for name, workflow in tables:
        lines += [f"### {name}", "", "| Verb | From | To | On the screen |", "| --- | --- | --- | --- |"]
        moves = workflow.moves.values()
        lines += [f"| {move.verb} | {', '.join(map(str, move.sources))} | {move.target!s} | {move.label} |" for move in moves]
        lines.append("")
    lines += ["## Who may do what", "", "| Question | Rule |", "| --- | --- |"]
    for module in (
        organisation_policies,
        bloc_policies,
        conference_policies,
        signing_policies,
        scoring_policies,
        campaign_policies,
    ):
        lines += [f"| `{module.__name__.split('.')[-2]}.{name}` | {rule} |" for name, rule in questions(module)]
    lines += ["", *ways_of_scoring()]
    lines += ["", "## Events", "", "| Event | In the audit trail |", "| --- | --- |"]
    lines += [f"| {event.value} | {event.label} |" for event in Event]
    return "\n".join(lines) + "\n"


def ways_of_scoring() -> list[str]:
    """Every rule type with its parameters and facts, a parameter that may be left out in brackets."""
    from scoring import rules
    from scoring.rules.inputs import ABSENT

    def named(name: str, default: object) -> str:
        return f"`{name}`" if default is ABSENT else f"[`{name}`]"

    lines = [
        "## Ways of scoring",
        "",
        "What the engine of `scoring/rules` knows. How a type is added: [how-to](how-to-add-a-rule-type.md).",
        "",
    ]
    lines += ["| Type | On the screen | How it counts | Parameters | Family |", "| --- | --- | --- | --- | --- |"]
    for name, kind in rules.TYPES.items():
        asked = ", ".join(named(place, wanted.default) for place, wanted in rules.parameters(kind).items())
        lines.append(f"| `{name}` | {kind.label} | {kind.purpose} | {asked} | `{kind.__module__.rsplit('.', 1)[-1]}` |")
    return lines


def questions(module: ModuleType) -> list[tuple[str, str]]:
    """The public questions of a policy module with the first sentence of their docstrings."""
    found = [(name, inspect.getdoc(value) or "") for name, value in inspect.getmembers(module, inspect.isfunction)]
    own = [(name, rule.split("\n")[0]) for name, rule in found if _belongs(module, name)]
    return sorted(own)


def _belongs(module: ModuleType, name: str) -> bool:
    return not name.startswith("_") and getattr(module, name).__module__ == module.__name__


if __name__ == "__main__":
    sys.exit(main())
