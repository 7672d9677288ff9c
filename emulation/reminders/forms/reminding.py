"""How a person wants to be reminded, and when an office wants it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from emulation.organisation.forms.fields import NfcForm
from emulation.reminders.domain import days
from emulation.reminders.enums import Frequency, Language


class ChoiceForm(NfcForm):
    by_mail = forms.BooleanField(label=_("Nhận nhắc việc qua thư điện tử"), required=False)
    email = forms.EmailField(
        label=_("Địa chỉ thư điện tử"), required=False, help_text=_("Thư chỉ nêu loại việc, tên khối, thời hạn và đường dẫn.")
    )
    frequency = forms.ChoiceField(label=_("Mức độ"), choices=Frequency.choices)
    language = forms.ChoiceField(label=_("Ngôn ngữ của thư và lịch"), choices=Language.choices)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("by_mail") and not found.get("email") and "email" not in self.errors:
            self.add_error("email", _("Nhập địa chỉ thư điện tử để nhận nhắc việc qua thư."))
        return found


class DaysForm(NfcForm):
    year = forms.IntegerField(
        label=_("Năm"), required=False, min_value=2000, max_value=2100, help_text=_("Để trống: mọi năm chưa đặt riêng.")
    )
    days = forms.CharField(
        label=_("Nhắc trước và sau hạn (ngày)"),
        max_length=100,
        help_text=_("Số dương là trước hạn, 0 là đúng ngày, số âm là sau hạn."),
    )

    def clean_days(self) -> list[int]:
        return days.read(self.cleaned_data["days"])
