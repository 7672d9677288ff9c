"""One cell: saved from the grid while it is typed, or on its own page, which tells why the number is what it is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blocs.views.autosaving import is_live, seen_version
from emulation.lib import clock
from emulation.lib.verdict import Refused, enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import campaign_policies as policies
from scoring.domain import sheets as verbs
from scoring.domain.reading import sealed_text
from scoring.domain.sheets import Beside, Conflict
from scoring.domain.sight import Seen, glance, see
from scoring.enums import EntryState, Layer
from scoring.forms.cells import CellForm, form_of, initial_of
from scoring.models import Entry, Sheet
from scoring.texts import CriterionText
from scoring.views import cell_page, grid
from scoring.views.sheets import find


@require_http_methods(["GET", "HEAD", "POST"])
@acting("campaigns")
def sheet_cell(request: ActedRequest, pk: int, key: str) -> HttpResponse:
    """Why the number is what it is, and the form to correct it; also where the grid saves."""
    if request.method == "POST" and is_live(request):
        return _save_live(request, pk, str(key))
    row = find(request, pk)
    leaf = leaf_of(row, str(key))
    seen = see(row, request.actor)
    if request.method == "POST":
        return _save_plainly(request, seen, leaf)
    return render(request, "scoring/cell.html", cell_page.context(request, seen.sight(), leaf))


def leaf_of(row: Sheet, key: str) -> CriterionText:
    """The criterion; 404 when the set has none by this key."""
    leaf = sealed_text(row.campaign.criteria_set).leaf_of.get(key)
    if leaf is None:
        raise Http404(key)
    return leaf


def _save_plainly(request: ActedRequest, seen: Seen, leaf: CriterionText) -> HttpResponse:
    row, status = seen.sheet, 422
    form = form_of(seen, leaf, request.POST)
    more: dict[str, Any] = {"form": form}
    if form.is_valid():
        try:
            verbs.save_cell(row, leaf.key, actor=request.actor, seen=seen_version(request), filled=form.filled())
        except Conflict as conflict:
            status = 409
            more |= {"conflict": conflict, "theirs": _values(form, conflict.stored)}
        except ValidationError as error:
            form.add_faults(error.message_dict)
        else:
            messages.success(request, _("Đã lưu tiêu chí %(code)s.") % {"code": leaf.code})
            return redirect(f"{reverse('sheet', args=[row.pk])}#tc-{leaf.key}")
    context = cell_page.context(request, seen.sight(), leaf)
    return render(request, "scoring/cell.html", context | more, status=status)


def _save_live(request: ActedRequest, pk: int, key: str) -> JsonResponse:
    """Save the cell as the grid sends it; the answer is JSON as static/js/sheet.js expects it."""
    try:
        with transaction.atomic():
            locked = Sheet.objects.visible_to(request.actor).full().select_for_update(of=("self",))
            row = get_object_or_404(locked, pk=pk)
            leaf = leaf_of(row, key)
            enforce(policies.may_enter(row, request.actor))
            seen = glance(row, request.actor)
            return _put(request, seen, leaf, form_of(seen, leaf, request.POST))
    except Refused as refused:
        return JsonResponse({"reason": str(refused)}, status=403)


def _put(request: ActedRequest, seen: Seen, leaf: CriterionText, form: CellForm) -> JsonResponse:
    stored = seen.unit.entries.get(seen.sheet.pk, {}).get(leaf.key)
    if not form.is_valid():
        return _unfit(form, stored)
    version, beside = seen_version(request), Beside(stored, seen.facts_of(leaf.key))
    try:
        saved = verbs.put(seen.sheet, leaf.key, actor=request.actor, seen=version, filled=form.filled(), beside=beside)
    except Conflict as conflict:
        return _both(form, conflict.stored)
    except ValidationError as error:
        form.add_faults(error.message_dict)
        return _unfit(form, stored)
    seen.put(saved)
    answer = {"version": saved.edits, "saved_at": f"{clock.local(clock.now()):%H:%M:%S}", "values": _values(form, saved)}
    return JsonResponse(answer | figures(seen, leaf))


def figures(seen: Seen, leaf: CriterionText) -> dict[str, Any]:
    """What the save changed on the page: the cell, its groups, the total, what is missing."""
    fresh = seen.sight(only=[seen.sheet.layer])
    # Only a unit's own sheet counts what lacks its evidence.
    files = grid.evidence(fresh) if seen.sheet.layer == Layer.SELF else []
    found = grid.lines(fresh, files, {})
    line = next(line for line in found if line.text.key == leaf.key)
    groups = {line.text.key: [line.points, line.note, line.has_gaps] for line in found if line.text.is_group}
    cell = {"points": line.points, "tags": line.tags, "save": line.save, "state": line.entry.state, "evidence": line.evidence}
    return {"cell": cell, "groups": groups, **grid.summary(fresh, found)}


def _unfit(form: CellForm, stored: Entry | None) -> JsonResponse:
    """Every sentence at its box, with the value that stays on record."""
    before = stored or grid.NOTHING
    kept = _values(form, before)
    errors: dict[str, list[str]] = {}
    for name, sentences in form.errors.items():
        told = [str(sentence) for sentence in sentences]
        if before.state == EntryState.ENTERED and kept.get(name):
            told.append(_("Giá trị đã lưu trước đó: %(value)s.") % {"value": kept[name]})
        errors["state" if name == "__all__" else name] = told
    return JsonResponse({"version": before.edits, "errors": errors}, status=422)


def _both(form: CellForm, stored: Entry) -> JsonResponse:
    """Somebody saved first: what he left in each box, who and when."""
    theirs = _values(form, stored)
    said = {"who": stored.changed_label.split(",")[0], "at": f"{clock.local(stored.changed_at):%H:%M}"}
    conflicts = {name: {"theirs": value, **said} for name, value in theirs.items()}
    return JsonResponse({"version": stored.edits, "conflicts": conflicts}, status=409)


def _values(form: CellForm, entry: Entry) -> dict[str, str]:
    """What the boxes of the cell hold in this entry."""
    found = initial_of(form.boxes, entry)
    return {name: value for name, value in found.items() if name in form.fields}
