"""The form behind the buttons that export results."""

from typing import Any

from django import forms

from scoring.enums import ExportKind


class ExportForm(forms.Form):
    """Which file, of which unit, of which published standings; what of it the person may have, the verb says."""

    kind = forms.ChoiceField(choices=ExportKind.choices)
    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    number = forms.IntegerField(required=False, min_value=1, max_value=2**15)

    def clean(self) -> dict[str, Any]:
        """A unit's own sheet names the unit."""
        given = super().clean() or {}
        if given.get("kind") == ExportKind.UNIT and not given.get("unit"):
            self.add_error("unit", forms.ValidationError("", code="required"))
        return given
