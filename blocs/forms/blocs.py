"""Forms for forming a bloc: the decision, and the seats in its order."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blocs.domain.blocs import BlocPlan, SeatPlan
from blocs.enums import BlocWord, LeadersPlace, SeatRole
from blocs.models import BlocYear
from emulation.lib import clock, vietnamese
from emulation.organisation.forms.fields import DayField, NfcForm
from emulation.organisation.models import Unit


class BlocForm(NfcForm):
    """What the decision says about the bloc."""

    year = forms.IntegerField(
        label=_("Năm"), min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    word = forms.ChoiceField(label=_("Cách gọi"), choices=BlocWord.choices)
    name = forms.CharField(
        label=_("Tên khối"), max_length=200, help_text=_("Không kèm chữ “Khối thi đua”, ví dụ: Công an các xã vùng biển.")
    )
    decision_number = forms.CharField(label=_("Số quyết định lập khối"), max_length=60)
    decision_date = DayField(label=_("Ngày quyết định"))
    decision_by = forms.CharField(label=_("Người ban hành"), max_length=120, initial="Giám đốc Công an tỉnh")
    deputies_allowed = forms.IntegerField(label=_("Số khối phó tối đa"), min_value=0, max_value=3, initial=1)
    leaders_place = forms.ChoiceField(label=_("Vị trí ký của khối trưởng, khối phó"), choices=LeadersPlace.choices)
    presiding_leader = forms.CharField(
        label=_("Lãnh đạo chủ trì"),
        max_length=150,
        required=False,
        help_text=_("Cấp bậc, họ tên, chức vụ của lãnh đạo Công an tỉnh."),
    )
    draft_due = DayField(label=_("Hạn công bố dự thảo"), required=False)
    sign_due = DayField(label=_("Hạn ký giao ước"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("year", css_class="col-md-3"), Column("word", css_class="col-md-3"), Column("name", css_class="col-md-6")),
            Row(
                Column("decision_number", css_class="col-md-4"),
                Column("decision_date", css_class="col-md-3"),
                Column("decision_by", css_class="col-md-5"),
            ),
            Row(
                Column("deputies_allowed", css_class="col-md-3"),
                Column("leaders_place", css_class="col-md-4"),
                Column("presiding_leader", css_class="col-md-5"),
            ),
            Row(Column("draft_due", css_class="col-md-3"), Column("sign_due", css_class="col-md-3")),
        )

    def plan(self, seats: list[SeatPlan]) -> BlocPlan:
        """The plan for the verb; call after `is_valid`."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "year"}
        return BlocPlan(seats=seats, **data)


class SeatForm(NfcForm):
    """One unit of the bloc; rows without a unit do not count."""

    unit = forms.ModelChoiceField(
        label=_("Đơn vị"), queryset=Unit.objects.none(), required=False, empty_label=_("— chọn đơn vị —")
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=SeatRole.choices, initial=SeatRole.MEMBER)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Unit.objects.filter(pk__in=[pk for pk, _name in units]).named()
        field.choices = [("", _("— chọn đơn vị —")), *units]
        for each in self.fields.values():
            each.widget.attrs["class"] = "form-select"


class SeatFormSet(forms.BaseFormSet[SeatForm]):
    """The units in the order of the decision."""

    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.seats():
            raise ValidationError(_("Chọn các đơn vị của khối."))

    def seats(self) -> list[SeatPlan]:
        """The chosen units with their roles."""
        return [
            SeatPlan(row.cleaned_data["unit"], row.cleaned_data["role"]) for row in self.forms if row.cleaned_data.get("unit")
        ]


def seat_formset(units: list[tuple[int, str]], data: Any = None, initial: list[dict[str, Any]] | None = None) -> SeatFormSet:
    """The rows for the seats: what is there and five more, eight at least."""
    rows = len(initial or [])
    factory = forms.formset_factory(SeatForm, formset=SeatFormSet, extra=max(5, 8 - rows), max_num=20, validate_max=True)
    formset = factory(data, prefix="seats", initial=initial or [], form_kwargs={"units": units})
    assert isinstance(formset, SeatFormSet)
    return formset


def initial_of(bloc_year: BlocYear, *, year: int | None = None) -> dict[str, Any]:
    """The form's values for a bloc that exists; `year` when it is carried into another one."""
    names = ("word", "name", "deputies_allowed", "leaders_place", "presiding_leader")
    values = {name: getattr(bloc_year, name) for name in names}
    if year is not None:
        return {**values, "year": year, "decision_by": bloc_year.decision_by}
    dated = ("decision_number", "decision_date", "decision_by", "draft_due", "sign_due")
    return {**values, "year": bloc_year.year_id, **{name: getattr(bloc_year, name) for name in dated}}


def units_to_choose(kept: BlocYear | None = None) -> list[tuple[int, str]]:
    """Units that exist today by name in the Vietnamese order, and those that the bloc has already."""
    rows = {
        unit.pk: unit.name
        for unit in Unit.objects.on(clock.today()).filter(is_emulation_office=False).exclude(kind="province").named()
    }
    if kept:
        rows.update({seat.unit_id: seat.unit.name for seat in kept.ordered_seats})
    return sorted(rows.items(), key=lambda row: vietnamese.sort_key(row[1]))
