"""The form of a joint activity: checks shapes, never writes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from blocs.models import BlocYear
from emulation.organisation.forms.fields import DayField, VietnameseDecimalField
from emulation.reports.enums import ActivityKind
from emulation.reports.models import Activity
from emulation.reports.models.activities import MOST_MONEY
from scoring.texts import CriterionText

MOST_PEOPLE = 10_000_000


class WholeField(VietnameseDecimalField):
    """A whole number typed as 1.500.000 or plainly."""

    default_error_messages = {"whole": _("Nhập số nguyên, ví dụ 1.500.000.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if isinstance(number, Decimal) and number != number.to_integral_value():
            raise forms.ValidationError(self.error_messages["whole"], code="whole")
        return None if number is None else int(number)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class ActivityForm(ActForm):
    """When, where, who, what it came to. A member hosts what it enters; who runs the bloc chooses the host and the criterion."""

    kind = forms.ChoiceField(label=_("Loại hoạt động"), choices=ActivityKind.choices)
    title = forms.CharField(label=_("Tên hoạt động"), max_length=300)
    held_on = DayField(label=_("Ngày tổ chức"))
    held_to = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu trong một ngày."))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    host = forms.TypedChoiceField(label=_("Đơn vị chủ trì"), coerce=int)
    units = forms.TypedMultipleChoiceField(
        label=_("Đơn vị cùng tham gia"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    money = WholeField(label=_("Kinh phí (đồng)"), min_value=1, max_value=MOST_MONEY)
    people = WholeField(label=_("Số người được giúp đỡ, tham dự"), min_value=1, max_value=MOST_PEOPLE)
    works = forms.CharField(
        label=_("Công trình, hiện vật, ngày công"),
        max_length=500,
        required=False,
        help_text=_("Ví dụ: 2 nhà tình nghĩa, 120 suất quà."),
    )
    text = forms.CharField(
        label=_("Nội dung, kết quả"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    criterion = forms.ChoiceField(
        label=_("Tính cho tiêu chí"),
        required=False,
        help_text=_(
            "Tiêu chí đếm số lượng tự lấy số hoạt động của từng đơn vị; tiêu chí chấm trực tiếp hiện hoạt động này làm căn cứ."
        ),
    )

    def __init__(
        self, *args: Any, bloc_year: BlocYear, hosts: Sequence[int], leaves: Sequence[CriterionText] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        seats = [(seat.unit_id, seat.unit.name) for seat in bloc_year.ordered_seats]
        self.fields["host"].choices = [(key, name) for key, name in seats if key in hosts]  # type: ignore[attr-defined]
        self.fields["units"].choices = seats  # type: ignore[attr-defined]
        if leaves:
            named = [(leaf.key, f"{leaf.code} {leaf.name}") for leaf in leaves]
            self.fields["criterion"].choices = [("", _("Không tính vào tiêu chí nào")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["criterion"]
        if len(hosts) == 1:
            self.fields["host"].disabled, self.fields["host"].initial = True, hosts[0]
        halves = [("held_on", "held_to"), ("place", "host"), ("money", "people")]
        rows = [Row(*(Column(name, css_class="col-md-6") for name in pair)) for pair in halves]
        self.helper.layout = Layout(
            "kind", "title", rows[0], rows[1], "units", rows[2], "works", "text", *(["criterion"] if leaves else [])
        )

    def values(self, bloc_year: BlocYear) -> dict[str, Any]:
        """What the verb takes, besides the units."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "units"}
        seat = bloc_year.seat_of(data["host"])
        data["host"] = seat.unit if seat else None
        if "criterion" in data:
            data["criterion"] = data["criterion"] or None
        return data


def initial_of(activity: Activity) -> dict[str, Any]:
    """What stands in the form of an activity that is changed."""
    names = ("kind", "title", "held_on", "held_to", "place", "money", "people", "works", "text")
    return {
        **{name: getattr(activity, name) for name in names},
        "host": activity.host_id,
        "units": [unit.pk for unit in activity.units.all()],
        "criterion": str(activity.criterion or ""),
    }
