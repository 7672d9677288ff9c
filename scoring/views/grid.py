"""What the page of a sheet shows: a line for every criterion with its boxes, points, evidence and state; sums beside."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from emulation.organisation.models import Unit
from scoring.domain import gaps
from scoring.domain.completeness import EVIDENCE, Hole
from scoring.domain.facts import Fact
from scoring.domain.gaps import Missing
from scoring.domain.sight import SAID_NOTHING, Sight, rules
from scoring.enums import COUNTING, EntryState, Layer, Method
from scoring.forms.cells import Box, boxes
from scoring.models import Entry, EvidenceFile
from scoring.peers import advice_in_words
from scoring.rules import Rule
from scoring.rules.direct import Manual
from scoring.rules.inputs import Counts, YesNo
from scoring.rules.numbers import NotExact, exact, rounded, written
from scoring.texts import CriterionText, Node, tree

LEFT_OUT = (EntryState.NOT_ASSIGNED, EntryState.EXEMPT)
NOTHING = Entry()


@dataclass(frozen=True)
class Filled:
    """A box with what stands in it."""

    box: Box
    value: str


@dataclass(frozen=True)
class Said:
    """What somebody else says of a criterion: who, to which points, why."""

    who: str
    points: str
    reason: str


@dataclass
class Line:
    """A group or a criterion as the grid shows it."""

    node: Node
    value: Decimal | Fraction | None
    places: int
    missing: Missing = field(default_factory=Missing)
    leaves: int = 0
    rule: Rule | None = None
    entry: Entry = NOTHING
    target: str = ""
    target_source: str = ""
    target_box: Filled | None = None
    fixed: str = ""
    fixed_source: str = ""
    boxes: list[Filled] = field(default_factory=list)
    beside: list[Decimal | Fraction | None] = field(default_factory=list)
    evidence: int = 0
    hole: str = ""
    opinions: list[Said] = field(default_factory=list)
    changes: list[Said] = field(default_factory=list)
    advice: str = ""
    advice_note: str = ""
    advice_button: str = ""
    advice_step: str = ""
    below: str = ""
    is_provisional: bool = False
    is_told: bool = False
    given: str = ""

    @property
    def text(self) -> CriterionText:
        return self.node.text

    @property
    def points(self) -> str:
        """What it comes to by this sheet."""
        return shown_points(self.value, self.places)

    @property
    def most(self) -> str:
        """What it may come to."""
        return "–" if self.rule and not self.rule.counts else written(self.node.most)

    @property
    def others(self) -> list[str]:
        """What it comes to by the other layers in sight."""
        return [shown_points(value, self.places) for value in self.beside]

    @property
    def sentence(self) -> str:
        """How the criterion counts."""
        return self.rule.sentence() if self.rule else ""

    @property
    def note(self) -> str:
        """What is missing in a group, in words."""
        return missing_words(self.missing, self.leaves)

    @property
    def has_gaps(self) -> bool:
        """Whether anything is missing in a group."""
        return self.missing != Missing()

    @property
    def is_left_out(self) -> bool:
        """Not assigned or exempt: nothing to type."""
        return self.entry.state in LEFT_OUT

    @property
    def remarks(self) -> int:
        """How many others say something here."""
        return len(self.opinions) + len(self.changes)

    @property
    def has_entry(self) -> bool:
        """Whether the sheet's scorer said anything here."""
        return self.entry.state != EntryState.EMPTY

    @property
    def is_partial(self) -> bool:
        """Whether some of its figures are stored, and one that it needs is missing."""
        return bool(self.entry.value) and not self.has_entry

    @property
    def save(self) -> str:
        """Which of the resting states the cell shows."""
        if self.is_left_out:
            return "left-out"
        if self.opinions or self.changes:
            return "commented"
        if self.is_partial:
            return "partial"
        return "saved" if self.has_entry or self.is_told else "empty"

    @property
    def tags(self) -> str:
        """What the filters above the grid look for."""
        found = {
            "missing": bool(self.hole) and self.hole != EVIDENCE,
            "no-evidence": self.text.evidence_required and not self.evidence and not self.is_left_out,
            "opinions": bool(self.opinions),
            "changed": bool(self.changes) or (bool(self.below) and self.entry.state not in SAID_NOTHING),
        }
        return " ".join(name for name, holds in found.items() if holds)


