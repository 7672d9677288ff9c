"""How a report is signed, and what a reviewer says of it. Nothing in here writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.reports.texts import ReportSection
from emulation.signing.enums import SigningMethod


class PresentForm(ActForm):
    """Signed here, or with a pen on so many originals."""

    method = forms.ChoiceField(
        label=_("Cách ký"), choices=SigningMethod.choices, widget=forms.RadioSelect, initial=SigningMethod.ELECTRONIC
    )
    number_of = forms.IntegerField(
        label=_("Số bản gốc ký trên giấy"), min_value=1, max_value=99, required=False, help_text=_("Chỉ ghi khi ký trên giấy.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("method") == SigningMethod.PAPER and not data.get("number_of") and "number_of" not in self.errors:
            self.add_error("number_of", gettext("Ghi số bản gốc sẽ ký trên giấy."))
        return data

    @property
    def originals(self) -> int | None:
        """What the verb takes, of a valid form."""
        on_paper = self.cleaned_data["method"] == SigningMethod.PAPER
        return self.cleaned_data["number_of"] if on_paper else None


class ReturnForm(ActForm):
    """Why a report is given back, as a whole and section by section."""

    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Đơn vị đọc đầu tiên.")
    )

    def __init__(self, *args: Any, sections: list[ReportSection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        for section in sections:
            box = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
            label = f"{section.number} {section.heading}"
            self.fields[f"said-{section.key}"] = forms.CharField(label=label, max_length=2000, required=False, widget=box)

    @property
    def boxes(self) -> list[tuple[ReportSection, forms.BoundField]]:
        """Each section with the box for what is to be mended there."""
        return [(section, self[f"said-{section.key}"]) for section in self.sections]

    @property
    def said(self) -> dict[str, str]:
        """By the key of the section, of a valid form."""
        return {section.key: self.cleaned_data[f"said-{section.key}"] for section in self.sections}


class ReopenForm(ActForm):
    reason = forms.CharField(label=_("Lý do mở lại"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
