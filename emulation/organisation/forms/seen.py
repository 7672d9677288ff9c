"""Forms that never overwrite what somebody else has saved since they were opened.

A form carries a short hash of each value it was opened with. On the way back three states of a field are compared: opened, typed
and stored. Typed as opened: nothing is saved. Stored as opened: the typed is saved. All three differ: the form comes back with
both texts, and saving it once more keeps the typed one.
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
from django.utils.translation import gettext_noop

from emulation.lib import vietnamese
from emulation.organisation.forms.fields import NfcModelForm

SEEN = "seen"
BOTH_TEXTS = gettext_noop("Người khác vừa lưu: “%(text)s”. Ô này giữ nội dung đồng chí gõ; lưu lần nữa để dùng nội dung này.")
BOXES = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)


class VerbForm(NfcModelForm):
    """A form whose saving is done by a verb. `refusal` is what the verb answered when the same data was sent to it."""

    refusal: ValidationError | None = None

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(own_data(data, kwargs.get("prefix")), *args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = style_of(field.widget)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refusal is not None:
            for message in self.refusal.messages:
                self.add_error(None, message)
        return data


class SeenForm(VerbForm):
    """A form that knows what each field was opened with. `watched` names the fields that a verb saves."""

    watched: tuple[str, ...] = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[SEEN] = written({name: digest(self.stored_value(name)) for name in self.names()}) if self.instance.pk else ""

    def names(self) -> list[str]:
        """The watched fields that this person may change here."""
        return [name for name in self.fields if self.is_watched(name) and not self.fields[name].disabled]

    def is_watched(self, name: str) -> bool:
        return name in self.watched

    def stored_value(self, name: str) -> Any:
        """What is stored for this field; of another row, its key."""
        return getattr(self.instance, self.instance._meta.get_field(name).attname)

    def touched(self) -> dict[str, Any]:
        """The fields that the person changed, with their new values; call after `is_valid`.

        A field left alone is never saved, whatever somebody else has done to it meanwhile.
        """
        if not self.instance.pk:
            return {name: self.cleaned_data.get(name) for name in self.names()} if self.has_changed() else {}
        opened = read(self.cleaned_data.get(SEEN, ""))
        typed = {name: self.cleaned_data[name] for name in self.names() if name in self.cleaned_data}
        return {name: value for name, value in typed.items() if digest(value) != opened.get(name)}

    def clean(self) -> dict[str, Any]:
        if self.instance.pk:
            self._show_both()
        return super().clean()

    def _show_both(self) -> None:
        opened = read(self.cleaned_data.get(SEEN, ""))
        for name, value in self.touched().items():
            stored = self.stored_value(name)
            if digest(stored) not in (opened.get(name), digest(value)):
                opened[name] = digest(stored)
                self.add_error(name, _(BOTH_TEXTS) % {"text": self.shown(name, stored)})
        self.data[self.add_prefix(SEEN)] = written(opened)  # type: ignore[index]  # a copy of our own, see NfcMixin

    def shown(self, name: str, value: Any) -> str:
        """A stored value as a person reads it."""
        choices = {str(key): label for key, label in getattr(self.fields[name], "choices", None) or []}
        if isinstance(value, bool):
            return _("có") if value else _("không")
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, list | tuple | set):
            return ", ".join(str(choices.get(str(item), item)) for item in value) or "–"
        return str(choices.get(str(plain(value))) or self.fields[name].prepare_value(value) or "–")


def style_of(widget: forms.Widget) -> str:
    """The kit's class for a widget, as crispy writes it on our own pages."""
    if isinstance(widget, BOXES):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def written(digests: dict[str, str]) -> str:
    """Digests by field as the hidden field carries them."""
    return ";".join(f"{name}:{value}" for name, value in digests.items())


def read(text: str) -> dict[str, str]:
    """The digests that `written` wrote; nonsense names nothing."""
    return dict(part.split(":", 1) for part in text.split(";") if ":" in part)


def digest(value: Any) -> str:
    """A short hash of a value, however it is spelled."""
    return hashlib.sha256(json.dumps(plain(value), ensure_ascii=False).encode()).hexdigest()[:12]


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
