"""Forms about one's own account: log in, set or change the secret, type a code. Secrets are never trimmed."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from emulation.lib import vietnamese
from emulation.organisation.forms.fields import NfcForm
from emulation.organisation.models import User

LONGEST_SECRET = 200


def secret_field(label: Any, *, new: bool, **kwargs: Any) -> forms.CharField:
    """A field for a secret; `new` tells the browser which of its stored ones to offer."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, max_length=LONGEST_SECRET, strip=False, widget=widget, **kwargs)


class LoginForm(NfcForm):
    """Who are you?"""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = secret_field(_("Mật khẩu"), new=False)


class NewSecretForm(forms.Form):
    """A new secret, typed twice, that suits the person."""

    new = secret_field(
        _("Mật khẩu mới"), new=True, help_text=_("Từ 10 ký tự trở lên, không phải toàn chữ số, không giống tên của đồng chí.")
    )
    again = secret_field(_("Nhập lại mật khẩu mới"), new=True)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        secret = vietnamese.nfc(self.cleaned_data["new"])
        validate_password(secret, self.user)
        return secret

    def clean_again(self) -> str:
        secret = vietnamese.nfc(self.cleaned_data["again"])
        if "new" in self.cleaned_data and secret != self.cleaned_data["new"]:
            raise ValidationError(_("Hai lần nhập không giống nhau."))
        return secret


class ChangeSecretForm(NewSecretForm):
    """The old secret first: a computer left open must not be enough."""

    old = secret_field(_("Mật khẩu hiện tại"), new=False)
    field_order = ("old", "new", "again")


class LinkCodeForm(NfcForm):
    """The code from the slip, when the link cannot be followed."""

    code = forms.CharField(
        label=_("Mã trên phiếu"),
        max_length=40,
        help_text=_("16 chữ và số; chữ hoa, chữ thường, dấu cách và dấu gạch đều được."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
