"""Admin pages that can do nothing of their own: policies say who may, verbs do it, and a refusal comes back at the form.

A model's admin names its policies (`may_look`, `may_add`, `may_change`), its rows (`visible`) and its verbs (`create`, `change`,
`save_rows`). Deleting and bulk actions do not exist: nothing here is ever taken away, only ended, removed or voided by its verb.
"""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, DateInput, Media, Textarea
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from emulation.lib import vietnamese
from emulation.lib.verdict import Refused, Verdict, enforce, refuse
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.choices import unit_choices
from emulation.organisation.forms.fields import DayField, VietnameseDecimalField
from emulation.organisation.forms.seen import VerbForm
from emulation.organisation.models import Unit
from emulation.records.models import AuditEntry

DAY_WIDGET = DateInput(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"})
FIELDS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.DateField: {"form_class": DayField, "widget": DAY_WIDGET},
    models.TextField: {"widget": Textarea(attrs={"rows": 4, "spellcheck": "false"})},
    models.DecimalField: {"form_class": VietnameseDecimalField, "widget": VietnameseDecimalField.widget},
}
HISTORY_LENGTH = 200


class PlainFields:
    """Fields as our own pages have them: typed dates, units by name, no pop-up windows beside a choice."""

    def get_field_queryset(self, db: str | None, db_field: models.Field, request: HttpRequest) -> None:
        """Django would sort a choice as its list is sorted, by columns that only the list has."""

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]  # mixed into Django's classes
        if field is not None and hasattr(field.widget, "can_add_related"):
            field.widget = field.widget.widget
        if db_field.is_relation and db_field.related_model is Unit:
            field.choices = partial(unit_choices, request)  # asked only when it is shown
        return field


