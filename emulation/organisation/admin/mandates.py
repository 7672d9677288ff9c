"""Bases for signing on another's behalf in the admin: record one, end one."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.choices import NONE
from emulation.organisation.admin.verdicts import VerdictAdmin
from emulation.organisation.domain import mandates
from emulation.organisation.enums import Post
from emulation.organisation.models import Mandate, Position


@admin.register(Mandate)
class MandateAdmin(VerdictAdmin):
    list_display = ("position", "unit", "capacity", "document", "scope", "valid_from", "valid_until", "standing")
    list_filter = ("capacity", "scope")
    search_fields = ("position__person__full_name", "position__unit__names__name", "document")
    search_help_text = _("Tìm theo người, đơn vị hoặc văn bản; không cần gõ dấu.")
    date_hierarchy = "valid_from"
    fields = (("position", "capacity"), ("document", "scope"), ("valid_from", "valid_until"))
    change_form_template = "admin/organisation/mandate/change_form.html"

    def visible(self, request: ActedRequest) -> QuerySet[Mandate]:
        return Mandate.objects.select_related("position__person", "position__unit", "recorded_by").prefetch_related(
            "position__unit__names"
        )

    def may_add(self, request: ActedRequest) -> Verdict:
        if request.actor.is_office:
            return ALLOWED
        return refuse(gettext("Chỉ cấp trưởng của đơn vị hoặc cơ quan thường trực được ghi căn cứ ký thay."))

    def may_change(self, request: ActedRequest, obj: Mandate) -> Verdict:
        return refuse(gettext("Căn cứ đã ghi thì không sửa; ghi nhầm thì kết thúc rồi ghi căn cứ mới."))

    def get_fields(self, request: HttpRequest, obj: Mandate | None = None) -> Any:
        return (*self.fields, ("recorded_by", "recorded_at"), "file_name") if obj else self.fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "position":
            deputies = Position.objects.on(clock.today()).signers().filter(post=Post.DEPUTY).full()
            field.choices = [NONE, *((row.pk, f"{row.ranked_name}, {row.title}, {row.unit.name}") for row in deputies)]
        return field

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> Mandate:
        values = dict(form.cleaned_data)
        return mandates.record(values.pop("position"), actor=request.actor, **values)

    def stream(self, obj: Mandate) -> str:
        return f"unit:{obj.position.unit_id}"

    def get_urls(self) -> list[Any]:
        end = self.admin_site.admin_view(require_POST(self.end))
        return [path("<int:pk>/ket-thuc/", end, name="organisation_mandate_end"), *super().get_urls()]

    def end(self, request: ActedRequest, pk: int) -> HttpResponse:
        """End a basis from today on."""
        mandates.end(self.get_object(request, str(pk)), actor=request.actor)
        messages.success(request, _("Đã kết thúc căn cứ ký thay."))
        return redirect("admin:organisation_mandate_change", pk)

    def about(self, request: ActedRequest, obj: Mandate) -> dict[str, Any]:
        return {"may_end": self.may_end(request, obj)}

    def may_end(self, request: ActedRequest, obj: Mandate) -> Verdict:
        """The verdict on ending this basis, as its button shows it."""
        if obj.valid_until and obj.valid_until < clock.today():
            return refuse(gettext("Căn cứ này đã kết thúc."))
        return policies.may_record_mandate(obj.position.unit, request.actor)

    @admin.display(description=_("đơn vị"))
    def unit(self, obj: Mandate) -> str:
        return obj.position.unit.name

    @admin.display(description=_("tình trạng"))
    def standing(self, obj: Mandate) -> str:
        return gettext("Còn hiệu lực") if obj.live_on(clock.today()) else gettext("Không còn hiệu lực")
