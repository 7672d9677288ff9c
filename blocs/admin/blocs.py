"""Blocs of a year in the admin: what the decision says, and the seats in its order, saved together or not at all."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs import policies
from blocs.domain import blocs
from blocs.domain.blocs import BlocPlan, SeatPlan
from blocs.enums import SeatRole
from blocs.models import BlocYear, Seat
from emulation.lib import clock
from emulation.lib.verdict import Verdict
from emulation.organisation.access import ActedRequest
from emulation.organisation.admin.choices import unit_choices
from emulation.organisation.admin.verdicts import VerbFormSet, VerdictAdmin, VerdictInline
from emulation.organisation.forms.seen import SeenForm, VerbForm, digest
from emulation.organisation.models import Unit

DECISION = (
    "word", "name", "decision_number", "decision_date", "decision_by", "deputies_allowed", "presiding_leader", "leaders_place",
    "draft_due", "sign_due",
)  # fmt: skip
EMPTY_ROWS = 8


class BlocForm(SeenForm):
    """The decision; `number` and `earlier` when a bloc is formed, `seats_seen` when one is changed."""

    watched = DECISION
    number = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100, widget=forms.TextInput)
    earlier = forms.ModelChoiceField(
        label=gettext_lazy("Nối tiếp khối của năm trước"), queryset=BlocYear.objects.none(), required=False, empty_label="—"
    )
    seats_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("number", None)
            self.fields.pop("earlier", None)
            self.initial["seats_seen"] = digest(str(seats_of(self.instance)))
        else:
            self.initial.setdefault("number", clock.today().year)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.instance.pk and data.get("seats_seen") != (stored := digest(str(seats_of(self.instance)))):
            now = ", ".join(f"{seat.order}. {seat.unit.name} ({_(seat.role_name)})" for seat in self.instance.ordered_seats)
            self.add_error(
                None,
                _("Người khác vừa đổi thành phần khối; hệ thống đang lưu: %(seats)s. Lưu lần nữa để dùng danh sách dưới đây.")
                % {"seats": now},
            )
            self.data[self.add_prefix("seats_seen")] = stored  # type: ignore[index]  # a copy of our own
        return data


class SeatForm(VerbForm):
    """A unit in its role; rows without a unit do not count. The verb checks the list as a whole."""

    unit = forms.ModelChoiceField(label=gettext_lazy("Đơn vị"), queryset=Unit.objects.all(), required=False)
    order = forms.IntegerField(
        label=gettext_lazy("Thứ tự"),
        min_value=1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
    )
    choices: Any = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit: Any = self.fields.get("unit")
        if unit:
            unit.choices = self.choices

    def _post_clean(self) -> None:
        """Nothing: the rows of before are replaced as a whole, so a row must not be compared with them."""


class SeatFormSet(VerbFormSet):
    """The list of units; what is wrong with it as a whole, the verb says in sentences."""

    def plans(self) -> list[SeatPlan]:
        """The seats as typed: by their order number, those without one after the others."""
        rows = [row.cleaned_data for row in self.forms if row.cleaned_data.get("unit")]
        rows.sort(key=lambda row: row.get("order") or len(rows) + 1)
        return [SeatPlan(row["unit"], row["role"]) for row in rows]


class SeatInline(VerdictInline, admin.TabularInline):
    model = Seat
    form = SeatForm
    formset = SeatFormSet
    verbose_name = gettext_lazy("đơn vị")
    verbose_name_plural = gettext_lazy("các đơn vị, theo thứ tự trong quyết định")
    fields = ("order", "unit", "role")

    def get_extra(self, request: Any, obj: BlocYear | None = None, **kwargs: Any) -> int:
        if not self.has_change_permission(request, obj):
            return 0
        return len(obj.ordered_seats) if obj else EMPTY_ROWS

    def get_queryset(self, request: Any) -> QuerySet[Seat]:
        return super().get_queryset(request).select_related("unit").prefetch_related("unit__names").order_by("order")

    def get_formset(self, request: Any, obj: BlocYear | None = None, **kwargs: Any) -> Any:
        form = type("SeatForm", (SeatForm,), {"choices": partial(unit_choices, request)})
        return super().get_formset(request, obj, form=form, **kwargs)


@admin.register(BlocYear)
class BlocAdmin(VerdictAdmin):
    form = BlocForm
    list_display = ("name_in_full", "year_plain", "leader_name", "seat_count", "decision_number", "decision_date")
    list_filter = ("year", "word")
    search_fields = ("name", "decision_number", "seats__unit__names__name")
    search_help_text = gettext_lazy("Tìm theo tên khối, số quyết định hoặc đơn vị; không cần gõ dấu.")
    change_form_template = "admin/blocs/bloc_change_form.html"
    inlines = (SeatInline,)

    def may_look(self, request: ActedRequest) -> Verdict:
        return policies.may_form_bloc(request.actor)

    def may_add(self, request: ActedRequest) -> Verdict:
        return policies.may_form_bloc(request.actor)

    def may_change(self, request: ActedRequest, obj: BlocYear) -> Verdict:
        return policies.may_change_bloc(obj, request.actor)

    def visible(self, request: ActedRequest) -> QuerySet[BlocYear]:
        return BlocYear.objects.visible_to(request.actor).full()

    def get_fieldsets(self, request: Any, obj: BlocYear | None = None) -> list[Any]:
        head: list[Any] = [("word", "name")]
        if obj is None:
            head = [("number", "earlier"), *head]
        elif self.has_change_permission(request, obj):
            head = [*head, ("seen", "seats_seen")]
        return [
            (None, {"fields": [*head, ("decision_number", "decision_date", "decision_by")]}),
            (
                _("Điều hành"),
                {"fields": [("deputies_allowed", "leaders_place"), "presiding_leader", ("draft_due", "sign_due")]},
            ),
        ]

    def get_form(self, request: Any, obj: BlocYear | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "earlier" in form.base_fields:
            form.base_fields["earlier"].queryset = BlocYear.objects.visible_to(request.actor)
        return form

    def get_formset_kwargs(self, request: Any, obj: BlocYear, inline: Any, prefix: str) -> dict[str, Any]:
        """The rows to edit are no stored rows: what is saved is the whole list, as typed."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.has_change_permission(request, obj if obj.pk else None):
            kwargs["queryset"] = Seat.objects.none()
            if request.method != "POST" and obj.pk:
                kwargs["initial"] = [{"order": seat.order, "unit": seat.unit_id, "role": seat.role} for seat in obj.ordered_seats]
        return kwargs

    def create(self, request: ActedRequest, form: Any, formsets: list[Any]) -> BlocYear:
        data = form.cleaned_data
        plan = BlocPlan(seats=formsets[0].plans(), **{name: data[name] for name in DECISION})
        return blocs.form(data["number"], plan, actor=request.actor, bloc=data["earlier"].bloc if data["earlier"] else None)

    def change(self, request: ActedRequest, obj: BlocYear, form: Any, formsets: list[Any]) -> None:
        stored = BlocYear.objects.get(pk=obj.pk)
        seats, touched = formsets[0].plans(), form.touched()
        if touched or [(seat.unit.pk, seat.role) for seat in seats] != seats_of(stored):
            blocs.change(
                obj,
                BlocPlan(seats=seats, **{**{name: getattr(stored, name) for name in DECISION}, **touched}),
                actor=request.actor,
            )

    def stream(self, obj: BlocYear) -> str:
        return f"bloc:{obj.pk}"

    @admin.display(description=gettext_lazy("khối thi đua"), ordering="name")
    def name_in_full(self, obj: BlocYear) -> str:
        return obj.full_name

    @admin.display(description=gettext_lazy("năm"), ordering="year")
    def year_plain(self, obj: BlocYear) -> str:
        return str(obj.year_id)

    @admin.display(description=gettext_lazy("khối trưởng"))
    def leader_name(self, obj: BlocYear) -> str:
        return obj.leader.unit.name

    @admin.display(description=gettext_lazy("số đơn vị"))
    def seat_count(self, obj: BlocYear) -> int:
        return len(obj.ordered_seats)


def seats_of(bloc_year: BlocYear) -> list[tuple[int, str]]:
    """The composition as it is stored: units with their roles, in order."""
    return [(seat.unit_id, str(SeatRole(seat.role))) for seat in bloc_year.ordered_seats]