class VerdictAdmin(PlainFields, admin.ModelAdmin):
    """The admin of one model."""

    asks_policies = True  # the site registers nothing else

    form = VerbForm
    formfield_overrides = FIELDS
    actions = None
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    changes = True  # whether its rows can be changed at all, by some actor at some time
    view_on_site = False

    # --- What a model's admin says ---------------------------------------------------------------------------------------------

    def may_look(self, request: ActedRequest) -> Verdict:
        """May the actor see these pages at all?"""
        return policies.may_keep_organisation(request.actor)

    def may_add(self, request: ActedRequest) -> Verdict:
        return refuse(_("Không thêm ở đây."))

    def may_change(self, request: ActedRequest, obj: Any) -> Verdict:
        return refuse(_("Mục này chỉ để xem."))

    def visible(self, request: ActedRequest) -> models.QuerySet[Any]:
        """The rows that the actor may see."""
        return super().get_queryset(request)

    def whole(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows with all that the page of one row shows."""
        return rows

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> Any:
        """Add a row by its verb; gives the row."""
        raise NotImplementedError

    def change(self, request: ActedRequest, obj: Any, form: Any, formsets: list[Any]) -> None:
        """Change a row, with the rows below it, by its verbs."""
        raise NotImplementedError

    def about(self, request: ActedRequest, obj: Any) -> dict[str, Any]:
        """What the row's page shows beside the form, such as the verdicts of its buttons."""
        return {}

    def stream(self, obj: Any) -> str:
        """The audit stream that tells the row's history."""
        return ""

    # --- How Django asks --------------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return self.visible(request)  # type: ignore[arg-type]  # the site lets nobody in without an actor

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, read once a request, or 404: what is not visible does not exist."""
        known: dict[str, Any] = request.__dict__.setdefault("admin_rows", {})
        if object_id not in known:
            try:
                known[object_id] = self.whole(self.get_queryset(request)).get(pk=self.opts.pk.to_python(object_id))
            except (self.model.DoesNotExist, ValidationError, ValueError) as error:
                raise Http404 from error
        return known[object_id]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Rows in which the words occur, typed with or without accents; databases fold ASCII only."""
        wanted = vietnamese.search_key(search_term)
        if not wanted:
            return queryset, False
        rows = queryset.order_by().values_list("pk", *self.get_search_fields(request))
        found = {pk for pk, *texts in rows if any(wanted in vietnamese.search_key(str(text or "")) for text in texts)}
        return queryset.filter(pk__in=found), False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.may_look(request))  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(self.may_look(request)) and bool(self.may_add(request))  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return self.changes and self.has_view_permission(request)
        return bool(self.change_verdict(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_verdict(self, request: HttpRequest, obj: Any) -> Verdict:
        """The verdict on changing this row, asked once a request: an editing form must not turn into a reading one half-way."""
        known: dict[Any, Verdict] = request.__dict__.setdefault("change_verdicts", {})
        key = (self.model, obj.pk)
        if key not in known:
            known[key] = self.may_change(request, obj)  # type: ignore[arg-type]
        return known[key]

    # --- Saving -----------------------------------------------------------------------------------------------------------------

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The form. What a verb refuses is shown at the form, as typed; nothing of it has been saved."""
        enforce(self.may_look(request))  # type: ignore[arg-type]
        obj = self.get_object(request, unquote(object_id)) if object_id is not None else None
        verdict = self.change_verdict(request, obj) if obj is not None else self.may_add(request)  # type: ignore[arg-type]
        if request.method == "POST" or object_id is None:
            enforce(verdict)
        about = self.about(request, obj) if obj is not None else {}  # type: ignore[arg-type]
        context = {**(extra_context or {}), "reason": verdict.reason, **about}
        try:
            return super().changeform_view(request, object_id, form_url, context)
        except (Refused, ValidationError, SavedMeanwhile) as problem:
            if request.method != "POST":
                raise
            request.__dict__["refusal"] = problem if isinstance(problem, ValidationError) else ValidationError(str(problem))
            request.__dict__.pop("admin_rows", None)
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: the verbs save, in `save_related`, where the rows below are known too."""

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        for formset in formsets:
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if change:
            self.change(request, form.instance, form, formsets)  # type: ignore[arg-type]
        else:
            form.instance.pk = self.create(request, form, formsets).pk  # type: ignore[arg-type]

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the verb has left its entry in the audit."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the verb has left its entry in the audit."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("Đã lưu."))
        page, keys = ("changelist", []) if "_save" in request.POST else ("change", [obj.pk])
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", *keys)

    # --- Pages ------------------------------------------------------------------------------------------------------------------

    @property
    def media(self) -> Media:
        return Media()

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What the audit tells of this row, newest first."""
        enforce(self.may_look(request))  # type: ignore[arg-type]
        obj = self.get_object(request, unquote(object_id))
        entries = AuditEntry.objects.filter(stream__key=self.stream(obj)).order_by("-seq")[:HISTORY_LENGTH]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Lịch sử"),
            "entries": entries,
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)


class SavedMeanwhile(Exception):
    """Somebody else saved in the very moment: the form is read again and shows both texts."""


class VerbFormSet(BaseInlineFormSet):
    """Rows below a row; what was typed into a row stays, even when somebody else has taken the row away meanwhile."""

    def get_queryset(self) -> Any:
        """The stored rows; once the forms are made, the rows of the forms, so that the page shows each beside its own."""
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def clean(self) -> None:
        """Nothing: each row is compared with what is stored, and the verbs compare the new rows with each other."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        gone = _("Dòng này vừa bị người khác bỏ. Đồng chí chép nội dung cần giữ rồi tải lại trang.")
        form.fields[self.model._meta.pk.name].error_messages["invalid_choice"] = gone


class VerdictInline(PlainFields, admin.options.InlineModelAdmin):
    """Rows below a row: changed when the row above may be, and saved by its admin's verbs, never by themselves."""

    form = VerbForm
    formset = VerbFormSet
    formfield_overrides = FIELDS
    extra = 0
    can_delete = False
    show_change_link = False
    may_grow = True
    media = Media()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_grow and self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        parent = self.admin_site.get_model_admin(self.parent_model)
        assert isinstance(parent, VerdictAdmin)
        return parent.has_add_permission(request) if obj is None else parent.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
