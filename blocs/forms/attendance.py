"""The roll of a conference: a row for each unit and guest, and some empty ones for further guests."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from blocs.domain.attendance import AttendanceRow
from blocs.enums import AttendanceRole
from blocs.models import Attendance
from emulation.organisation.forms.fields import NfcForm

_PRESENCE = [("", _("Chưa ghi")), ("yes", _("Có mặt")), ("no", _("Vắng"))]
_STORED = {None: "", True: "yes", False: "no"}
_GIVEN = {word: value for value, word in _STORED.items()}


class AttendanceForm(NfcForm):
    """One row. What the page showed goes along, so that only what this person changed is written."""

    row = forms.IntegerField(widget=forms.HiddenInput, required=False)
    body = forms.CharField(label=_("Cơ quan"), max_length=150, required=False, show_hidden_initial=True)
    representative = forms.CharField(label=_("Người dự"), max_length=200, required=False, show_hidden_initial=True)
    role = forms.ChoiceField(
        label=_("Vai trò"), choices=AttendanceRole.choices, initial=AttendanceRole.GUEST, show_hidden_initial=True
    )
    presence = forms.ChoiceField(label=_("Có mặt"), choices=_PRESENCE, required=False, show_hidden_initial=True)
    reason = forms.CharField(label=_("Lý do vắng"), max_length=300, required=False, show_hidden_initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name in ("role", "presence") else "form-control"
        self.unit_name = self.initial.get("unit_name", "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("presence") == "no" and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Ghi lý do vắng mặt."))
        if not data.get("row") and data.get("presence") and not (data.get("representative") or data.get("body")):
            self.add_error("representative", _("Ghi tên người dự hoặc cơ quan."))
        return data

    def has_changed(self) -> bool:
        """Whether this person changed anything of what his page showed; which row it is, is no change."""
        return bool(set(self.changed_data) - {"row"})


class AttendanceFormSet(forms.BaseFormSet[AttendanceForm]):
    """The roll; only changed rows are given to the verb."""

    def changed_rows(self) -> list[AttendanceRow]:
        """The rows that this person changed; call after `is_valid`."""
        return [_row_of(form.cleaned_data) for form in self.forms if form.has_changed() and form.cleaned_data]


def attendance_formset(rows: list[Attendance], data: Any = None) -> AttendanceFormSet:
    """A form for each row and three empty ones."""
    factory = forms.formset_factory(AttendanceForm, formset=AttendanceFormSet, extra=3, max_num=63, validate_max=True)
    formset = factory(data, prefix="dd", initial=[_initial(row) for row in rows])
    assert isinstance(formset, AttendanceFormSet)
    return formset


def everybody_present(given: QueryDict) -> QueryDict:
    """The roll with everybody on it present about whom nothing was said."""
    data = given.copy()
    for name in [name for name in data if name.endswith("-presence") and not name.startswith("initial-")]:
        if not data[name] and data.get(name.replace("-presence", "-row")):
            data[name] = "yes"
    return data


def _initial(row: Attendance) -> dict[str, Any]:
    return {
        "row": row.pk,
        "unit_name": row.unit.name if row.unit else "",
        "body": row.body,
        "representative": row.representative,
        "role": row.role,
        "presence": _STORED[row.is_present],
        "reason": row.reason,
    }


def _row_of(data: dict[str, Any]) -> AttendanceRow:
    return AttendanceRow(
        pk=data["row"],
        body=data["body"],
        representative=data["representative"],
        role=data["role"],
        is_present=_GIVEN[data["presence"]],
        reason=data["reason"],
    )
