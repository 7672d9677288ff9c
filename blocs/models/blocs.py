"""Years, blocs, and a bloc in a year with the seats of its units."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.enums import BLOC_WORDS, BlocWord, LeadersPlace, SeatRole, role_label
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.triggers import Trigger

MOST_DEPUTIES = 3


class Year(models.Model):
    """An emulation year and the legal bases that its documents start from."""

    number = models.PositiveSmallIntegerField(_("năm"), primary_key=True)
    legal_bases = models.TextField(
        _("căn cứ chung"), blank=True, help_text=_("Mỗi căn cứ một dòng; dự thảo giao ước mới lấy từ đây.")
    )

    class Meta:
        verbose_name = _("năm thi đua")
        verbose_name_plural = pgettext_lazy("plural", "năm thi đua")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=2000, number__lte=2100),
                name="year_is_plausible",
                violation_error_message=_("Năm từ 2000 đến 2100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Bloc(models.Model):
    """A bloc through the years. What it is called and who belongs to it is a matter of each year."""

    standing_office = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="blocs_kept", verbose_name=_("cơ quan thường trực")
    )

    class Meta:
        verbose_name = _("khối qua các năm")
        verbose_name_plural = _("khối qua các năm")

    def __str__(self) -> str:
        return f"khối {self.pk}"


class BlocYearQuerySet(models.QuerySet["BlocYear"]):
    def visible_to(self, actor: Actor | None) -> BlocYearQuerySet:
        """Blocs the actor may see: those his office keeps, those of his province, or those in which his unit has a seat."""
        if actor is None or actor.unit is None:
            return self.none()
        if actor.is_office:
            return self.filter(bloc__standing_office=actor.unit)
        if actor.is_provincial_leader:
            return self.filter(bloc__standing_office__parent=actor.unit)
        return self.filter(Exists(Seat.objects.filter(bloc_year=OuterRef("pk"), unit=actor.unit)))

    def full(self, *, named: bool = True) -> BlocYearQuerySet:
        """With office, province, seats, units and the units' names: three queries for any number of rows; two without names."""
        seats = seats_with_units(named=named)
        return self.select_related("year", "bloc__standing_office__parent").prefetch_related(Prefetch("seats", seats))


def seats_with_units(*, named: bool) -> models.QuerySet[Seat]:
    """Seats in their order, with units and, if wanted, the units' names."""
    seats = Seat.objects.select_related("unit").order_by("order")
    return seats.prefetch_related("unit__names") if named else seats


def name_units(bloc_year: BlocYear) -> BlocYear:
    """Bring the names of all units in one bloc, of its office and of its province, in one query."""
    office = bloc_year.standing_office
    units = [*(seat.unit for seat in bloc_year.seats.all()), office, *([office.parent] if office.parent else [])]
    models.prefetch_related_objects(units, "names")
    return bloc_year


