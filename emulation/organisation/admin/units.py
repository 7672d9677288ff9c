"""Units in the admin: form one, give it a new name from a day on, end it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.verdicts import VerdictAdmin, VerdictInline
from emulation.organisation.domain import units
from emulation.organisation.forms.fields import DayField
from emulation.organisation.forms.seen import VerbForm
from emulation.organisation.models import Unit, UnitName


class UnitForm(VerbForm):
    """A new unit has its first name with it."""

    name = forms.CharField(label=_("Tên đầy đủ"), max_length=150)
    short_name = forms.CharField(
        label=_("Tên ngắn"), max_length=60, help_text=_("Tên địa danh hoặc mã phòng, ví dụ: Đồng Hới, PX03.")
    )
    valid_from = DayField(label=_("Thành lập từ ngày"))


class NameForm(VerbForm):
    """A name that has been used is never rewritten; a new one follows it."""

    valid_from = DayField(label=_("Dùng từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for field in self.fields.values():
                field.disabled = True


class NameInline(VerdictInline, admin.TabularInline):
    model = UnitName
    form = NameForm
    fields = ("name", "short_name", "valid_from")
    verbose_name = _("tên mới")
    verbose_name_plural = _("tên qua các thời kỳ")


class Existing(admin.SimpleListFilter):
    """Units of today, of the past, or all."""

    title = _("thời gian")
    parameter_name = "con"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("nay", _("Đang hoạt động")), ("cu", _("Đã kết thúc"))]

    def queryset(self, request: Any, queryset: QuerySet[Unit]) -> QuerySet[Unit]:
        today = clock.today()
        if self.value() == "nay":
            return queryset.filter(pk__in=Unit.objects.on(today).values("pk"))
        return queryset.filter(valid_to__lt=today) if self.value() == "cu" else queryset


@admin.register(Unit)
class UnitAdmin(VerdictAdmin):
    list_display = ("name", "short_name", "kind", "parent_name", "valid_from", "valid_to")
    list_filter = (Existing, "kind", "is_emulation_office")
    search_fields = ("names__name", "names__short_name")
    search_help_text = _("Tìm theo tên, kể cả tên cũ; không cần gõ dấu.")

    def visible(self, request: ActedRequest) -> QuerySet[Unit]:
        newest = UnitName.objects.filter(unit=OuterRef("pk")).order_by("-valid_from").values("name_key")[:1]
        return (
            Unit.objects.annotate(name_key=Subquery(newest)).select_related("parent").prefetch_related("names", "parent__names")
        )

    def get_ordering(self, request: Any) -> tuple[str, ...]:
        return ("name_key",)

    def may_add(self, request: ActedRequest) -> Verdict:
        return policies.may_keep_organisation(request.actor)

    def may_change(self, request: ActedRequest, obj: Unit) -> Verdict:
        return policies.may_keep_organisation(request.actor)

    def get_fieldsets(self, request: Any, obj: Unit | None = None) -> list[Any]:
        if obj is None:
            return [(None, {"fields": [("name", "short_name"), ("kind", "parent"), "is_emulation_office", "valid_from"]})]
        return [(None, {"fields": [("kind", "parent_name"), "is_emulation_office", ("valid_from", "valid_to")]})]

    def get_readonly_fields(self, request: Any, obj: Unit | None = None) -> tuple[str, ...]:
        return ("kind", "parent_name", "is_emulation_office", "valid_from") if obj else ()

    def get_inlines(self, request: Any, obj: Unit | None) -> list[Any]:
        return [NameInline] if obj else []

    def get_form(self, request: Any, obj: Unit | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **({} if obj else {"form": UnitForm}), **kwargs)

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> Unit:
        return units.create(actor=request.actor, **form.cleaned_data)

    def change(self, request: ActedRequest, obj: Unit, form: Any, formsets: list[Any]) -> None:
        for row in formsets[0].extra_forms:
            if row.has_changed():
                units.rename(
                    obj, actor=request.actor, **{name: row.cleaned_data[name] for name in ("name", "short_name", "valid_from")}
                )
        units.end(obj, actor=request.actor, last_day=form.cleaned_data["valid_to"])

    def stream(self, obj: Unit) -> str:
        return f"unit:{obj.pk}"

    @admin.display(description=_("tên đầy đủ"), ordering="name_key")
    def name(self, obj: Unit) -> str:
        return obj.name

    @admin.display(description=_("tên ngắn"))
    def short_name(self, obj: Unit) -> str:
        return obj.short_name

    @admin.display(description=_("đơn vị cấp trên"))
    def parent_name(self, obj: Unit) -> str:
        return obj.parent.name if obj.parent else ""
