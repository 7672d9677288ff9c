"""The form of a decision on equal units."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.lib import clock
from emulation.organisation.forms.fields import DayField
from emulation.organisation.models import Unit

PLACE = "place-"


class TieForm(ActForm):
    """A place for each unit, first to last, when it was decided, and on what ground."""

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        places = [(str(number), str(number)) for number in range(1, len(self.units) + 1)]
        for number, unit in enumerate(self.units, start=1):
            self.fields[f"{PLACE}{unit.pk}"] = forms.ChoiceField(label=unit.name, choices=places, initial=str(number))
        self.fields["decided_on"] = DayField(label=_("Ngày quyết định"), initial=clock.today)
        self.fields["reason"] = forms.CharField(
            label=_("Căn cứ quyết định"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Ví dụ: Biên bản hội nghị tổng kết khối, ngày, nội dung biểu quyết."),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = [data[name] for name in self.fields if name.startswith(PLACE) and name in data]
        if len(given) == len(self.units) and len(set(given)) != len(given):
            raise forms.ValidationError(_("Mỗi thứ hạng chỉ dành cho một đơn vị."))
        return data

    @property
    def order(self) -> list[int]:
        """The units from first to last; of a valid form."""
        return [unit.pk for unit in sorted(self.units, key=lambda unit: int(self.cleaned_data[f"{PLACE}{unit.pk}"]))]