def missing_words(missing: Missing, leaves: int) -> str:
    """ "1 trống, 2 thiếu minh chứng"; "Đủ" when nothing is missing."""
    words = []
    if missing.empty:
        words.append(_("%(n)d trống") % {"n": missing.empty})
    if missing.evidence:
        words.append(_("%(n)d thiếu minh chứng") % {"n": missing.evidence})
    if missing.disagreement:
        words.append(_("%(n)d chưa kết luận") % {"n": missing.disagreement})
    return ", ".join(words) or (_("Đủ") if leaves else "")


def shown_points(points: Decimal | Fraction | None, places: int = 2) -> str:
    """ "121,25"; a dash where nothing is counted."""
    if points is None:
        return "–"
    value = rounded(Fraction(points), places)
    return str(formats.number_format(value, use_l10n=True, force_grouping=True)).replace("-", "−")


def lines(sight: Sight, evidence: Iterable[EvidenceFile], names: Mapping[int, str]) -> list[Line]:
    """The lines in the order of the paper. `names` are those of the units by their keys."""
    files = Counter(str(row.key) for row in evidence)
    found = gaps.holes(sight, files)
    missing = gaps.by_group(sight.text, found)
    nodes = [node for top in tree(sight.text.criteria) for node in top.walk()]
    return [_group(sight, node, missing) if node.text.is_group else leaf_line(sight, node, files, found, names) for node in nodes]


def mark_provisional(sight: Sight, found: Iterable[Line]) -> None:
    """Say where points still depend on units that are not in sight."""
    for line in found:
        line.is_provisional = not line.text.is_group and sight.is_provisional(line.text.key)


def _group(sight: Sight, node: Node, missing: Mapping[str, Missing]) -> Line:
    key = node.text.key
    totals = [sight.results[layer].total.groups[key].points for layer in (sight.sheet.layer, *other_layers(sight))]
    return Line(node, totals[0], sight.text.places, missing=missing[key], leaves=node.leaf_count, beside=list(totals[1:]))


def leaf_line(sight: Sight, node: Node, files: Mapping[str, int], found: Mapping[str, Hole], names: Mapping[int, str]) -> Line:
    """The line of one criterion."""
    key = node.text.key
    rule = rules(sight.sheet.campaign.criteria_set)[key]
    entry = sight.own.get(key, NOTHING)
    known = sight.facts_of(key)
    line = Line(
        node,
        sight.result.outcomes[key].points,
        sight.text.places,
        rule=rule,
        entry=entry,
        evidence=files.get(key, 0),
        hole=found[key].what if key in found else "",
        opinions=opinions(sight, key, names),
        changes=changes(sight, key),
        beside=[sight.results[layer].outcomes[key].points for layer in other_layers(sight)],
    )
    _fill(line, sight, rule, known)
    return line


def _fill(line: Line, sight: Sight, rule: Rule, known: Mapping[str, Fact]) -> None:
    """Targets, results and points given directly: as boxes in a sheet of the unit itself, as words in a sheet above it."""
    if "target" in known:
        line.target, line.target_source = figure(known["target"].value), known["target"].source
    fixed = [name for name in known if name != "target"]
    line.is_told = any(fact.is_whole for fact in known.values())
    if fixed:
        line.fixed, line.fixed_source = figure(known[fixed[0]].value), known[fixed[0]].source
    if sight.sheet.layer == Layer.SELF:
        filled = [Filled(box, box.shown(line.entry.value)) for box in boxes(rule, known)]
        line.target_box = next((row for row in filled if row.box.fact == "target"), None)
        line.boxes = [row for row in filled if row.box.fact != "target"]
        return
    line.below = sight.below
    line.given = "" if line.entry.points is None else figure(str(line.entry.points))
    value = sight.cells[sight.sheet.layer].get(line.text.key)
    typed = value.value if value else {}
    if "target" in typed and not line.target:
        line.target = figure(typed["target"])
    line.fixed = line.fixed or in_words(rule, {name: given for name, given in typed.items() if name not in ("target", *known)})
    peers = sight.advice(line.text.key) if line.opinions and sight.sheet.layer == Layer.CONSOLIDATED else None
    if peers is not None:
        line.advice, line.advice_note = figure(str(peers)), advice_in_words(sight.text, rule)
        line.advice_button = _("Lấy trung vị") if sight.text.method == Method.MEDIAN else _("Lấy trung bình")
        line.advice_step = written(rule.step) if isinstance(rule, Manual) and rule.step is not None else ""


def opinions(sight: Sight, key: str, names: Mapping[int, str]) -> list[Said]:
    """What peers see otherwise."""
    if sight.sheet.layer == Layer.CROSS:
        return []
    return [
        Said(names.get(row.scorer_id, ""), _shown_entry(row.entry, row.points), row.entry.reason) for row in sight.opinions(key)
    ]


