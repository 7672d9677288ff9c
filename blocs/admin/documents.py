"""Documents in the admin: the whole draft on one page while it is one, and the acts of checking and signing beside it."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import policies
from blocs.admin import acts, drafting
from blocs.domain.drafts import SIGNING_FIELDS, Conflict
from blocs.domain.signing_kind import KINDS
from blocs.domain.snapshots import version_text
from blocs.forms.drafts_in_admin import TITLES, DocumentForm, document_form
from blocs.models import BlocDocument
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.verdicts import SavedMeanwhile, VerdictAdmin
from emulation.signing.enums import RoundState
from emulation.signing.models import Slot

DETAILS = [("place", "date", "number"), ("host_unit", "signing_order"), ("is_internal", "has_witness")]
# Of a document that the leader unit signs alone.
OTHER_DETAILS = [("place", "date", "number"), "is_internal"]


@admin.register(BlocDocument)
class DocumentAdmin(VerdictAdmin):
    form = DocumentForm
    list_display = ("bloc_name", "year", "kind", "state", "signatures", "date", "changed_at")
    list_filter = ("kind", "state", "bloc_year__year")
    search_fields = ("bloc_year__name", "title", "movement")
    search_help_text = gettext_lazy("Tìm theo tên khối hoặc tên văn bản; không cần gõ dấu.")
    change_form_template = "admin/blocs/document_change_form.html"

    # --- Who may --------------------------------------------------------------------------------------------------------------

    def may_look(self, request: ActedRequest) -> Verdict:
        return policies.may_form_bloc(request.actor)

    def may_add(self, request: ActedRequest) -> Verdict:
        return refuse(_("Văn bản do đơn vị khối trưởng, khối phó bắt đầu soạn ở trang của khối."))

    def may_change(self, request: ActedRequest, obj: BlocDocument) -> Verdict:
        """Open while something of it may be changed: the draft, or at least date and place."""
        if drafting.may_edit(request, obj):
            return ALLOWED
        return policies.may_set_signing_details(obj, request.actor)

    def visible(self, request: ActedRequest) -> QuerySet[BlocDocument]:
        slots = Slot.objects.filter(round__kind__in=KINDS, round__subject_id=OuterRef("pk")).exclude(
            round__state=RoundState.VOIDED
        )
        counted = slots.order_by().values("round__subject_id").annotate(all=Count("pk"), signed=Count("signed_at"))
        rows = BlocDocument.objects.visible_to(request.actor).select_related("bloc_year__bloc")
        return rows.annotate(slots=Subquery(counted.values("all")), signed=Subquery(counted.values("signed")))

    def whole(self, rows: Any) -> QuerySet[BlocDocument]:
        return rows.full().select_related("host_unit").prefetch_related("host_unit__names")

    # --- The form -------------------------------------------------------------------------------------------------------------

    def get_form(self, request: Any, obj: BlocDocument | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj and drafting.may_edit(request, obj):
            kwargs["form"] = document_form(obj)
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: Any, obj: BlocDocument | None = None) -> list[Any]:
        if obj is None:
            return []
        seen = ["seen"] if self.has_change_permission(request, obj) else []
        details = (_("Ngày, nơi và cách ký"), {"fields": [*(DETAILS if obj.is_covenant else OTHER_DETAILS), *seen]})
        if not drafting.may_edit(request, obj):
            return [details]
        text = (_("Văn bản"), {"fields": [("title", "movement"), "bases", "opening", "recipients"]})
        if not obj.is_covenant:
            return [text, details]
        titles = [f"{TITLES}{seat.unit_id}" for seat in obj.bloc_year.ordered_seats]
        return [
            text,
            details,
            (_("Danh hiệu đăng ký"), {"fields": titles, "classes": ["k-titles"]}),
        ]

    def get_inlines(self, request: Any, obj: BlocDocument | None) -> list[Any]:
        if obj is None or not drafting.may_edit(request, obj):
            return []
        return drafting.INLINES if obj.is_covenant else [drafting.BodyInline]

    def get_readonly_fields(self, request: Any, obj: BlocDocument | None = None) -> tuple[str, ...]:
        return () if obj is None or self.has_change_permission(request, obj) else SIGNING_FIELDS

    def change(self, request: ActedRequest, obj: BlocDocument, form: Any, formsets: list[Any]) -> None:
        try:
            drafting.save_frame(obj, form, request.actor)
            if drafting.may_edit(request, obj):
                *parts, indicators = formsets if obj.is_covenant else [*formsets, None]
                for part in parts:
                    drafting.save_clauses(obj, part, request.actor)
                if indicators is not None:
                    drafting.save_indicators(obj, indicators, request.actor)
        except Conflict as conflict:
            raise SavedMeanwhile(str(conflict)) from conflict

    # --- Beside the form ------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        pages = [
            path(address, self.admin_site.admin_view(page(self)), name=f"blocs_blocdocument_{name}")
            for name, address, page in acts.PAGES
        ]
        return [*pages, *super().get_urls()]

    def about(self, request: ActedRequest, obj: BlocDocument) -> dict[str, Any]:
        found = acts.verdicts(request, obj)
        if found["version"] and not drafting.may_edit(request, obj):
            found["text"] = version_text(found["version"])
        return found

    def stream(self, obj: BlocDocument) -> str:
        return obj.stream

    # --- Columns --------------------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("khối thi đua"), ordering="bloc_year__name")
    def bloc_name(self, obj: BlocDocument) -> str:
        return obj.bloc_year.full_name

    @admin.display(description=gettext_lazy("năm"), ordering="bloc_year__year")
    def year(self, obj: BlocDocument) -> str:
        return str(obj.bloc_year.year_id)

    @admin.display(description=gettext_lazy("chữ ký"))
    def signatures(self, obj: Any) -> str:
        return f"{obj.signed}/{obj.slots}" if obj.slots else ""
