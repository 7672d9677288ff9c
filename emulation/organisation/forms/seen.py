"""Forms that never overwrite what somebody else has saved since they were opened.

A form carries a short hash of the values it was opened with. On the way back three states are compared: opened, typed and stored.
Not typed in: nothing is saved. Stored as opened: the typed is saved. All three differ: the form comes back with both texts, and
saving it once more keeps the typed one.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from emulation.lib import vietnamese
from emulation.organisation.forms.fields import NfcModelForm

SEEN = "seen"
_CLASSES: dict[type[Any], str] = {
    forms.CheckboxInput: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.Select: "form-select",
    forms.TextInput: "form-control",
    forms.Textarea: "form-control",
    forms.DateInput: "form-control",
    forms.NumberInput: "form-control",
}


class VerbForm(NfcModelForm):
    """A form whose saving is done by a verb. `refusal` is what the verb answered when the same data was sent to it."""

    refusal: ValidationError | None = None

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(own_data(data, kwargs.get("prefix")), *args, **kwargs)
        for field in self.fields.values():
            if style := _CLASSES.get(type(field.widget)):
                field.widget.attrs["class"] = style

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refusal is not None:
            for message in self.refusal.messages:
                self.add_error(None, message)
        return data


class SeenForm(VerbForm):
    """A form that knows what it was opened with. `watched` names the fields that a verb saves."""

    watched: tuple[str, ...] = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[SEEN] = self.digest(self.stored_values()) if self.instance.pk else ""

    def stored_value(self, name: str) -> Any:
        """What is stored for this field."""
        return getattr(self.instance, name)

    def stored_values(self) -> dict[str, Any]:
        return {name: self.stored_value(name) for name in self.names()}

    def typed_values(self) -> dict[str, Any]:
        """What was typed; call after `is_valid`."""
        return {name: self.cleaned_data.get(name) for name in self.names()}

    def names(self) -> list[str]:
        """The watched fields that this person may change here."""
        return [name for name in self.fields if name in self.watched and not self.fields[name].disabled]

    @property
    def is_touched(self) -> bool:
        """Whether the person changed anything: rows left alone are not saved, whatever happened to them meanwhile."""
        if not self.instance.pk:
            return self.has_changed()
        return self.digest(self.typed_values()) != self.cleaned_data.get(SEEN)

    def clean(self) -> dict[str, Any]:
        if self.instance.pk and not self.errors:
            stored, typed = self.digest(self.stored_values()), self.digest(self.typed_values())
            if stored != typed and self.cleaned_data.get(SEEN) not in (stored, typed):
                self._show_both(stored)
        return super().clean()

    def _show_both(self, digest: str) -> None:
        for name, value in self.stored_values().items():
            if plain(value) != plain(self.cleaned_data.get(name)):
                self.add_error(
                    name,
                    _("Người khác vừa lưu: “%(text)s”. Ô này giữ nội dung đồng chí gõ; lưu lần nữa để dùng nội dung này.")
                    % {"text": self.shown(name, value)},
                )
        self.data[self.add_prefix(SEEN)] = digest  # type: ignore[index]  # a copy of our own, see NfcMixin

    def shown(self, name: str, value: Any) -> str:
        """A stored value as a person reads it."""
        choices = dict(getattr(self.fields[name], "choices", None) or [])
        if isinstance(value, bool):
            return _("có") if value else _("không")
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, Decimal):
            return str(self.fields[name].prepare_value(value))
        if isinstance(value, list | tuple | set):
            return ", ".join(str(choices.get(item, item)) for item in value) or "–"
        return str(choices.get(plain(value), value) or "–")

    @staticmethod
    def digest(values: dict[str, Any]) -> str:
        """A short hash of values, however they are spelled."""
        said = json.dumps({name: plain(value) for name, value in values.items()}, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:20]


def own_data(data: Any, prefix: str | None) -> Any:
    """What of the submitted data belongs to the form with this prefix: a page of many rows would else be copied once a row."""
    if data is None or not prefix or not isinstance(data, QueryDict):
        return data
    own = QueryDict(mutable=True)
    for name in data:
        if name.startswith(f"{prefix}-"):
            own.setlist(name, data.getlist(name))
    return own


def plain(value: Any) -> Any:
    """A value as comparable JSON: composed text with plain line ends, numbers without trailing zeros, keys for rows."""
    if value is None:
        return ""
    if isinstance(value, str):
        return vietnamese.nfc(value).replace("\r\n", "\n").strip()
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple | set):
        return sorted(plain(item) for item in value)
    return value
