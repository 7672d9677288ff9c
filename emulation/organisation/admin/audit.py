"""The audit trail in the admin: to search and read, never to write."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.verdicts import VerdictAdmin
from emulation.records.models import AuditEntry

SUMMARY_LENGTH = 120
# Of score sheets the trail tells that something was entered, by whom and where; what it was is told on the pages of the sheet,
# to those who may see its points in this phase.
WITHHELD_STREAM = "sheet:"
TOLD_OF_SHEETS = {"criterion", "code", "late", "outcome"}


@admin.register(AuditEntry)
class AuditAdmin(VerdictAdmin):
    changes = False
    list_display = ("at", "event", "person", "stream", "summary")
    list_filter = ("event", "at")
    search_fields = ("stream__key", "person", "address")
    search_help_text = _("Tìm theo dòng nhật ký (ví dụ covenant:12), người thực hiện hoặc địa chỉ.")
    date_hierarchy = "at"
    fields = (("at", "event"), ("person", "address"), ("stream", "seq"), "contents", ("own_hash", "hash_before"))
    readonly_fields = ("contents", "own_hash", "hash_before")
    change_form_template = "admin/records/entry_change_form.html"

    def visible(self, request: ActedRequest) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.select_related("stream")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """Asked of the database: the trail is long, and names stand in it as they were written."""
        return admin.ModelAdmin.get_search_results(self, request, queryset, search_term)

    def stream(self, obj: AuditEntry) -> str:
        return obj.stream.key

    @admin.display(description=_("nội dung"))
    def summary(self, obj: AuditEntry) -> str:
        text = "; ".join(f"{name}: {_said(value)}" for name, value in _told(obj).items())
        return text if len(text) <= SUMMARY_LENGTH else f"{text[:SUMMARY_LENGTH]}…"

    @admin.display(description=_("nội dung"))
    def contents(self, obj: AuditEntry) -> SafeString:
        rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", ((name, _said(value)) for name, value in _told(obj).items()))
        return format_html('<dl class="k-facts">{}</dl>', rows)

    @admin.display(description=_("mã băm của mục này"))
    def own_hash(self, obj: AuditEntry) -> str:
        return obj.hash

    @admin.display(description=_("mã băm của mục trước"))
    def hash_before(self, obj: AuditEntry) -> str:
        return obj.previous_hash


def _told(entry: AuditEntry) -> dict[str, Any]:
    if not entry.stream.key.startswith(WITHHELD_STREAM):
        return dict(entry.data)
    return {name: value if name in TOLD_OF_SHEETS else "…" for name, value in entry.data.items()}


def _said(value: Any) -> str:
    return ", ".join(_said(item) for item in value) if isinstance(value, list) else str("" if value is None else value)
