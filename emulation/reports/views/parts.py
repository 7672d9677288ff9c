"""Saving a section part by part: its text, each item and each figure has its own counter of edits, so two people write side by side.

The form's `version` holds them all ("text=3&figure-<key>=1"); an answer moves on those that it saved, and leaves the others as the
page knew them, so that what somebody else changed meanwhile is noticed when it is typed over.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import ValidationError
from django.http import QueryDict

from blocs.domain.drafts import Conflict
from blocs.domain.snapshots import canonical
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Refused, Verdict
from emulation.organisation.actors import Actor
from emulation.reports.domain import writing
from emulation.reports.forms.writing import SectionForm
from emulation.reports.models import ReportedFigure, WrittenSection
from emulation.reports.numbers import change, share
from emulation.reports.texts import FigureLine, ReportSection
from emulation.reports.views.desk import Desk

Stored = WrittenSection | ReportedFigure
# More edits than that nobody makes; and thousands of digits are no number to Python.
_COUNTER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Part:
    """Some fields that are stored together: by the name of the verb's value, the name of the field."""

    name: str
    fields: Mapping[str, str]
    save: Callable[[int, Mapping[str, Any]], Stored]


@dataclass
class Saved:
    """What came of it."""

    versions: dict[str, int]
    errors: dict[str, list[str]] = field(default_factory=dict)
    conflicts: dict[str, dict[str, str]] = field(default_factory=dict)
    figures: dict[str, dict[str, str]] = field(default_factory=dict)
    verdict: Verdict = ALLOWED

    @property
    def status(self) -> int:
        if not self.verdict:
            return 403
        return 409 if self.conflicts else 422 if self.errors else 200

    @property
    def stored(self) -> list[str]:
        """What others saved meanwhile."""
        return [row["theirs"] for row in self.conflicts.values() if row["theirs"]]

    def answer(self) -> dict[str, Any]:
        """What autosave.js expects, with shares and changes of figures."""
        if not self.verdict:
            return {"reason": self.verdict.reason}
        told: dict[str, Any] = {"version": urlencode(self.versions), "figures": self.figures}
        if self.conflicts:
            told["conflicts"] = self.conflicts
        else:
            told["saved_at"] = clock.local(clock.now()).strftime("%H:%M:%S")
        return told | {"errors": self.errors} if self.errors else told


def versions(desk: Desk, key: str) -> str:
    """The counters of the section's parts as they are stored, for the form."""
    found = {_text_name(row.item): row.edits for row in desk.report.written.all() if str(row.section) == key}
    figures = {row.key for row in desk.section(key).figures}
    found |= {f"figure-{row.key}": row.edits for row in desk.report.figures.all() if str(row.key) in figures}
    return urlencode(found)


def save(desk: Desk, key: str, form: SectionForm, *, actor: Actor, sent: QueryDict) -> Saved:
    """Save what is valid of what was sent; live, only the changed fields are."""
    form.is_valid()
    changed = set(sent.getlist("changed")) or set(form.fields)
    seen = {name: int(count) for name, count in parse_qsl(sent.get("version", "")) if _COUNTER.fullmatch(count)}
    errors = {name: [str(error) for error in found] for name, found in form.errors.items() if name in changed}
    saved = Saved(seen, errors)
    for part in _parts(desk, key, form, actor):
        given = {value: name for value, name in part.fields.items() if name in changed and name not in form.errors}
        if given:
            _save(part, given, form, saved)
    saved.figures = _computed(desk.section(key), form)
    return saved


def _save(part: Part, given: Mapping[str, str], form: SectionForm, saved: Saved) -> None:
    values = {value: form.cleaned_data.get(name) for value, name in given.items()}
    try:
        row = part.save(saved.versions.get(part.name, 0), values)
    except Conflict as conflict:
        row = conflict.stored
        who = {"who": row.changed_label.split(",")[0], "at": clock.local(row.changed_at).strftime("%H:%M")}
        saved.conflicts |= {name: {"theirs": _shown(getattr(row, value)), **who} for value, name in given.items()}
    except Refused as refused:
        saved.verdict = refused.verdict
        return
    except ValidationError as error:
        found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        saved.errors |= {given.get(value, next(iter(given.values()))): list(words) for value, words in found.items()}
        return
    saved.versions[part.name] = row.edits


def _parts(desk: Desk, key: str, form: SectionForm, actor: Actor) -> list[Part]:
    section, report = desk.section(key), desk.report

    def text(item: str) -> Part:
        def put(seen: int, values: Mapping[str, Any]) -> Stored:
            return writing.save_text(report, key, item, actor=actor, seen=seen, text=values["text"] or "")

        return Part(_text_name(item), {"text": _text_name(item)}, put)

    def figure(line: FigureLine) -> Part:
        def put(seen: int, values: Mapping[str, Any]) -> Stored:
            return writing.save_figure(report, line.key, actor=actor, seen=seen, values=values)

        names = {value: f"{value}-{line.key}" for value in writing.FIGURE_FIELDS}
        return Part(f"figure-{line.key}", {value: name for value, name in names.items() if name in form.fields}, put)

    own = [text("")] if "text" in form.fields else []
    return [*own, *(text(item.key) for item in section.items), *(figure(line) for line in section.figures)]


def _text_name(item: str) -> str:
    return f"text-{item}" if item else "text"


def _shown(value: Any) -> str:
    """A stored value as a form shows it."""
    return value if isinstance(value, str) else canonical(value).replace(".", ",")


def _computed(section: ReportSection, form: SectionForm) -> dict[str, dict[str, str]]:
    """Share of the plan and change against last year of each figure, from what was typed just now."""
    found = {}
    for line in section.figures:
        typed = {
            value: canonical(form.cleaned_data[name])
            for value in ("actual", "last_year")
            if (name := f"{value}-{line.key}") in form.cleaned_data and name in form.data
        }
        now = replace(line, actual=typed.get("actual", line.actual), last_year=typed.get("last_year", line.last_year))
        found[line.key] = {"percent": share(now.percent), "growth": change(now.growth)}
    return found
