"""The rows of a draft below its document in the admin, and how their changes become verbs."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from blocs import policies
from blocs.domain import drafts
from blocs.domain.drafts import CLAUSE_FIELDS, INDICATOR_FIELDS, SIGNING_FIELDS, TEXT_FIELDS
from blocs.enums import ClausePart
from blocs.forms.drafts_in_admin import UNIT, ClauseForm, DocumentForm, IndicatorForm, indicator_form
from blocs.models import BlocDocument, Clause, Indicator
from emulation.organisation.access import ActedRequest
from emulation.organisation.actors import Actor
from emulation.organisation.admin.verdicts import VerbFormSet, VerdictInline
from emulation.organisation.models import Unit


class PlacedFormSet(VerbFormSet):
    """Rows that know their place, as a reader counts them."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        if "_numbered" not in self.__dict__:
            self._numbered = True
            stored = super().get_queryset()
            for number, row in enumerate((row for row in stored if not getattr(row, "removed_at", None)), start=1):
                row.place = number
        return super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's own way to make each form


class DraftInline(VerdictInline, admin.StackedInline):
    """Part of the page while this actor may edit the draft; otherwise the page shows the text that was published."""

    formset = PlacedFormSet

    def has_change_permission(self, request: HttpRequest, obj: BlocDocument | None = None) -> bool:
        return obj is not None and may_edit(request, obj)  # type: ignore[arg-type]


class ClauseFormSet(PlacedFormSet):
    part = ""


class ClauseInline(DraftInline):
    model = Clause
    form = ClauseForm
    part = ""
    verbose_name = _("mục")

    def get_queryset(self, request: Any) -> QuerySet[Clause]:
        rows = super().get_queryset(request).filter(part=self.part)
        return rows.order_by(F("removed_at").asc(nulls_first=True), "order", "pk")

    def get_formset(self, request: Any, obj: BlocDocument | None = None, **kwargs: Any) -> Any:
        formset = type("ClauseFormSet", (ClauseFormSet,), {"part": self.part})
        return super().get_formset(request, obj, formset=formset, **kwargs)

    fieldsets = ((None, {"fields": (("place", "kind", "heading", "removed"), "text", "seen")}),)


class BodyInline(ClauseInline):
    part = ClausePart.BODY
    verbose_name_plural = _("nội dung (giao ước: trước bảng chỉ tiêu)")


class ImplementationInline(ClauseInline):
    part = ClausePart.IMPLEMENTATION
    verbose_name_plural = _("tổ chức thực hiện (sau bảng danh hiệu)")


class IndicatorInline(DraftInline):
    model = Indicator
    form = IndicatorForm
    verbose_name = _("chỉ tiêu")
    verbose_name_plural = _("chỉ tiêu, chung của khối và của từng đơn vị")

    def get_queryset(self, request: Any) -> QuerySet[Indicator]:
        return super().get_queryset(request).prefetch_related("targets").order_by("order", "pk")

    def get_formset(self, request: Any, obj: BlocDocument | None = None, **kwargs: Any) -> Any:
        assert obj is not None
        return super().get_formset(request, obj, form=indicator_form(obj), **kwargs)

    def get_fieldsets(self, request: Any, obj: BlocDocument | None = None) -> list[Any]:
        assert obj is not None
        units = tuple(f"{UNIT}{seat.unit_id}" for seat in obj.bloc_year.ordered_seats)
        return [(None, {"fields": [("place", "name", "removed"), ("measure", "direction", "bloc_value"), units, "seen"]})]


INLINES: list[type[DraftInline]] = [BodyInline, ImplementationInline, IndicatorInline]


def may_edit(request: ActedRequest, document: BlocDocument) -> bool:
    """Whether the actor may edit this draft, asked once a request."""
    known: dict[Any, bool] = request.__dict__.setdefault("may_edit", {})
    if document.pk not in known:
        known[document.pk] = bool(policies.may_edit(document, request.actor))
    return known[document.pk]


def save_frame(document: BlocDocument, form: DocumentForm, actor: Actor) -> None:
    """The changed fields of the document itself, by the verbs that they belong to. Raises `Refused`, `Conflict`."""
    touched = form.touched()
    seen = document.edits
    if text := _of(touched, TEXT_FIELDS):
        seen = drafts.save_text(document, actor=actor, seen=seen, values=text).edits
    if details := _of(touched, SIGNING_FIELDS):
        drafts.save_signing_details(document, actor=actor, seen=seen, values=details)
    units = Unit.objects.in_bulk(form.touched_titles())
    for unit, titles in form.touched_titles().items():
        drafts.register_titles(document, units[unit], titles, actor=actor)


def save_clauses(document: BlocDocument, formset: Any, actor: Actor) -> None:
    """Changed, removed, restored, new and moved clauses of one part. Raises `Refused`, `Conflict`."""
    for row in formset.initial_forms:
        touched = row.touched()
        if text := _of(touched, CLAUSE_FIELDS):
            drafts.save_clause(row.instance, actor=actor, seen=row.instance.edits, values=text)
        if "removed" in touched:
            verb = drafts.remove_clause if touched["removed"] else drafts.restore_clause
            verb(row.instance, actor=actor)
    for row in _new(formset):
        row.instance = drafts.add_clause(document, actor=actor, part=formset.part, kind=row.cleaned_data["kind"])
        drafts.save_clause(row.instance, actor=actor, seen=row.instance.edits, values=_of(row.cleaned_data, CLAUSE_FIELDS))
    standing = document.clauses.filter(part=formset.part, removed_at=None).order_by("order", "pk")
    _move(formset.forms, lambda: list(standing.all()), drafts.move_clause, actor)


def save_indicators(document: BlocDocument, formset: Any, actor: Actor) -> None:
    """Changed, removed, new and moved targets. Raises `Refused`, `Conflict`."""
    for row in formset.initial_forms:
        touched, targets = row.touched(), row.touched_targets()
        if touched.get("removed"):
            drafts.remove_indicator(row.instance, actor=actor)
        elif (values := _of(touched, INDICATOR_FIELDS)) or targets:
            drafts.save_indicator(row.instance, actor=actor, seen=row.instance.edits, values=values, targets=targets)
    for row in _new(formset):
        targets = {unit: value for unit, value in row.touched_targets().items() if value is not None}
        row.instance = drafts.add_indicator(document, actor=actor, values=_of(row.cleaned_data, INDICATOR_FIELDS))
        if targets:
            drafts.save_indicator(row.instance, actor=actor, seen=row.instance.edits, values={}, targets=targets)
    standing = document.indicators.order_by("order", "pk")
    _move(formset.forms, lambda: list(standing.all()), drafts.move_indicator, actor)


def _new(formset: Any) -> list[Any]:
    return [row for row in formset.extra_forms if row.has_changed()]


def _move(rows: Iterable[Any], standing: Any, verb: Any, actor: Actor) -> None:
    """Bring the rows whose place was typed to that place, the foremost first."""
    wanted = sorted(
        (
            (row.touched()["place"], row.instance.pk)
            for row in rows
            if not row.cleaned_data.get("removed") and row.touched().get("place")
        ),
    )
    for place, key in wanted:
        order = standing()
        here = next((number for number, row in enumerate(order) if row.pk == key), None)
        by = min(place, len(order)) - 1 - (here or 0)
        if here is not None and by:
            verb(order[here], actor=actor, by=by)


def _of(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}