class BlocYear(models.Model):
    """A bloc in one year: name, the decision that formed it, its leader, how many deputies it may have."""

    bloc = models.ForeignKey(Bloc, on_delete=models.PROTECT, related_name="years", verbose_name=_("khối"))
    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="blocs", verbose_name=_("năm"))
    word = models.CharField(_("cách gọi"), max_length=5, choices=BlocWord.choices, default=BlocWord.KHOI)
    name = models.CharField(
        _("tên khối"), max_length=200, help_text=_("Không kèm chữ “Khối thi đua”, ví dụ: Công an các huyện, thị xã, thành phố.")
    )
    decision_number = models.CharField(_("số quyết định lập khối"), max_length=60)
    decision_date = models.DateField(_("ngày quyết định"))
    decision_by = models.CharField(_("người ban hành"), max_length=120, default="Giám đốc Công an tỉnh")
    leader_seat = models.OneToOneField(
        "blocs.Seat", on_delete=models.PROTECT, related_name="leads", verbose_name=_("khối trưởng")
    )
    deputies_allowed = models.PositiveSmallIntegerField(_("số khối phó tối đa"), default=1)
    presiding_leader = models.CharField(
        _("lãnh đạo chủ trì"),
        max_length=150,
        blank=True,
        help_text=_("Cấp bậc, họ tên, chức vụ của lãnh đạo Công an tỉnh chủ trì hội nghị."),
    )
    leaders_place = models.CharField(_("vị trí ký"), max_length=5, choices=LeadersPlace.choices, default=LeadersPlace.FIRST)
    draft_due = models.DateField(_("hạn công bố dự thảo"), null=True, blank=True)
    sign_due = models.DateField(_("hạn ký giao ước"), null=True, blank=True)

    objects = BlocYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("khối thi đua")
        verbose_name_plural = pgettext_lazy("plural", "khối thi đua")
        ordering = ["-year_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc", "year"], name="bloc_once_a_year", violation_error_message=_("Khối này đã được lập trong năm.")
            ),
            models.CheckConstraint(
                condition=Q(deputies_allowed__gte=0, deputies_allowed__lte=MOST_DEPUTIES),
                name="bloc_deputies_allowed_in_range",
                violation_error_message=_("Số khối phó từ 0 đến 3."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} năm {self.year_id}"

    @property
    def full_name(self) -> str:
        """ "Khối thi đua Công an các huyện, thị xã, thành phố"."""
        return f"{BLOC_WORDS[BlocWord(self.word)]} thi đua {self.name}"

    @property
    def standing_office(self) -> Unit:
        return self.bloc.standing_office

    @property
    def ordered_seats(self) -> list[Seat]:
        """The seats in the order of the decision, each knowing this bloc."""
        rows = sorted(self.seats.all(), key=lambda seat: seat.order)
        for row in rows:
            row.bloc_year = self
        return rows

    @property
    def leader(self) -> Seat:
        """The leader's seat."""
        return next(seat for seat in self.ordered_seats if seat.role == SeatRole.LEADER)

    def seat_of(self, unit_id: int | None) -> Seat | None:
        """The seat of this unit, if it has one."""
        return next((seat for seat in self.ordered_seats if seat.unit_id == unit_id), None)

    def role_name(self, role: str) -> str:
        """How this bloc calls a role."""
        return role_label(self.word, role)


def _deputies_trigger(operation: str) -> Trigger:
    """Refuse more deputies than the bloc allows: that number stands in another row, which no check constraint can see."""
    table, name = "blocs_seat", f"blocs_seat_deputies_{operation.lower()}"
    most = "(SELECT deputies_allowed FROM blocs_blocyear WHERE id = NEW.bloc_year_id)"
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN NEW.deputy_number > {most} "
        "BEGIN SELECT RAISE(ABORT, 'too many deputies'); END",
        "CREATE OR REPLACE FUNCTION blocs_seat_deputies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NEW.deputy_number > {most} THEN "
        "RAISE EXCEPTION 'too many deputies' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$; "
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION blocs_seat_deputies()",
    )


class Seat(models.Model):
    """A unit's place in a bloc of a year. Its own key lets a bloc and its leader's seat name each other from the first row on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bloc_year = models.ForeignKey(BlocYear, on_delete=models.CASCADE, related_name="seats", verbose_name=_("khối"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="seats", verbose_name=_("đơn vị"))
    role = models.CharField(_("vai trò"), max_length=10, choices=SeatRole.choices, default=SeatRole.MEMBER)
    deputy_number = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(_("thứ tự"))

    triggers: ClassVar[list[Trigger]] = [_deputies_trigger("INSERT"), _deputies_trigger("UPDATE")]

    class Meta:
        verbose_name = _("đơn vị thành viên")
        verbose_name_plural = _("đơn vị thành viên")
        ordering = ["bloc_year", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "unit"], name="seat_one_per_unit", violation_error_message=_("Đơn vị đã có trong khối.")
            ),
            models.UniqueConstraint(
                fields=["bloc_year", "order"],
                name="seat_one_per_place",
                violation_error_message=_("Thứ tự này đã có đơn vị khác."),
            ),
            models.UniqueConstraint(
                fields=["bloc_year"],
                condition=Q(role=SeatRole.LEADER),
                name="seat_one_leader",
                violation_error_message=_("Khối chỉ có một khối trưởng."),
            ),
            models.UniqueConstraint(fields=["bloc_year", "deputy_number"], name="seat_deputies_numbered"),
            models.CheckConstraint(
                condition=Q(
                    role=SeatRole.DEPUTY, deputy_number__isnull=False, deputy_number__gte=1, deputy_number__lte=MOST_DEPUTIES
                )
                | ~Q(role=SeatRole.DEPUTY) & Q(deputy_number=None),
                name="seat_deputy_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.unit.name}"

    @property
    def role_name(self) -> str:
        """The role as the bloc calls it."""
        return self.bloc_year.role_name(self.role)

    def unit_exists(self) -> bool:
        """Whether the unit still exists today."""
        today = clock.today()
        return self.unit.valid_from <= today and (self.unit.valid_to is None or today <= self.unit.valid_to)
