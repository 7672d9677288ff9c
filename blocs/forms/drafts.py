"""Forms of the working draft. Each is one autosaved part of it; what is required for printing is checked later, not while typing."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.domain.limits import LONGEST_CLAUSE, LONGEST_FRAME, LONGEST_RECIPIENTS, MOST_CHARACTERS
from blocs.enums import Direction, Title
from blocs.models import BlocDocument, BlocYear
from emulation.organisation.forms.fields import DayField, NfcForm, VietnameseDecimalField
from emulation.organisation.models import Unit
from emulation.signing.enums import SigningOrder


class DraftForm(NfcForm):
    """A part of the draft; laid out by crispy without its own form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


class OpeningForm(DraftForm):
    title = forms.CharField(label=_("Tên văn bản"), max_length=120)
    movement = forms.CharField(
        label=_("Phong trào"),
        max_length=120,
        required=False,
        help_text=_("In trong ngoặc kép sau tên văn bản; để trống nếu không có."),
    )
    bases = forms.CharField(
        label=_("Căn cứ"), required=False, max_length=LONGEST_FRAME, widget=_area(5), help_text=_("Mỗi căn cứ một dòng.")
    )
    opening = forms.CharField(label=_("Lời mở đầu"), required=False, max_length=LONGEST_FRAME, widget=_area(4))


class RecipientsForm(DraftForm):
    recipients = forms.CharField(
        label=_("Nơi nhận"), required=False, max_length=LONGEST_RECIPIENTS, widget=_area(5), help_text=_("Mỗi nơi nhận một dòng.")
    )


class SigningDetailsForm(DraftForm):
    place = forms.CharField(
        label=_("Địa danh"), max_length=60, required=False, help_text=_("In trước ngày ký, ví dụ: Quảng Ninh.")
    )
    date = DayField(label=_("Ngày ký"), required=False)
    host_unit = forms.ModelChoiceField(label=_("Đơn vị đăng cai hội nghị"), queryset=Unit.objects.none(), required=False)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=40, required=False, help_text=_("Để trống nếu không đánh số."))
    is_internal = forms.BooleanField(label=_("In “LƯU HÀNH NỘI BỘ”"), required=False)
    has_witness = forms.BooleanField(label=_("Lãnh đạo Công an tỉnh ký chứng kiến"), required=False)
    signing_order = forms.ChoiceField(label=_("Thứ tự ký"), choices=SigningOrder.choices)

    def __init__(self, *args: Any, document: BlocDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not document.is_covenant:  # signed by the leader alone
            for name in ("host_unit", "has_witness", "signing_order"):
                del self.fields[name]
            return
        field = self.fields["host_unit"]
        assert isinstance(field, forms.ModelChoiceField)
        seats = document.bloc_year.ordered_seats
        field.queryset = Unit.objects.filter(pk__in=[seat.unit_id for seat in seats])
        field.choices = [("", "—"), *((seat.unit_id, seat.unit.name) for seat in seats)]


class ClauseForm(DraftForm):
    heading = forms.CharField(label=_("Tiêu đề"), max_length=300, required=False)
    text = forms.CharField(label=_("Nội dung"), max_length=LONGEST_CLAUSE, required=False, widget=_area(5))


class IndicatorForm(DraftForm):
    name = forms.CharField(label=_("Chỉ tiêu"), max_length=300)
    measure = forms.CharField(label=_("Đơn vị tính"), max_length=40)
    direction = forms.ChoiceField(label=_("Chiều"), choices=Direction.choices)
    bloc_value = VietnameseDecimalField(
        label=_("Chỉ tiêu của khối"),
        required=False,
        min_value=0,
        max_digits=13,
        decimal_places=4,
        help_text=_("Để trống nếu chỉ giao cho từng đơn vị."),
    )

    def __init__(self, *args: Any, bloc_year: BlocYear | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seat in bloc_year.ordered_seats if bloc_year else []:
            self.fields[f"unit-{seat.unit_id}"] = VietnameseDecimalField(
                label=seat.unit.short_name, required=False, min_value=0, max_digits=13, decimal_places=4
            )


class RegistrationForm(DraftForm):
    """A row of boxes for each unit: `unit-<key>` holds its titles."""

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for unit in units:
            self.fields[f"unit-{unit.pk}"] = forms.MultipleChoiceField(
                label=unit.name,
                choices=Title.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )


class PasteForm(DraftForm):
    text = forms.CharField(
        label=_("Toàn văn"),
        max_length=MOST_CHARACTERS,
        widget=_area(16),
        help_text=_(
            "Chép toàn bộ văn bản trong Word rồi dán vào đây. Hệ thống tách căn cứ, các mục, các nội dung hoặc điều và nơi nhận."
        ),
        error_messages={"max_length": _("Văn bản dài quá %(limit_value)d ký tự. Đồng chí bỏ phần phụ lục rồi dán lại.")},
    )
