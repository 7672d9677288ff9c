"""Forms of a summary of reports, a bloc's or a province's: its head, the text of a passage. Both are saved while typed into."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.reports.models.reports import LONGEST_TEXT


class PassageForm(ActForm):
    text = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )


class HeadForm(ActForm):
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=40, required=False)
    place = forms.CharField(label=_("Địa danh"), max_length=60, required=False)
    addressed_to = forms.CharField(
        label=_("Kính gửi"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi nơi một dòng."),
    )
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi nơi nhận một dòng."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Row(Column("number", css_class="col-md-6"), Column("place", css_class="col-md-6")), "addressed_to", "recipients"
        )
