"""Forms of a campaign: its phases with their days, a unit that leaves, the answer to an explanation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.lib import clock
from emulation.organisation.forms.fields import DayField, VietnameseDecimalField
from emulation.organisation.models import Unit
from scoring.enums import OPTIONAL_PHASES, ExplanationState, Period, Phase
from scoring.models import Campaign

PHASES = [phase for phase in Phase if phase != Phase.PUBLISHED]


class PhasesForm(ActForm):
    """The last day of each phase; the fields are called as the phases are, so that a verb's faults find them."""

    moves_by_date = forms.BooleanField(
        label=_("Tự chuyển bước khi hết hạn"),
        required=False,
        initial=True,
        help_text=_("Chỉ chuyển khi bước đã xong việc; còn chờ ai thì đợi."),
    )
    appraisal_name = forms.CharField(
        label=_("Cách gọi bước thẩm định"), max_length=40, initial="Thẩm định", help_text=_("Ví dụ: Thẩm định, Phúc tra.")
    )

    def __init__(self, *args: Any, phases: Sequence[Phase] = PHASES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phases = list(phases)
        for phase in self.phases:
            self.fields[phase.value] = DayField(label=phase.label, required=False)
        self.helper.layout = Layout(
            *self.head(),
            Fieldset(
                _("Ngày cuối của từng bước"),
                Row(*(Column(phase.value, css_class="col-6 col-md-4") for phase in self.phases)),
            ),
            *self.foot(),
        )

    def head(self) -> list[Any]:
        """What stands above the days."""
        return []

    def foot(self) -> list[Any]:
        """What stands below them."""
        return [Row(Column("appraisal_name", css_class="col-md-4")), "moves_by_date"]

    @property
    def dates(self) -> dict[Phase, date | None]:
        """The phases wanted, each with its last day; of a valid form."""
        return {phase: self.cleaned_data[phase.value] for phase in self.phases}


class OpenCampaignForm(PhasesForm):
    """Which period, with or without the optional phases, until when each."""

    period = forms.ChoiceField(label=_("Kỳ chấm"), choices=Period.choices, widget=forms.RadioSelect, initial=Period.YEAR)
    with_cross = forms.BooleanField(
        label=_("Có chấm chéo"), required=False, initial=True, help_text=_("Các đơn vị xem điểm tự chấm của nhau và góp ý.")
    )
    with_reply = forms.BooleanField(
        label=_("Có giải trình"), required=False, initial=True, help_text=_("Đơn vị xem điểm khối chấm và giải trình.")
    )
    moves_by_date = None  # type: ignore[assignment]  # so a form drops a field of the one that it descends from
    appraisal_name = None  # type: ignore[assignment]

    def head(self) -> list[Any]:
        return ["period", Row(Column("with_cross", css_class="col-md-4"), Column("with_reply", css_class="col-md-4"))]

    def foot(self) -> list[Any]:
        return []

    @property
    def dates(self) -> dict[Phase, date | None]:
        left_out = {phase for phase in OPTIONAL_PHASES if not self.cleaned_data[f"with_{phase.value}"]}
        return {phase: day for phase, day in super().dates.items() if phase not in left_out}


class WithdrawForm(ActForm):
    """Which unit left, since when, by what decision."""

    unit = forms.ModelChoiceField(label=_("Đơn vị"), queryset=Unit.objects.none(), empty_label=_("— chọn đơn vị —"))
    since = DayField(label=_("Rời khối từ ngày"), initial=clock.today)
    reason = forms.CharField(
        label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Ví dụ: Quyết định số, ngày.")
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = {row.unit_id for row in campaign.withdrawals.all()}
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        staying = [seat.unit_id for seat in campaign.bloc_year.ordered_seats if seat.unit_id not in gone]
        field.queryset = Unit.objects.filter(pk__in=staying).named()


class AnswerForm(ActForm):
    """Keep the points or adjust them, with the reason that the unit reads."""

    outcome = forms.ChoiceField(
        label=_("Kết quả"),
        choices=[(ExplanationState.KEPT, _("Giữ điểm")), (ExplanationState.ADJUSTED, _("Điều chỉnh điểm"))],
        widget=forms.RadioSelect,
        initial=ExplanationState.KEPT,
    )
    points = VietnameseDecimalField(
        label=_("Điểm sau điều chỉnh"), max_digits=7, decimal_places=2, required=False, help_text=_("Chỉ ghi khi điều chỉnh.")
    )
    text = forms.CharField(label=_("Trả lời đơn vị"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        adjusts = data.get("outcome") == ExplanationState.ADJUSTED
        if adjusts and data.get("points") is None and "points" not in self.errors:
            self.add_error("points", _("Ghi điểm sau điều chỉnh."))
        if not adjusts:
            data["points"] = None
        return data
