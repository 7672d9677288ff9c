"""The form that records a basis for signing on behalf of a unit's head."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emulation.organisation.domain.mandates import MOST_BYTES
from emulation.organisation.enums import Capacity, MandateScope
from emulation.organisation.forms.fields import DayField, NfcForm
from emulation.organisation.models import Position


class PositionChoiceField(forms.ModelChoiceField):
    """Positions by rank, name, title and unit."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.unit.name}"


class MandateForm(NfcForm):
    """Who may sign for the head, in which form, on which document's basis, from when until when."""

    position = PositionChoiceField(label=_("Người được giao"), queryset=Position.objects.none(), empty_label=_("— chưa chọn —"))
    capacity = forms.ChoiceField(label=_("Hình thức"), choices=[row for row in Capacity.choices if row[0] != Capacity.OWN])
    document = forms.CharField(
        label=_("Văn bản làm căn cứ"),
        max_length=300,
        help_text=_("Số, ký hiệu, ngày và người ban hành, ví dụ: Giấy ủy quyền số 05/GUQ-CAX ngày 02/03/2026."),
    )
    scope = forms.ChoiceField(label=_("Phạm vi"), choices=MandateScope.choices, initial=MandateScope.ALL, required=False)
    valid_from = DayField(label=_("Từ ngày"))
    valid_until = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu không thời hạn; thừa ủy quyền phải có thời hạn.")
    )
    file = forms.FileField(
        label=_("Tệp văn bản"),
        required=False,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        help_text=_("Bản PDF hoặc ảnh chụp văn bản, tối đa 10 MB; đơn vị và cơ quan thường trực xem được."),
        error_messages={
            "empty": _("Tệp rỗng: chọn lại tệp."),
            "max_length": _("Tên tệp quá dài: đổi tên ngắn hơn rồi gửi lại."),
        },
    )

    def __init__(self, *args: Any, positions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["position"]
        assert isinstance(field, PositionChoiceField)
        field.queryset = positions
        self.people = [(row.pk, field.label_from_instance(row)) for row in positions]
        field.choices = [("", field.empty_label), *self.people]

    def clean_scope(self) -> str:
        """Everything, unless something narrower was chosen."""
        return str(self.cleaned_data["scope"] or MandateScope.ALL)

    def clean_file(self) -> tuple[str, bytes] | None:
        """Name and bytes; what they are is the verb's to find. Not read when there are too many."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("Tệp lớn quá %(n)d MB.") % {"n": MOST_BYTES // 2**20})
        return str(file.name), file.read()
