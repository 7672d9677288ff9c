"""Forms of the office about accounts: the first administrator, the search for people."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock, vietnamese
from emulation.organisation.forms.accounts import NewSecretForm
from emulation.organisation.forms.fields import NfcForm, NfcMixin
from emulation.organisation.models import Unit, User

LOGIN_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,59}$", _("Từ 3 ký tự trở lên: chữ thường không dấu, chữ số, dấu chấm, dấu gạch; ví dụ: quantri.")
)


class FirstAdministratorForm(NfcMixin, NewSecretForm):
    """The code from the server's file, and who the first administrator is."""

    code = forms.CharField(
        label=_("Mã khởi đầu"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True, "spellcheck": "false"}),
    )
    full_name = forms.CharField(
        label=_("Họ và tên người quản trị"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("code", "full_name", "username", "new", "again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=User(), **kwargs)

    def clean_username(self) -> str:
        name = self.cleaned_data["username"].strip().lower()
        LOGIN_NAME(name)
        self.user.username, self.user.full_name = name, self.cleaned_data.get("full_name", "")
        return name


class UnitChoiceField(forms.ModelChoiceField):
    """Units by name."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class PeopleFilterForm(NfcForm):
    """Whom to look for."""

    q = forms.CharField(label=_("Tên hoặc tên đăng nhập"), max_length=120, required=False, widget=forms.SearchInput())
    unit = UnitChoiceField(label=_("Đơn vị"), queryset=Unit.objects.none(), required=False, empty_label=_("Tất cả đơn vị"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Unit.objects.on(clock.today()).named()
        self.fields["unit"].queryset = here  # type: ignore[attr-defined]  # of this field's class
        # By the names of today, in the order of the alphabet; named in Python, since names are dated rows.
        choices = sorted(((unit.pk, unit.name) for unit in here), key=lambda row: vietnamese.sort_key(row[1]))
        self.fields["unit"].choices = [("", _("Tất cả đơn vị")), *choices]  # type: ignore[attr-defined]  # of this field's class
