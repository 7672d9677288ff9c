"""One cell: a box for every fact that has to be typed, points given directly, a state and its reason. Nothing in here writes."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.forms.discussion import ActForm
from emulation.lib.vietnamese import search_key
from emulation.organisation.forms.fields import VietnameseDecimalField
from scoring.domain.sheets import Filled
from scoring.domain.sight import Seen, Sight, rules
from scoring.enums import EntryState, Layer
from scoring.models import Entry
from scoring.rules import Rule
from scoring.rules.inputs import Counts, Number, YesNo
from scoring.rules.numbers import plain
from scoring.texts import CriterionText

NUMBER, YES_NO, TEXT = "number", "yes_no", "text"
LONGEST = 40
# 1234,5 and 1234.5; 1.234,5 with groups; 1,234.5 from another program.
_TYPED = re.compile(
    r"[-+]?(?:[0-9]+(?:[.,][0-9]+)?|[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)\Z"
)
YES, NO = "yes", "no"
# How people write yes and no, in the columns of their own tables.
_YES = {"yes", "co", "dat", "x", "1", "true"}
_NO = {"no", "khong", "khong dat", "0", "false"}


@dataclass(frozen=True)
class Box:
    """A box to type one fact into, or one count of several. `name` is the field's, `fact` the fact's, `part` the count's."""

    name: str
    label: str
    kind: str
    fact: str
    part: str = ""

    def shown(self, value: Mapping[str, Any]) -> str:
        """What stands in it, as people type it."""
        given = value.get(self.fact)
        if self.part:
            given = given.get(self.part) if isinstance(given, Mapping) else None
        if given is None or given == "":
            return ""
        if self.kind == YES_NO:
            return YES if given is True else NO
        return str(given).replace(".", ",") if self.kind == NUMBER else str(given)


def boxes(rule: Rule, known: Collection[str]) -> list[Box]:
    """The boxes of a rule's facts, without those that are known from elsewhere."""
    found: list[Box] = []
    for fact, wanted in rule.facts.items():
        if fact in known:
            continue
        if isinstance(wanted, Counts):
            found += [Box(f"f-{fact}-{part}", str(name), NUMBER, fact, part) for part, name in wanted.names.items()]
        else:
            kind = NUMBER if isinstance(wanted, Number) else YES_NO if isinstance(wanted, YesNo) else TEXT
            found.append(Box(f"f-{fact}", str(wanted.label), kind, fact))
    return found


class FigureField(VietnameseDecimalField):
    """A number as people type it; cleans to its one spelling, for the rule to read. What is no number is said back to who typed it."""

    def clean(self, value: Any) -> str:
        text = str(value or "").replace("\u00a0", " ").replace("−", "-").strip()
        if not text:
            return ""
        if len(text) > LONGEST or not _TYPED.match(text):
            told = _("“%(typed)s” không phải là số. Nhập số, dùng dấu phẩy cho phần thập phân, ví dụ 12,5.")
            raise forms.ValidationError(told % {"typed": text if len(text) <= LONGEST else f"{text[:LONGEST]}…"})
        number = self.to_python(text)
        return "" if number is None else plain(number)


class YesNoField(forms.CharField):
    """Yes or no, chosen or written."""

    def clean(self, value: Any) -> bool | str:
        text = search_key(str(value or "").strip())
        if not text:
            return ""
        if text in _YES or text in _NO:
            return text in _YES
        raise forms.ValidationError(_("Chọn có hoặc không."))


def _field(box: Box) -> forms.Field:
    if box.kind == NUMBER:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        return FigureField(label=box.label, required=False, widget=forms.TextInput(attrs=attrs))
    if box.kind == YES_NO:
        choices = [("", "—"), (YES, _("Có")), (NO, _("Không"))]
        return YesNoField(label=box.label, required=False, widget=forms.Select(choices=choices))
    return forms.CharField(label=box.label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CellForm(ActForm):
    """The cell of one criterion in one sheet."""

    state = forms.ChoiceField(label=gettext_lazy("Trạng thái"), required=False)
    points = FigureField(
        label=gettext_lazy("Điểm cho trực tiếp"),
        required=False,
        help_text=gettext_lazy("Để trống nếu tính theo số liệu."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, rule: Rule, layer: str, known: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boxes = boxes(rule, known)
        for box in self.boxes:
            self.fields[box.name] = _field(box)
        is_own = layer == Layer.SELF
        if is_own or not rule.counts:
            del self.fields["points"]
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = states(is_own=is_own)
        self.order_fields(["state", *(box.name for box in self.boxes), "points", "reason"])

    def filled(self) -> Filled:
        """What the verb takes, of a valid form."""
        data = self.cleaned_data
        state = data["state"] or EntryState.ENTERED
        if state in (EntryState.NOT_ASSIGNED, EntryState.EXEMPT, EntryState.AGREED):
            return Filled(state, reason=data["reason"])
        value: dict[str, Any] = {}
        for box in self.boxes:
            given = data[box.name]
            if given == "":
                continue
            if box.part:
                value.setdefault(box.fact, {})[box.part] = given
            else:
                value[box.fact] = given
        points = Decimal(data["points"]) if data.get("points") else None
        if not value and points is None:
            return Filled(EntryState.EMPTY, reason=data["reason"])
        return Filled(state, value, points, data["reason"])

    def add_faults(self, faults: Mapping[str, list[str]]) -> None:
        """Put what the verb found wrong at the boxes of its facts."""
        for name, sentences in faults.items():
            for sentence in sentences:
                self.add_error(self.place_of(name), sentence)

    def place_of(self, name: str) -> str | None:
        """The field in which a fault of a fact is shown."""
        if name in self.fields:
            return name
        return next((box.name for box in self.boxes if box.fact == name), None)


def form_of(seen: Seen | Sight, leaf: CriterionText, data: Any = None) -> CellForm:
    """The form of a cell with what stands in it."""
    rule = rules(seen.sheet.campaign.criteria_set)[leaf.key]
    form = CellForm(data, rule=rule, layer=seen.sheet.layer, known=seen.facts_of(leaf.key))
    entry = seen.unit.entries.get(seen.sheet.pk, {}).get(leaf.key)
    form.initial = initial_of(form.boxes, entry or Entry())
    return form


def states(*, is_own: bool) -> list[tuple[str, str]]:
    """The states to choose from."""
    first = (EntryState.ENTERED, _("Nhập số liệu") if is_own else _("Chấm khác, có lý do"))
    agreed = [] if is_own else [(EntryState.AGREED, EntryState.AGREED.label)]
    others = [(state, state.label) for state in (EntryState.NOT_ASSIGNED, EntryState.EXEMPT)]
    return [(str(code), str(words)) for code, words in (first, *agreed, *others)]


def initial_of(form_boxes: Collection[Box], entry: Entry) -> dict[str, str]:
    """What the boxes of a cell hold now."""
    found = {box.name: box.shown(entry.value) for box in form_boxes}
    state = EntryState.ENTERED if entry.state == EntryState.EMPTY else entry.state
    points = "" if entry.points is None else plain(entry.points).replace(".", ",")
    return {**found, "state": state, "points": points, "reason": entry.reason}
