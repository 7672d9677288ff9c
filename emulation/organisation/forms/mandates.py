"""The form that records a basis for signing on behalf of a unit's head."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emulation.organisation.enums import Capacity
from emulation.organisation.forms.fields import DayField, NfcForm
from emulation.organisation.models import Position


class PositionChoiceField(forms.ModelChoiceField):
    """Positions by rank, name, title and unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.unit.name}"


class MandateForm(NfcForm):
    """Who may sign for the head, in which form, on which document's basis, from when until when."""

    position = PositionChoiceField(label=_("Người được giao"), queryset=Position.objects.none())
    capacity = forms.ChoiceField(label=_("Hình thức"), choices=[row for row in Capacity.choices if row[0] != Capacity.OWN])
    document = forms.CharField(
        label=_("Văn bản làm căn cứ"),
        max_length=300,
        help_text=_("Số, ký hiệu, ngày và người ban hành, ví dụ: Giấy ủy quyền số 05/GUQ-CAX ngày 02/03/2026."),
    )
    valid_from = DayField(label=_("Từ ngày"))
    valid_until = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu không thời hạn."))

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].queryset = positions  # type: ignore[attr-defined]  # of this field's class
