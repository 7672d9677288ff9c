"""A campaign: one bloc scores one period by one adopted set, phase by phase."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import BlocYear
from blocs.models.blocs import seats_with_units
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.models import InsertOnly
from scoring.enums import Period, Phase
from scoring.models.criteria import CriteriaSet


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, actor: Actor | None) -> CampaignQuerySet:
        """Campaigns of the blocs that the actor may see. What of their points he sees, sheets and snapshots say."""
        return self.filter(bloc_year__in=BlocYear.objects.visible_to(actor))

    def full(self) -> CampaignQuerySet:
        """With bloc, seats, units with names, criteria set and phases: five queries for any number of rows."""
        seats = models.Prefetch("bloc_year__seats", seats_with_units(named=True))
        known = self.select_related("bloc_year__year", "bloc_year__bloc__standing_office__parent", "criteria_set")
        return known.prefetch_related(seats, "dates", "withdrawals")


class Campaign(models.Model):
    """The scoring of a bloc for one period. `phase` is where it stands."""

    bloc_year = models.ForeignKey(BlocYear, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("khối"))
    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("bộ tiêu chí")
    )
    period = models.CharField(_("kỳ chấm"), max_length=10, choices=Period.choices, default=Period.YEAR)
    phase = models.CharField(_("bước"), max_length=12, choices=Phase.choices, default=Phase.SELF)
    moves_by_date = models.BooleanField(_("tự chuyển bước khi hết hạn"), default=True)
    appraisal_name = models.CharField(_("cách gọi bước thẩm định"), max_length=40, default="Thẩm định")
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    # Why a published result is being corrected; empty otherwise.
    correction = models.TextField(max_length=2000, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("đợt chấm điểm")
        verbose_name_plural = _("đợt chấm điểm")
        ordering = ["-bloc_year__year_id", "bloc_year", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["bloc_year", "period"],
                name="campaign_once_a_period",
                violation_error_message=_("Khối đã mở đợt chấm điểm của kỳ này."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bloc_year_id}/{self.period}"

    @property
    def stream(self) -> str:
        """Its audit stream."""
        return f"campaign:{self.pk}"

    @property
    def title(self) -> str:
        """ "Chấm điểm năm 2020" or "Chấm điểm 6 tháng đầu năm 2020"."""
        period = "" if self.period == Period.YEAR else "6 tháng đầu "
        return f"Chấm điểm {period}năm {self.bloc_year.year_id}"

    @property
    def phase_name(self) -> str:
        """What the phase is called in this campaign."""
        return self.name_of(self.phase)

    def name_of(self, phase: str) -> str:
        """What a phase is called here: the appraisal has a name that a bloc chooses."""
        return self.appraisal_name if phase == Phase.APPRAISE else str(Phase(phase).label)

    @property
    def phases(self) -> list[Phase]:
        """The phases that this campaign goes through."""
        chosen = {row.phase for row in self.dates.all()}
        return [phase for phase in Phase if phase in chosen or phase == Phase.PUBLISHED]

    @property
    def last_days(self) -> dict[str, date | None]:
        """The last day of each of them, where one is set."""
        return {row.phase: row.closes_on for row in self.dates.all()}

    @property
    def next_phase(self) -> Phase | None:
        """The phase after the one in which it stands."""
        return next(iter(self.phases[self.phases.index(Phase(self.phase)) + 1 :]), None)

    @property
    def previous_phase(self) -> Phase | None:
        """The phase before."""
        place = self.phases.index(Phase(self.phase))
        return self.phases[place - 1] if place else None

    def closes_on(self, phase: str) -> date | None:
        """The last day of a phase."""
        return next((row.closes_on for row in self.dates.all() if row.phase == phase), None)

    def consolidator_of(self, unit_id: int) -> Unit:
        """Who scores this unit for the bloc: the leader; the leader's own sheet the first deputy, without one the standing office."""
        seats = self.bloc_year.ordered_seats
        leader = self.bloc_year.leader
        if unit_id != leader.unit_id:
            return leader.unit
        deputies = [seat for seat in seats if seat.deputy_number]
        if deputies:
            return min(deputies, key=lambda seat: seat.deputy_number or 0).unit
        return self.bloc_year.standing_office


class CampaignPhase(models.Model):
    """A phase that a campaign goes through, with its last day."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="dates")
    phase = models.CharField(_("bước"), max_length=12, choices=Phase.choices)
    closes_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("bước của đợt chấm điểm")
        verbose_name_plural = _("bước của đợt chấm điểm")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "phase"], name="campaign_phase_once"),
            models.CheckConstraint(condition=~Q(phase=Phase.PUBLISHED), name="campaign_phase_before_publication"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.phase}"


class Withdrawal(InsertOnly):
    """A unit that left the bloc before the result: its points are kept and it gets no rank."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="withdrawals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    reason = models.TextField(_("lý do"), max_length=1000)
    since = models.DateField(_("từ ngày"))
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("đơn vị rời khối")
        verbose_name_plural = _("đơn vị rời khối")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit"], name="withdrawal_once", violation_error_message=_("Đã ghi nhận đơn vị rời khối.")
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.unit_id}"


class Recusal(InsertOnly):
    """A person who does not score one unit, and why."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị được chấm"))
    reason = models.TextField(_("lý do"), max_length=1000)
    at = models.DateTimeField(default=clock.now)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("từ chối chấm")
        verbose_name_plural = _("từ chối chấm")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person", "unit"],
                name="recusal_once",
                violation_error_message=_("Đồng chí đã từ chối chấm đơn vị này."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.person_id}/{self.unit_id}"
