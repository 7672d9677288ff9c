"""Forms around periods: open one, move its days, give one unit a later day. Nothing in here writes."""

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.organisation.forms.fields import DayField
from emulation.reports.domain.periods import DAYS
from emulation.reports.enums import PeriodKind


class DaysForm(ActForm):
    """From when to when units write, and until when the bloc's own report goes out."""

    opens_on = DayField(label=_("Bắt đầu viết từ ngày"))
    due_on = DayField(label=_("Đơn vị nộp đến hết ngày"))
    bloc_due_on = DayField(label=_("Khối nộp đến hết ngày"), help_text=_("Báo cáo của khối, sau khi các đơn vị đã nộp."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(*self.head(), Row(*(Column(name, css_class="col-md-4") for name in DAYS)))

    def head(self) -> list[str]:
        """What stands above the days."""
        return []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, due, bloc = (data.get(name) for name in DAYS)
        if opens and due and due < opens:
            self.add_error("due_on", gettext("Hạn nộp phải từ ngày bắt đầu viết trở đi."))
        if due and bloc and bloc < due:
            self.add_error("bloc_due_on", gettext("Hạn của khối phải từ hạn của đơn vị trở đi."))
        return data

    @property
    def days(self) -> dict[str, date]:
        """What the verbs take, of a valid form."""
        return {name: self.cleaned_data[name] for name in DAYS}


class OpenPeriodForm(DaysForm):
    """Which report, by when."""

    kind = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=PeriodKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Tên báo cáo"),
        max_length=120,
        required=False,
        help_text=_("Chỉ đặt cho báo cáo khác, ví dụ: Báo cáo quý III."),
    )

    def head(self) -> list[str]:
        return ["kind", "name"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_other, name = data.get("kind") == PeriodKind.OTHER, data.get("name", "").strip()
        if is_other and not name and "name" not in self.errors:
            self.add_error("name", gettext("Đặt tên cho báo cáo khác."))
        if not is_other:
            data["name"] = ""
        return data


class ExtendForm(ActForm):
    """A later day for one unit, with the reason."""

    due_on = DayField(label=_("Gia hạn đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
