"""Emulation years in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from blocs import policies
from blocs.domain import years
from blocs.models import Year
from emulation.lib.verdict import Verdict
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.verdicts import VerdictAdmin
from emulation.organisation.forms.seen import SeenForm


class YearForm(SeenForm):
    watched = ("legal_bases",)


@admin.register(Year)
class YearAdmin(VerdictAdmin):
    form = YearForm
    list_display = ("number_plain", "bloc_count", "bases_count")
    fields = ("number", "legal_bases", "seen")

    def visible(self, request: ActedRequest) -> QuerySet[Year]:
        return Year.objects.annotate(bloc_total=Count("blocs"))

    def may_look(self, request: ActedRequest) -> Verdict:
        return policies.may_form_bloc(request.actor)

    def may_add(self, request: ActedRequest) -> Verdict:
        return policies.may_form_bloc(request.actor)

    def may_change(self, request: ActedRequest, obj: Year) -> Verdict:
        return policies.may_form_bloc(request.actor)

    def get_readonly_fields(self, request: Any, obj: Year | None = None) -> tuple[str, ...]:
        return ("number_plain",) if obj else ()

    def get_fields(self, request: Any, obj: Year | None = None) -> tuple[str, ...]:
        return ("number_plain", "legal_bases", "seen") if obj else ("number", "legal_bases")

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> Year:
        return years.set_bases(form.cleaned_data["number"], form.cleaned_data["legal_bases"], actor=request.actor)

    def change(self, request: ActedRequest, obj: Year, form: Any, formsets: list[Any]) -> None:
        if touched := form.touched():
            years.set_bases(obj.number, touched["legal_bases"], actor=request.actor)

    def stream(self, obj: Year) -> str:
        return f"year:{obj.number}"

    @admin.display(description=_("năm"), ordering="number")
    def number_plain(self, obj: Year) -> str:
        return str(obj.number)

    @admin.display(description=_("số khối"))
    def bloc_count(self, obj: Any) -> int:
        return obj.bloc_total

    @admin.display(description=_("số căn cứ chung"))
    def bases_count(self, obj: Year) -> int:
        return len(obj.legal_bases.splitlines())
