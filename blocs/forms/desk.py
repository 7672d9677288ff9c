"""The form at the signing desk: who signs, and his own secret."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.domain.desk import DeskSigner
from blocs.forms.discussion import SignForm


class DeskForm(SignForm):
    """Like the signing form of a person's own session, but it asks who he is, and asks the browser to remember nothing."""

    signer = forms.ChoiceField(
        label=_("Người ký"),
        error_messages={"required": _("Chọn người ký."), "invalid_choice": _("Người này không ký cho đơn vị này.")},
    )

    def __init__(self, *args: Any, signers: list[DeskSigner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signers = {row.key: row for row in signers}
        may = [row.key for row in signers if row.verdict]
        field = self.fields["signer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.key, row.name) for row in signers]
        field.initial = may[0] if len(may) == 1 else ""
        # No browser offers to keep the secret of somebody who only passes by.
        self.fields["secret"].widget.attrs.update({"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"})
        self.fields["secret"].label = _("Mật khẩu của người ký")

    @property
    def chosen(self) -> DeskSigner:
        """Who signs; only asked of a valid form."""
        return self.signers[self.cleaned_data["signer"]]
