"""Forms of the working set: a node with the parameters of its rule, the settings, a workbook. None of them writes."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.models import Indicator
from emulation.lib import vietnamese
from emulation.organisation.forms.fields import NfcForm, VietnameseDecimalField
from scoring.domain.checking import SUMS
from scoring.enums import Exempt, Method, NodeKind, NotAssigned, SectionKind
from scoring.models import Criterion
from scoring.rules import TYPES, Faulty, notation
from scoring.rules.inputs import ABSENT, Choice, Input, Rows, Unfit
from scoring.rules.numbers import NotExact, exact, plain
from scoring.texts import CriteriaText
from scoring.workbooks.opening import MOST_BYTES

RULE = "rule-"
TIE_FIELDS = 3


class PlainForm(NfcForm):
    """Laid out by crispy without its own form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _points(label: Any, **more: Any) -> VietnameseDecimalField:
    field = VietnameseDecimalField(label=label, required=False, max_digits=7, decimal_places=2, **more)
    field.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
    return field


class ParameterField(forms.CharField):
    """One parameter of a rule, typed as the notation has it."""

    def __init__(self, wanted: Input, **more: Any) -> None:
        self.wanted = wanted
        widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}) if isinstance(wanted, Rows) else forms.TextInput()
        super().__init__(label=str(wanted.label), required=False, widget=widget, **more)
        if wanted.default is not ABSENT and wanted.default is not None:
            widget.attrs["placeholder"] = notation.write_value(wanted, plain(wanted.default))
        if isinstance(wanted, Rows):
            columns = ": ".join(str(column.label).lower() for column in wanted.columns.values())
            self.help_text = _("Mỗi dòng một mức, viết dạng %(columns)s.") % {"columns": columns}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        given = notation.read_value(self.wanted, text)
        try:
            self.wanted.read(given)
        except Faulty as error:
            raise forms.ValidationError([fault.sentence for fault in error.faults]) from error
        except Unfit as error:
            raise forms.ValidationError(str(error)) from error
        return given

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return notation.write_value(self.wanted, value).replace("; ", "\n")
        return value if value is None else notation.write_value(self.wanted, value)


