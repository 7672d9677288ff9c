"""A bloc's periods: open one with its days, move them, give one unit a later day, take over a newer outline."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain.snapshots import province_of, version_text
from blocs.enums import SETTLED, DocumentKind
from blocs.models import BlocYear, Seat, Version
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import policies
from emulation.reports.models import BlocReport, Extension, Report, ReportPeriod
from scoring.report_texts import OutlineText, outline_of

DAYS = ("opens_on", "due_on", "bloc_due_on")


def agreed_outline(bloc_year: BlocYear) -> Version | None:
    """The version of the bloc's outline that is agreed on and has not ended, when it holds sections."""
    settled = {"document__kind": DocumentKind.OUTLINE, "document__state__in": SETTLED}
    version = Version.objects.filter(document__bloc_year=bloc_year, **settled).order_by("-document", "-number").first()
    return version if version and version_text(version).enclosed else None


def outline_text(version: Version) -> OutlineText:
    """The outline that a version of its document holds."""
    return outline_of(version_text(version).enclosed)


@transaction.atomic
def open_period(bloc_year: BlocYear, *, actor: Actor, kind: str, name: str = "", days: Mapping[str, date]) -> ReportPeriod:
    """Ask every unit of the bloc for a report. `days` gives the `DAYS`. Raises `Refused`, `ValidationError`."""
    BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    version = agreed_outline(bloc_year)
    enforce(policies.may_open_period(bloc_year, outline_text(version) if version else None, actor))
    if days["due_on"] < clock.today():
        raise ValidationError({"due_on": _("Hạn nộp đã qua.")})
    period = ReportPeriod(
        bloc_year=bloc_year,
        kind=kind,
        name=vietnamese.nfc(name).strip(),
        outline=version,
        opened_at=clock.now(),
        opened_by=actor.user,
        **days,
    )
    period.full_clean(exclude=["opened_by"])
    period.save()
    ask(period, bloc_year.ordered_seats, actor)
    province = province_of(bloc_year)
    BlocReport.objects.create(
        period=period,
        place=bloc_year.leader.unit.short_name_on(clock.today()),
        addressed_to="\n".join([*([province.name_on(clock.today())] if province else []), bloc_year.standing_office.name]),
        recipients="Như trên\nCác đơn vị trong khối\nLưu: VT",
        changed_at=clock.now(),
    )
    told = {"kind": kind, "outline": version.pk if version else None, **days}
    audit.log(Event.PERIOD_OPENED, stream=period.stream, actor=actor, bloc_year=bloc_year.pk, **told)
    return period


def ask(period: ReportPeriod, seats: Sequence[Seat], actor: Actor) -> None:
    """Give the units on these seats their reports to write, and tell them; in the verb's transaction."""
    bloc_year, today, moment = period.bloc_year, clock.today(), clock.now()
    Report.objects.bulk_create(
        Report(
            period=period,
            unit=seat.unit,
            place=seat.unit.short_name_on(today),
            addressed_to=_addressed(bloc_year),
            recipients=_recipients(bloc_year),
            changed_at=moment,
        )
        for seat in seats
    )
    words = f"{period.title}: đơn vị nộp báo cáo đến hết ngày {period.due_on:%d/%m/%Y}."
    _tell(period, [seat.unit_id for seat in seats], words, actor)


@transaction.atomic
def set_days(period: ReportPeriod, *, actor: Actor, days: Mapping[str, date]) -> ReportPeriod:
    """Move the days of a period; every unit is told when its own day moves. Raises `Refused`, `ValidationError`."""
    period = lock(period)
    enforce(policies.may_change_period(period, actor))
    before = {name: getattr(period, name) for name in DAYS}
    if before == dict(days):
        return period
    for name in DAYS:
        setattr(period, name, days[name])
    period.full_clean(exclude=["opened_by"])
    period.save(update_fields=list(DAYS))
    if period.due_on != before["due_on"]:
        units = [seat.unit_id for seat in period.bloc_year.ordered_seats]
        _tell(period, units, f"{period.title}: hạn nộp báo cáo chuyển sang ngày {period.due_on:%d/%m/%Y}.", actor)
    audit.log(Event.PERIOD_CHANGED, stream=period.stream, actor=actor, before=before, after=dict(days))
    return period


@transaction.atomic
def extend(period: ReportPeriod, unit: Unit, *, actor: Actor, due_on: date, reason: str) -> Extension:
    """Give one unit a later day, with the reason. Raises `Refused`, `ValidationError` ("due_on", "reason")."""
    period = lock(period)
    enforce(policies.may_extend(period, unit, actor))
    text = vietnamese.nfc(reason).strip()
    if not text:
        raise ValidationError({"reason": _("Ghi lý do.")})
    if due_on <= period.due_of(unit.pk):
        raise ValidationError(
            {"due_on": _("Gia hạn phải sau hạn hiện nay, %(day)s.") % {"day": f"{period.due_of(unit.pk):%d/%m/%Y}"}}
        )
    row = Extension.objects.create(
        period=period, unit=unit, due_on=due_on, reason=text[:1000], at=clock.now(), label=actor.label[:300]
    )
    _tell(period, [unit.pk], f"{period.title}: đơn vị được gia hạn nộp báo cáo đến hết ngày {due_on:%d/%m/%Y}.", actor)
    audit.log(Event.PERIOD_EXTENDED, stream=period.stream, actor=actor, unit=unit.pk, due_on=due_on, reason=row.reason)
    return row


@transaction.atomic
def follow_outline(period: ReportPeriod, *, actor: Actor) -> ReportPeriod:
    """Report by the newest agreed outline from now on: what was typed goes by key and stays, signed versions keep theirs.

    Raises `Refused`, also when there is none newer.
    """
    period = lock(period)
    enforce(policies.may_change_period(period, actor))
    version = agreed_outline(period.bloc_year)
    if version is None or version.pk == period.outline_id:
        raise Refused(refuse(_("Kỳ báo cáo đang theo đề cương mới nhất đã thông qua.")))
    before, period.outline = period.outline_id, version
    period.save(update_fields=["outline"])
    units = [seat.unit_id for seat in period.bloc_year.ordered_seats]
    _tell(period, units, f"{period.title}: đề cương đã có bản mới; phần đã viết vẫn giữ, đồng chí xem lại các mục.", actor)
    audit.log(Event.PERIOD_CHANGED, stream=period.stream, actor=actor, outline_before=before, outline=version.pk)
    return period


def lock(period: ReportPeriod) -> ReportPeriod:
    """The period as it stands now, locked until the end of the transaction."""
    ReportPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    return ReportPeriod.objects.full().get(pk=period.pk)


def _addressed(bloc_year: BlocYear) -> str:
    office, leader = bloc_year.standing_office, bloc_year.leader
    today = clock.today()
    return "\n".join([office.name_on(today), f"{bloc_year.role_name(leader.role)} {bloc_year.full_name}"])


def _recipients(bloc_year: BlocYear) -> str:
    province = province_of(bloc_year)
    over = [f"Lãnh đạo {province.name_on(clock.today())} (để báo cáo)"] if province else []
    return "\n".join([*over, "Như trên", "Lưu: VT"])


def _tell(period: ReportPeriod, units: list[int], words: str, actor: Actor) -> None:
    page: Any = reverse("period", args=[period.pk])
    notices.tell_units(units, words, path=page, except_users={actor.user_id})
