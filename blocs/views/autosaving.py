"""Saving one part of a draft, typed live or submitted plainly: the same form, the same verb, nothing lost either way.

A live save posts the changed fields only (`changed`), marked `X-Autosave`; the answer is JSON as static/js/autosave.js expects it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import JsonResponse

from blocs.domain.drafts import Conflict
from blocs.models import Clause, Indicator
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.access import ActedRequest
from emulation.records.models import AuditEntry

# A stored row with its counter of edits; which model it is of, the caller knows.
Row = Any


class Streamed(Protocol):
    """What is edited, with the audit stream in which changes are written down."""

    pk: Any

    @property
    def stream(self) -> str: ...


@dataclass(frozen=True)
class Saving:
    """How one part is saved. `save` takes the version seen and the values; `shown` gives the stored values as a form
    shows them, `row` is the clause or target that is open in the room.
    """

    document: Streamed
    save: Callable[[int, Mapping[str, Any]], Row]
    shown: Callable[[Row], Mapping[str, Any]]
    row: Clause | Indicator | None = None


def is_live(request: ActedRequest) -> bool:
    """Whether this is a save while typing."""
    return request.headers.get("X-Autosave") == "1"


def seen_version(request: ActedRequest) -> int:
    """The version the form was opened with; nonsense counts as a version that never was."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def save_live(request: ActedRequest, form: forms.BaseForm, saving: Saving) -> JsonResponse:
    """Save the valid ones of the changed fields; say which are not, or what somebody else has saved in between."""
    changed = [name for name in request.POST.getlist("changed") if name in form.fields]
    for name in set(form.fields) - set(changed):
        del form.fields[name]
    form.is_valid()
    errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
    values = {name: value for name, value in form.cleaned_data.items() if name not in errors}
    try:
        row = saving.save(seen_version(request), values)
    except Conflict as conflict:
        return _conflict(saving, conflict, changed)
    except Refused as refused:
        return JsonResponse({"reason": str(refused)}, status=403)
    except ValidationError as error:
        return JsonResponse({"errors": {**errors, **_placed(error, changed)}}, status=422)
    answer = {"version": row.edits, "saved_at": clock.local(clock.now()).strftime("%H:%M:%S")}
    return JsonResponse({**answer, "errors": errors}, status=422) if errors else JsonResponse(answer)


def _placed(error: ValidationError, changed: list[str]) -> dict[str, list[str]]:
    """The sentences of an error by field; those of no field stand at the first that was changed."""
    first = (changed or [NON_FIELD_ERRORS])[0]
    if hasattr(error, "error_dict"):
        return {(first if name == NON_FIELD_ERRORS else name): found for name, found in error.message_dict.items()}
    return {first: error.messages}


def _conflict(saving: Saving, conflict: Conflict, changed: list[str]) -> JsonResponse:
    last = AuditEntry.objects.filter(stream__key=saving.document.stream).order_by("-seq").first()
    who = last.person.split(",")[0] if last else ""
    at = clock.local(last.at).strftime("%H:%M") if last else ""
    shown = saving.shown(conflict.stored)
    conflicts = {name: {"theirs": shown.get(name, ""), "who": who, "at": at} for name in changed}
    return JsonResponse({"version": conflict.stored.edits, "conflicts": conflicts}, status=409)
