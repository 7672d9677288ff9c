"""The two ways to ask on the public page: a typed code, a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from emulation.lib import codes
from emulation.organisation.forms.fields import NfcForm

CODE_LENGTH = 10


class CodeForm(NfcForm):
    """The code that is printed on the signature page."""

    ma = forms.CharField(
        label=_("Mã tra cứu in trên trang ký"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "placeholder": "ABCDE FGHJK"}
        ),
        error_messages={"required": _("Nhập mã tra cứu in trên trang ký.")},
    )

    def clean_ma(self) -> str:
        """The code as it was issued. Whether it exists is not said here."""
        code = codes.read_typed(self.cleaned_data["ma"])
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError(_("Mã gồm %(n)d chữ và số, in dưới mã QR. Đồng chí gõ lại cả mã.") % {"n": CODE_LENGTH})
        return code


class FileForm(forms.Form):
    """A PDF file to be verified."""

    tep = forms.FileField(
        label=_("Tệp PDF"),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Chọn tệp PDF cần xác minh."),
            "max_length": _("Tên tệp quá dài: đổi tên ngắn hơn rồi gửi lại."),
        },
    )
