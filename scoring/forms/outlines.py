"""Forms of the working outline: a section, a figure. None of them writes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from blocs.models import Indicator
from scoring.enums import Aggregate, FilledFrom, MergeRule, SectionContent
from scoring.forms.criteria import PlainForm
from scoring.models import OutlineFigure, OutlineSection


class SectionForm(PlainForm):
    """A part has a heading and guidance; a section says as well what it holds."""

    heading = forms.CharField(
        label=gettext_lazy("Tiêu đề"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})
    )
    content = forms.ChoiceField(label=gettext_lazy("Loại nội dung"), choices=SectionContent.choices)
    source = forms.ChoiceField(label=gettext_lazy("Tự điền từ"), choices=[("", "—"), *FilledFrom.choices], required=False)
    is_required = forms.BooleanField(label=gettext_lazy("Bắt buộc"), required=False)
    word_limit = forms.IntegerField(
        label=gettext_lazy("Số từ nhiều nhất"), min_value=0, max_value=20_000, help_text=gettext_lazy("0: không giới hạn.")
    )
    merge = forms.ChoiceField(label=gettext_lazy("Khi làm báo cáo của khối"), choices=MergeRule.choices)
    guidance = forms.CharField(
        label=gettext_lazy("Hướng dẫn viết"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, row: OutlineSection, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(row, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        if row.parent_id is None:
            for name in ("content", "source", "is_required", "word_limit", "merge"):
                del self.fields[name]
            return
        if row.content != SectionContent.AUTOMATIC:
            del self.fields["source"]
        if row.content != SectionContent.NARRATIVE:
            for name in ("word_limit", "merge"):
                del self.fields[name]


class FigureForm(PlainForm):
    """A figure that units report."""

    label = forms.CharField(
        label=gettext_lazy("Chỉ số"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})
    )
    measure = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=40, required=False)
    aggregate = forms.ChoiceField(label=gettext_lazy("Số của khối"), choices=Aggregate.choices)
    indicator_key = forms.ChoiceField(label=gettext_lazy("Kế hoạch lấy từ chỉ tiêu giao ước"), required=False)
    compares = forms.BooleanField(label=gettext_lazy("So với cùng kỳ năm trước"), required=False)
    is_share = forms.BooleanField(label=gettext_lazy("Tỷ lệ, không quá 100%"), required=False)

    def __init__(self, *args: Any, row: OutlineFigure, indicators: Iterable[Indicator] = (), **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields} | {"indicator_key": str(row.indicator_key or "")}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        indicator = self.fields["indicator_key"]
        assert isinstance(indicator, forms.ChoiceField)
        indicator.choices = [("", "—"), *((str(found.key), found.name) for found in indicators)]

    def clean_indicator_key(self) -> str | None:
        return self.cleaned_data["indicator_key"] or None
