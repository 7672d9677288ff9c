"""The two texts that are compared."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.domain.comparisons import Choice
from emulation.organisation.forms.fields import NfcForm


class CompareForm(NfcForm):
    """Chosen by address: `?tu=1&den=2`."""

    tu = forms.ChoiceField(label=_("Bản cũ"), error_messages={"invalid_choice": _("Không có bản này.")})
    den = forms.ChoiceField(label=_("Bản mới"), error_messages={"invalid_choice": _("Không có bản này.")})

    def __init__(self, *args: Any, found: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tu", "den"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(choice.code, choice.words) for choice in found]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("tu") and data.get("tu") == data.get("den"):
            self.add_error("den", _("Chọn hai bản khác nhau."))
        return data
