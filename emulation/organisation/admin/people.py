"""People in the admin: open an account, correct a name, close the account, give positions and end them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation import policies
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.verdicts import VerdictAdmin, VerdictInline
from emulation.organisation.domain import people
from emulation.organisation.domain.secrets import stream_of
from emulation.organisation.forms.seen import SeenForm, VerbForm
from emulation.organisation.models import Position, User

GIVEN = ("unit", "post", "rank", "title", "may_sign", "valid_from", "valid_until")


class PersonForm(SeenForm):
    watched = ("full_name", "is_active")


class PositionForm(VerbForm):
    """What was once given stays as it was; only its last day is set, and a promotion is a new position."""

    title = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in set(self.fields) - {"valid_until"}:
                self.fields[name].disabled = True
        elif "title" in self.fields:
            self.fields["title"].widget.attrs["placeholder"] = _("theo loại đơn vị")


class PositionInline(VerdictInline, admin.TabularInline):
    model = Position
    form = PositionForm
    fields = ("unit", "post", "rank", "title", "may_sign", "valid_from", "valid_until")
    ordering = ("-valid_from", "-pk")

    def get_queryset(self, request: Any) -> QuerySet[Position]:
        return super().get_queryset(request).select_related("person", "unit").prefetch_related("unit__names")


@admin.register(User)
class PersonAdmin(VerdictAdmin):
    form = PersonForm
    list_display = ("full_name", "username", "current_positions", "standing")
    list_filter = ("is_active", "secret_is_own")
    search_fields = ("full_name", "username")
    search_help_text = _("Tìm theo họ tên hoặc tên đăng nhập; không cần gõ dấu.")
    change_form_template = "admin/organisation/user/change_form.html"

    def visible(self, request: ActedRequest) -> QuerySet[User]:
        today = Position.objects.on(clock.today()).select_related("unit").prefetch_related("unit__names")
        return User.objects.prefetch_related(Prefetch("positions", today, to_attr="held"))

    def may_add(self, request: ActedRequest) -> Verdict:
        return policies.may_keep_organisation(request.actor)

    def may_change(self, request: ActedRequest, obj: User) -> Verdict:
        return policies.may_change_account(obj, request.actor)

    def get_fieldsets(self, request: Any, obj: User | None = None) -> list[Any]:
        if obj is None:
            return [(None, {"fields": [("full_name", "username")]})]
        return [
            (
                None,
                {
                    "fields": [
                        ("full_name", "username"),
                        ("is_active", "secret_is_own"),
                        "seen" if self.has_change_permission(request, obj) else "created_at",
                    ]
                },
            )
        ]

    def get_readonly_fields(self, request: Any, obj: User | None = None) -> tuple[str, ...]:
        return ("username", "secret_is_own", "created_at") if obj else ()

    def get_inlines(self, request: Any, obj: User | None) -> list[Any]:
        return [PositionInline] if obj else []

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> User:
        return people.open_account(
            actor=request.actor, username=form.cleaned_data["username"], full_name=form.cleaned_data["full_name"]
        )

    def change(self, request: ActedRequest, obj: User, form: Any, formsets: list[Any]) -> None:
        if touched := form.touched():
            people.change_account(obj, actor=request.actor, **touched)
        for row in formsets[0].initial_forms:
            if row.has_changed():
                people.end_position(row.instance, actor=request.actor, last_day=row.cleaned_data["valid_until"])
        for row in formsets[0].extra_forms:
            if row.has_changed():
                people.give_position(obj, actor=request.actor, **{name: row.cleaned_data[name] for name in GIVEN})

    def about(self, request: ActedRequest, obj: User) -> dict[str, Any]:
        return {"may_reset": policies.may_reset(obj, request.actor)}

    def stream(self, obj: User) -> str:
        return stream_of(obj)

    @admin.display(description=_("chức vụ hiện nay"))
    def current_positions(self, obj: Any) -> str:
        return "; ".join(f"{row.title}, {row.unit.name}" for row in obj.held)

    @admin.display(description=_("tình trạng"))
    def standing(self, obj: User) -> str:
        if not obj.is_active:
            return gettext("Đã đóng")
        return gettext("Đang dùng") if obj.secret_is_own else gettext("Chưa tự đặt mật khẩu")