class CriterionForm(PlainForm):
    """A node. Which fields it has depends on what it is, and for a leaf on its rule."""

    code = forms.CharField(label=gettext_lazy("Mã"), max_length=20, required=False)
    name = forms.CharField(
        label=gettext_lazy("Nội dung, tiêu chí"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})
    )
    section = forms.ChoiceField(label=gettext_lazy("Phần"), choices=SectionKind.choices)
    max_points = _points(gettext_lazy("Điểm tối đa"), min_value=0)
    min_points = _points(gettext_lazy("Điểm tối thiểu"), max_value=0, help_text=gettext_lazy("Để trống nếu không có điểm âm."))
    is_capped = forms.BooleanField(label=gettext_lazy("Các tiêu chí cộng quá thì chỉ tính đến điểm tối đa"), required=False)
    rule_type = forms.ChoiceField(label=gettext_lazy("Cách tính"), choices=[])
    step = _points(gettext_lazy("Bước điểm"), min_value=Decimal("0.01"))
    measure = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=40, required=False)
    indicator_key = forms.ChoiceField(label=gettext_lazy("Lấy chỉ tiêu từ giao ước"), required=False)
    evidence_required = forms.BooleanField(label=gettext_lazy("Bắt buộc có minh chứng"), required=False)
    is_cross_scored = forms.BooleanField(label=gettext_lazy("Chấm chéo"), required=False)
    guidance = forms.CharField(
        label=gettext_lazy("Hướng dẫn chấm"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, row: Criterion, indicators: Iterable[Indicator] = (), **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(row))
        super().__init__(*args, **kwargs)
        if row.parent_id:
            del self.fields["section"]
        if row.kind == NodeKind.GROUP:
            for name in ("rule_type", "step", "measure", "indicator_key", "evidence_required", "is_cross_scored"):
                del self.fields[name]
            return
        del self.fields["is_capped"]
        self._offer_rules(row)
        indicator = self.fields["indicator_key"]
        assert isinstance(indicator, forms.ChoiceField)
        indicator.choices = [("", "—"), *((str(found.key), found.name) for found in indicators)]
        self._ask_parameters(row)

    def _offer_rules(self, row: Criterion) -> None:
        rule_type = self.fields["rule_type"]
        assert isinstance(rule_type, forms.ChoiceField)
        rule_type.choices = [(name, kind.label) for name, kind in TYPES.items()]
        if row.rule_type in TYPES:
            rule_type.help_text = str(TYPES[row.rule_type].purpose)
        if row.rule_type != "manual":
            del self.fields["step"]

    def _ask_parameters(self, row: Criterion) -> None:
        """The parameters of the rule as it is stored: another rule asks for its own once it is saved."""
        after = list(self.fields)
        asked = notation.typed_parameters(row.rule_type) if row.rule_type in TYPES else {}
        for name, wanted in asked.items():
            self.fields[f"{RULE}{name}"] = self._field(wanted)
        place = after.index("rule_type") + 1
        self.order_fields([*after[:place], *(f"{RULE}{name}" for name in asked), *after[place:]])

    def _field(self, wanted: Input) -> forms.Field:
        if isinstance(wanted, Choice):
            choices = [(code, words) for code, words in wanted.choices.items()]
            return forms.ChoiceField(label=str(wanted.label), choices=choices, required=False, initial=wanted.default)
        return ParameterField(wanted)


def initial_of(row: Criterion) -> dict[str, Any]:
    """What a node's form starts with."""
    names = [name for name in CriterionForm.base_fields if name != "indicator_key"]
    values = {name: getattr(row, name) for name in names}
    rule = {f"{RULE}{name}": value for name, value in row.rule.items()}
    return {**values, "indicator_key": str(row.indicator_key or ""), **rule}


def values_of(row: Criterion, cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the verb saves: fields, and the parameters of the rule on top of those that are stored."""
    values = {name: value for name, value in cleaned.items() if not name.startswith(RULE)}
    typed = {name.removeprefix(RULE): value for name, value in cleaned.items() if name.startswith(RULE)}
    rule_type = values.get("rule_type", row.rule_type)
    if rule_type in TYPES and (typed or rule_type != row.rule_type):
        own = notation.typed_parameters(rule_type)
        merged = {**row.rule, **typed}
        values["rule"] = {name: value for name, value in merged.items() if name in own and value not in (None, "")}
    if rule_type != "manual" and row.step is not None:
        values["step"] = None
    if "indicator_key" in values:
        values["indicator_key"] = values["indicator_key"] or None
    return values


class SettingsForm(PlainForm):
    """How totals, ties and grades are made."""

    total_points = _points(gettext_lazy("Tổng điểm chính"), min_value=1)
    places = forms.TypedChoiceField(
        label=gettext_lazy("Làm tròn từng tiêu chí đến"),
        coerce=int,
        choices=[
            (0, gettext_lazy("số nguyên")),
            (1, gettext_lazy("1 chữ số thập phân")),
            (2, gettext_lazy("2 chữ số thập phân")),
        ],
    )
    not_assigned = forms.ChoiceField(label=gettext_lazy("Khi không giao chỉ tiêu"), choices=NotAssigned.choices)
    exempt = forms.ChoiceField(label=gettext_lazy("Khi được miễn"), choices=Exempt.choices)
    bonus_above_scale = forms.BooleanField(label=gettext_lazy("Điểm thưởng được vượt tổng điểm chính"), required=False)
    method = forms.ChoiceField(label=gettext_lazy("Cách tổng hợp điểm chấm chéo"), choices=Method.choices)
    grades = forms.CharField(
        label=gettext_lazy("Xếp loại"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("Mỗi dòng một loại, từ cao xuống thấp, viết dạng mã: tên: từ điểm. Loại cuối không ghi điểm."),
    )

    def __init__(self, *args: Any, text: CriteriaText, **kwargs: Any) -> None:
        kwargs.setdefault("initial", settings_initial(text))
        super().__init__(*args, **kwargs)
        for number in range(1, TIE_FIELDS + 1):
            self.fields[f"tie_{number}"] = forms.ChoiceField(
                label=_("Khi bằng điểm, xét thứ %(n)d") % {"n": number}, choices=tie_choices(text), required=False
            )

    def clean_total_points(self) -> Decimal:
        value: Decimal | None = self.cleaned_data["total_points"]
        if value is None:
            raise forms.ValidationError(_("Nhập tổng điểm chính."))
        return value

    def clean_grades(self) -> list[list[str]]:
        found = []
        for line in filter(None, (line.strip() for line in self.cleaned_data["grades"].splitlines())):
            cells = [cell.strip() for cell in line.split(":")]
            try:
                code, name, least = [*cells, ""][:3] if len(cells) in (2, 3) else ("", "", "")
                found.append([code, name, plain(exact(least.replace(",", "."))) if least else ""])
            except NotExact as error:
                raise forms.ValidationError(_("Dòng “%(line)s”: điểm không phải là số.") % {"line": line[:60]}) from error
            if not code or not name:
                raise forms.ValidationError(_("Dòng “%(line)s”: viết dạng mã: tên: từ điểm.") % {"line": line[:60]})
        return found

    def values(self) -> dict[str, Any]:
        """What the verb saves."""
        names = [name for name in self.cleaned_data if not name.startswith("tie_")]
        ties = [self.cleaned_data.get(f"tie_{number}", "") for number in range(1, TIE_FIELDS + 1)]
        keys = [[key, "asc" if key == "penalty" else "desc"] for key in dict.fromkeys(ties) if key]
        return {**{name: self.cleaned_data[name] for name in names}, "tie_keys": keys}


def settings_initial(text: CriteriaText) -> dict[str, Any]:
    """What the settings' form starts with."""
    ties = {f"tie_{number}": key for number, (key, _direction) in enumerate(text.tie_keys, start=1)}
    grades = "\n".join(
        ": ".join(part for part in (code, name, least.replace(".", ",")) if part) for code, name, least in text.grades
    )
    data = {name: value for name, value in text.to_data().items() if name not in ("criteria", "tie_keys")}
    return {**data, "total_points": Decimal(text.total_points), "grades": grades, **ties}


def tie_choices(text: CriteriaText) -> list[tuple[str, str]]:
    """What may tell units with equal totals apart: sections, and groups by their points."""
    sections = {"base": _("Tổng điểm chính cao hơn"), "bonus": _("Điểm thưởng cao hơn"), "penalty": _("Điểm trừ ít hơn")}
    groups = [
        (f"group:{row.code}", _("Điểm nhóm %(group)s cao hơn") % {"group": f"{row.code} {row.name[:50]}"})
        for row in text.criteria
        if row.is_group and row.code
    ]
    return [("", "—"), *((key, sections[key]) for key in SUMS), *groups]


class WorkbookForm(PlainForm):
    """A workbook to be looked at."""

    file = forms.FileField(
        label=gettext_lazy("Sổ Excel (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("Hệ thống kiểm tra và cho xem trước; chưa thay đổi gì cho đến khi đồng chí xác nhận."),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn %(n)d MB.") % {"n": MOST_BYTES // 1024 // 1024})
        if not vietnamese.slug(file.name).endswith("xlsx"):
            raise forms.ValidationError(_("Chọn tệp có đuôi .xlsx."))
        data: bytes = file.read()
        return data
