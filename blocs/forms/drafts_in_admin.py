"""Forms of the working draft as the admin shows it: the whole draft on one page, each row knowing what it was opened with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.domain.drafts import CLAUSE_FIELDS, INDICATOR_FIELDS, SIGNING_FIELDS, TEXT_FIELDS
from blocs.enums import Title
from blocs.models import BlocDocument, Clause, Indicator
from emulation.organisation.forms.fields import VietnameseDecimalField
from emulation.organisation.forms.seen import SeenForm

TITLES, UNIT = "titles_", "unit_"


class DocumentForm(SeenForm):
    """The frame of the document, and for each unit the titles it registers (`titles_<unit key>`)."""

    watched = (*TEXT_FIELDS, *SIGNING_FIELDS)
    registered: dict[int, list[str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host: Any = self.fields.get("host_unit")
        if host:
            host.choices = [("", "—"), *((seat.unit_id, seat.unit.name) for seat in self.instance.bloc_year.ordered_seats)]
        for name in self.fields:
            if name.startswith(TITLES):
                self.initial[name] = self.stored_value(name)

    def is_watched(self, name: str) -> bool:
        return name in self.watched or name.startswith(TITLES)

    def stored_value(self, name: str) -> Any:
        if name.startswith(TITLES):
            return self.registered.get(int(name.removeprefix(TITLES)), [])
        return super().stored_value(name)

    def touched_titles(self) -> dict[int, list[str]]:
        """Titles that were changed, by unit key."""
        return {int(name.removeprefix(TITLES)): value for name, value in self.touched().items() if name.startswith(TITLES)}


def document_form(document: BlocDocument) -> type[DocumentForm]:
    """The form with a row of boxes for each unit of the bloc."""
    rows: dict[str, Any] = {
        f"{TITLES}{seat.unit_id}": forms.MultipleChoiceField(
            label=seat.unit.short_name, choices=Title.choices, required=False, widget=forms.CheckboxSelectMultiple
        )
        for seat in (document.bloc_year.ordered_seats if document.is_covenant else [])
    }
    return type("DocumentForm", (DocumentForm,), {**rows, "registered": registered(document)})


def registered(document: BlocDocument) -> dict[int, list[str]]:
    """The registered titles by unit key, high to low."""
    found: dict[int, set[str]] = {}
    for row in document.registrations.all():
        found.setdefault(row.unit_id, set()).add(row.title)
    return {unit: [title for title in Title.values if title in titles] for unit, titles in found.items()}


class RowForm(SeenForm):
    """A row that has a place among the others and can be taken out."""

    place = forms.IntegerField(
        label=_("Thứ tự"), min_value=1, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3})
    )
    removed = forms.BooleanField(label=_("Bỏ khỏi dự thảo"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: self.stored_value(name) for name in ("place", "removed")})
        else:
            self.fields["removed"].widget = forms.HiddenInput()

    def stored_value(self, name: str) -> Any:
        if name == "place":
            return getattr(self.instance, "place", None)
        return super().stored_value(name)


class ClauseForm(RowForm):
    watched = (*CLAUSE_FIELDS, "place", "removed")

    class Meta:
        model = Clause
        fields = CLAUSE_FIELDS

    def stored_value(self, name: str) -> Any:
        if name == "removed":
            return self.instance.removed_at is not None
        return super().stored_value(name)


class IndicatorForm(RowForm):
    """A target, with a value for each unit (`unit_<unit key>`)."""

    watched = (*INDICATOR_FIELDS, "place", "removed")

    class Meta:
        model = Indicator
        fields = INDICATOR_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update({name: self.stored_value(name) for name in self.fields if name.startswith(UNIT)})

    def is_watched(self, name: str) -> bool:
        return name in self.watched or name.startswith(UNIT)

    def stored_value(self, name: str) -> Any:
        if name == "removed":
            return False
        if name.startswith(UNIT):
            unit = int(name.removeprefix(UNIT))
            return next((target.value for target in self.instance.targets.all() if target.unit_id == unit), None)
        return super().stored_value(name)

    def touched_targets(self) -> dict[int, Any]:
        """Values for units that were changed, by unit key; None takes one away."""
        return {int(name.removeprefix(UNIT)): value for name, value in self.touched().items() if name.startswith(UNIT)}


def indicator_form(document: BlocDocument) -> type[IndicatorForm]:
    """The form with a number for each unit of the bloc."""
    rows = {
        f"{UNIT}{seat.unit_id}": VietnameseDecimalField(
            label=seat.unit.short_name, required=False, min_value=0, max_digits=13, decimal_places=4
        )
        for seat in document.bloc_year.ordered_seats
    }
    return type("IndicatorForm", (IndicatorForm,), rows)
