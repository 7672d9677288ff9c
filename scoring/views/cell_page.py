"""What the page of one cell tells: the rule, the facts with their sources, the way to the points, who changed what and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.organisation.access import ActedRequest
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from scoring import campaign_policies as policies
from scoring.domain import facts
from scoring.domain.marks import marks
from scoring.domain.sight import SAID_NOTHING, Sight, rules
from scoring.enums import EntryState, Layer
from scoring.forms.cells import form_of
from scoring.forms.evidence import EvidenceForm, ExplainForm
from scoring.models import EvidenceFile, Explanation, Sheet
from scoring.peers import advice_in_words
from scoring.rules import Rule
from scoring.rules.numbers import written
from scoring.texts import CriterionText
from scoring.views import grid


@dataclass(frozen=True)
class Told:
    """A fact: what it is called, its value, where it comes from."""

    label: str
    value: str
    source: str


@dataclass(frozen=True)
class LayerLine:
    """What a layer comes to, and how."""

    name: str
    points: str
    steps: list[str]
    reason: str
    facts: list[Told]
    is_own: bool


@dataclass(frozen=True)
class Change:
    """A value that stood in the cell, and the one that came after it."""

    at: datetime
    person: str
    layer: str
    before: str
    after: str
    reason: str


def context(request: ActedRequest, sight: Sight, leaf: CriterionText, **more: Any) -> dict[str, Any]:
    """Everything on the page. `more` brings a form that came back."""
    row, rule = sight.sheet, rules(sight.sheet.campaign.criteria_set)[leaf.key]
    names = grid.names(sight)
    entry = sight.own.get(leaf.key, grid.NOTHING)
    return {
        "sheet": row,
        "back": f"{reverse('sheet', args=[row.pk])}#tc-{leaf.key}",
        "campaign": row.campaign,
        "unit_name": names[row.unit_id],
        "leaf": leaf,
        "rule": rule,
        "most": written(rule.bounds[1]) if rule.counts else "–",
        "layer_name": grid.layer_name(sight, row.layer),
        "is_own": row.layer == Layer.SELF,
        "entry": entry,
        "layers": [layer_line(sight, leaf, rule, layer) for layer in sight.results],
        "is_provisional": sight.is_provisional(leaf.key),
        "opinions": grid.opinions(sight, leaf.key, names),
        "advice": grid.shown_points(sight.advice(leaf.key)) if row.layer == Layer.CONSOLIDATED else "",
        "marks": marks(sight).get(leaf.key, []),
        "grounds": facts.grounds(row.campaign, row.unit_id, leaf.key),
        "advice_note": advice_in_words(sight.text, leaf.read_rule()),
        "changes": history(sight, leaf, rule),
        "files": files(sight, leaf, for_explanation=False),
        "explanation": explanation(sight, leaf),
        "explanation_files": files(sight, leaf, for_explanation=True),
        "may_enter": policies.may_enter(row, request.actor),
        "may_attach": policies.may_attach_evidence(row, request.actor),
        "may_explain": policies.may_explain(row, request.actor),
        "form": form_of(sight, leaf),
        "evidence_form": EvidenceForm(),
        "explain_form": ExplainForm(),
        **more,
    }


def layer_line(sight: Sight, leaf: CriterionText, rule: Rule, layer: str) -> LayerLine:
    """What one layer comes to: the facts that count in it, the steps, the reason for a change."""
    outcome = sight.results[layer].outcomes[leaf.key]
    sheet = sight.sheet if layer == sight.sheet.layer else sight.unit.sheets.get(layer)
    entry = sight.unit.entries.get(sheet.pk, {}).get(leaf.key) if sheet else None
    cell = sight.cells[layer].get(leaf.key)
    points = grid.shown_points(outcome.points, sight.text.places)
    is_above = layer != Layer.SELF and entry is not None and bool(entry.value)
    named = told(sight, leaf, rule, cell.value if cell else {}, _("người chấm nhập") if is_above else _("đơn vị nhập"))
    return LayerLine(
        grid.layer_name(sight, layer), points, outcome.steps, entry.reason if entry else "", named, sheet == sight.sheet
    )


def told(sight: Sight, leaf: CriterionText, rule: Rule, value: Mapping[str, Any], typed: str) -> list[Told]:
    """The facts with where they come from: another source, or who `typed` them."""
    known = sight.facts_of(leaf.key)
    found = []
    for name, wanted in rule.facts.items():
        if name not in value:
            continue
        source = known[name].source if name in known else typed
        found.append(Told(str(wanted.label), grid.in_words(rule, {name: value[name]}, alone=True), source))
    return found


def files(sight: Sight, leaf: CriterionText, *, for_explanation: bool) -> list[EvidenceFile]:
    """The files of the criterion on the sheets in sight."""
    rows = EvidenceFile.objects.filter(sheet__in=[sheet.pk for sheet in sight.unit.sheets.values()], key=leaf.key)
    return list(rows.filter(removed_at=None, for_explanation=for_explanation).select_related("revision"))


def explanation(sight: Sight, leaf: CriterionText) -> Explanation | None:
    """What the unit explained, for those who may see the points that it is about."""
    if Layer.CONSOLIDATED not in sight.unit.sheets:
        return None
    return Explanation.objects.filter(campaign=sight.sheet.campaign, unit=sight.sheet.unit_id, key=leaf.key).first()


def history(sight: Sight, leaf: CriterionText, rule: Rule) -> list[Change]:
    """Every value that stood in the cell in the layers in sight, the newest first."""
    sheets: dict[str, Sheet] = {sheet.stream: sheet for sheet in (*sight.unit.sheets.values(), sight.sheet)}
    rows = AuditEntry.objects.filter(stream__key__in=sheets, event=Event.SCORE_ENTERED, data__criterion=leaf.key).select_related(
        "stream"
    )
    return [
        Change(
            row.at,
            row.person,
            grid.layer_name(sight, sheets[row.stream.key].layer),
            _stood(rule, row.data["before"]),
            _stood(rule, row.data["after"]),
            row.data.get("reason", ""),
        )
        for row in rows
    ]


def _stood(rule: Rule, data: Mapping[str, Any]) -> str:
    """A value of the history in words."""
    if data["points"] is not None:
        return _("%(n)s điểm") % {"n": grid.figure(data["points"])}
    if data["state"] in (*SAID_NOTHING, *grid.LEFT_OUT) and not data["value"]:
        return str(EntryState(data["state"]).label)
    return grid.in_words(rule, data["value"])
