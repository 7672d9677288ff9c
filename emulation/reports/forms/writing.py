"""What a unit types into its report: the head, and everything of one section. Nothing in here writes."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.organisation.forms.fields import NfcForm, NfcModelForm, VietnameseDecimalField
from emulation.reports.models import Report
from emulation.reports.texts import FigureLine, ReportSection
from scoring.forms.evidence import FilesField

# Digits with the signs that stand between them; 1e9 and NaN are numbers to a machine only.
_WRITTEN = re.compile(r"[-\d.,\s]*\Z")
_TOO_MANY = _("Số quá lớn hoặc quá nhiều chữ số thập phân (nhiều nhất 4).")


class FigureField(VietnameseDecimalField):
    """A reported number: not negative, a share at most 100."""

    def __init__(self, *, is_share: bool = False, **kwargs: Any) -> None:
        super().__init__(
            max_digits=18,
            decimal_places=4,
            required=False,
            min_value=Decimal(0),
            max_value=Decimal(100) if is_share else None,
            error_messages={
                "min_value": _("Số liệu không được âm."),
                "max_value": _("Tỷ lệ không quá 100%."),
                "max_digits": _TOO_MANY,
                "max_decimal_places": _TOO_MANY,
                "max_whole_digits": _TOO_MANY,
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs derive it from IntegerField
        if value not in self.empty_values and not _WRITTEN.match(str(value)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class SectionForm(NfcForm):
    """All fields of one section: its text, a text for each item, three boxes for each figure."""

    def __init__(self, *args: Any, section: ReportSection, with_text: bool, known: Collection[str] = (), **kwargs: Any) -> None:
        """`known`: keys of figures whose number of last year a report tells."""
        super().__init__(*args, **kwargs)
        if with_text:
            self._add("text", _text(section.heading, 16), section.text)
        for item in section.items:
            self._add(f"text-{item.key}", _text(item.heading, 5), item.text)
        for figure in section.figures:
            self._add_figure(figure, with_last_year=figure.compares and figure.key not in known)

    def _add_figure(self, figure: FigureLine, *, with_last_year: bool) -> None:
        numbers = FigureField(label=_("Kết quả"), is_share=figure.is_share)
        self._add(f"actual-{figure.key}", numbers, figure.actual)
        if with_last_year:
            before = FigureField(label=_("Cùng kỳ năm trước"), is_share=figure.is_share)
            self._add(f"last_year-{figure.key}", before, figure.last_year)
        note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
        self._add(f"note-{figure.key}", note, figure.note)

    def _add(self, name: str, field: forms.Field, initial: str) -> None:
        is_number = isinstance(field, FigureField)
        field.widget.attrs |= {"class": "form-control num" if is_number else "form-control", "autocomplete": "off"}
        if is_number:
            field.widget.attrs["inputmode"] = "decimal"
        field.initial = Decimal(initial) if initial and is_number else initial
        self.fields[name] = field


def _text(label: str, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows, "data-words": ""}))


class HeadForm(NfcModelForm):
    """Number, place, to whom, who gets a copy."""

    class Meta:
        model = Report
        fields = ("number", "place", "addressed_to", "recipients")
        widgets = {"addressed_to": forms.Textarea(attrs={"rows": 3}), "recipients": forms.Textarea(attrs={"rows": 4})}


class FilesForm(ActForm):
    """Files that go with a section."""

    attached = FilesField(
        label=_("Tệp kèm theo"), help_text=_("PDF, DOCX, XLSX, PNG, JPEG; mỗi tệp nhiều nhất 10 MB; chọn được nhiều tệp.")
    )