def changes(sight: Sight, key: str) -> list[Said]:
    """What layers above this one, as far as they are in sight, made of it."""
    if sight.sheet.layer not in COUNTING:
        return []
    above = COUNTING[: COUNTING.index(Layer(sight.sheet.layer))]
    found = []
    for layer in reversed(above):
        entry = sight.unit.of(layer).get(key)
        if entry and entry.state not in SAID_NOTHING and layer in sight.results:
            points = sight.results[layer].outcomes[key].points
            found.append(Said(layer_name(sight, layer), _shown_entry(entry, points), entry.reason))
    return found


def _shown_entry(entry: Entry, points: Decimal | None) -> str:
    return str(EntryState(entry.state).label) if entry.state in LEFT_OUT else shown_points(points)


def other_layers(sight: Sight) -> list[str]:
    """The layers beside that of the sheet, from the lowest."""
    return [layer for layer in sight.results if layer != sight.sheet.layer]


def layer_name(sight: Sight, layer: str) -> str:
    """What a layer is called in this campaign."""
    return sight.sheet.campaign.appraisal_name if layer == Layer.APPRAISED else str(Layer(layer).label)


def figure(value: object) -> str:
    """A stored figure as people read it."""
    try:
        return written(exact(value))
    except NotExact:
        return str(value)


def in_words(rule: Rule, value: Mapping[str, Any], *, alone: bool = False) -> str:
    """Facts as one short text: "12", "Có", "Nhẹ 1, nặng 2". `alone`: the fact's own name stands beside it already."""
    found = []
    # In the order of the rule: PostgreSQL keeps no order of names.
    for name in [*(known for known in rule.facts if known in value), *(name for name in value if name not in rule.facts)]:
        wanted, given = rule.facts.get(name), value[name]
        if isinstance(wanted, Counts) and isinstance(given, Mapping):
            found += [] if given else ["0"]
            found += [f"{wanted.names.get(part, part)} {figure(count)}" for part, count in given.items()]
        elif isinstance(wanted, YesNo):
            found.append(_("Có") if given else _("Không"))
        elif len(rule.facts) > 1 and not alone and (name != "actual" or len(value) > 1) and wanted:
            found.append(f"{wanted.label} {figure(given)}")
        else:
            found.append(figure(given))
    return ", ".join(found)


def evidence(sight: Sight) -> list[EvidenceFile]:
    """The files of the unit's own sheet, when that is in sight."""
    own = sight.unit.sheets.get(Layer.SELF)
    return list(own.evidence.filter(removed_at=None, for_explanation=False).select_related("revision")) if own else []


def names(sight: Sight) -> dict[int, str]:
    """The names of everybody on the page, by the unit."""
    wanted = {sight.sheet.unit_id, sight.sheet.scorer_id, *sight.unit.peers}
    return {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=wanted).named()}


def summary(sight: Sight, found: Iterable[Line]) -> dict[str, Any]:
    """The total with how much is filled in, and how many lines each filter shows."""
    leaves = [line for line in found if not line.text.is_group]
    counts = Counter(tag for line in leaves for tag in line.tags.split())
    counted = [line for line in leaves if line.text.rule_type != "info"]
    return {
        "total": shown_points(sight.result.total.points, sight.text.places),
        "scale": written(exact(sight.text.total_points)),
        "leaves": len(leaves),
        "filled": sum(not line.hole or line.hole == EVIDENCE for line in counted),
        "to_fill": len(counted),
        "unscored": len(leaves) - len(counted),
        "counts": {name: counts[name] for name in ("missing", "no-evidence", "opinions", "changed")},
        "holes": Counter(line.hole for line in leaves if line.hole),
    }


def filters(told: Mapping[str, Any], layer: str) -> list[tuple[str, str, int]]:
    """The filters that make sense in a layer: code, words, how many lines."""
    words = {"opinions": _("Có ý kiến"), "changed": _("Lớp trên đã sửa") if layer == Layer.SELF else _("Đã chấm khác")}
    first = {"missing": _("Còn trống"), "no-evidence": _("Thiếu minh chứng")}
    if layer == Layer.SELF:  # said only where there is any
        words = {code: label for code, label in words.items() if told["counts"][code]}
    if layer != Layer.SELF:
        first = {"missing": _("Chưa kết luận")} if layer == Layer.CONSOLIDATED else {}
    return [(code, label, told["counts"][code]) for code, label in {**first, **words}.items()]


def sections(found: Iterable[Line]) -> list[Line]:
    """The groups of the two upper levels, for the column of sums."""
    return [line for line in found if line.text.is_group and line.node.depth < 2]
