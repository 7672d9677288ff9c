"""The office's library of clauses in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from blocs import policies
from blocs.domain import library
from blocs.models import LibraryClause
from emulation.lib.verdict import Verdict
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.verdicts import VerdictAdmin
from emulation.organisation.forms.seen import SeenForm


class LibraryClauseForm(SeenForm):
    watched = library.FIELDS


@admin.register(LibraryClause)
class LibraryClauseAdmin(VerdictAdmin):
    form = LibraryClauseForm
    list_display = ("__str__", "part", "kind", "order", "is_retired")
    list_filter = ("is_retired",)
    fields = (*library.FIELDS, "seen")

    def visible(self, request: ActedRequest) -> QuerySet[LibraryClause]:
        return LibraryClause.objects.filter(office=request.actor.unit_id)

    def may_look(self, request: ActedRequest) -> Verdict:
        return policies.may_keep_library(None, request.actor)

    def may_add(self, request: ActedRequest) -> Verdict:
        return policies.may_keep_library(None, request.actor)

    def may_change(self, request: ActedRequest, obj: LibraryClause) -> Verdict:
        return policies.may_keep_library(obj, request.actor)

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> LibraryClause:
        return library.keep(None, actor=request.actor, values=form.cleaned_data)

    def change(self, request: ActedRequest, obj: LibraryClause, form: Any, formsets: list[Any]) -> None:
        if touched := form.touched():
            library.keep(obj, actor=request.actor, values=touched)

    def stream(self, obj: LibraryClause) -> str:
        return library.stream_of(obj)
