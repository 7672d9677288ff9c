"""The form of draft minutes: autosaved while it is typed into."""

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm


class MinutesForm(ActForm):
    text = forms.CharField(
        label=_("Nội dung biên bản"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_("Dòng bắt đầu bằng số La Mã (I., II.) in thành mục lớn."),
    )
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=40, required=False)
    recipients = forms.CharField(
        label=_("Nơi nhận"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi nơi nhận một dòng."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "text", Row(Column("number", css_class="col-md-4"), Column("recipients", css_class="col-md-8"))
        )
