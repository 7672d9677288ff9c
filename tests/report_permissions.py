"""The lines of the permission matrix that ask about periods and reports; asked about rows that are never stored."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from emulation.lib import clock
from emulation.reports import bloc_policies, policies, province_policies
from emulation.reports.enums import BlocReportState, ProvinceReportState, ReportState
from emulation.reports.models import BlocReport, ProvinceReport, Report, ReportPeriod
from scoring.domain.usual_outline import usual_outline

LEADS = "office leader leader-staff"
LEADERS = "leader leader-staff"
OWN = "member member-kt member-bare member-staff secretary"


def period(scene: Any, *, opens_in: int = 0) -> ReportPeriod:
    """A period of the bloc without extensions, open since today or in so many days."""
    day = clock.today() + timedelta(days=opens_in)
    return ReportPeriod(pk=-1, bloc_year=scene.bloc_year, kind="interim", opens_on=day, due_on=day, bloc_due_on=day)


def report(scene: Any, state: str, **around: int) -> Report:
    """The member's report."""
    handed_in = None if state in (ReportState.NOT_STARTED, ReportState.DRAFT, ReportState.SIGNING) else clock.now()
    unit = scene.bloc.members[0].unit
    return Report(pk=-1, period=period(scene, **around), unit=unit, state=state, first_submitted_at=handed_in)


def lines(line: Callable[..., Any]) -> dict[str, Any]:
    """A line for each policy."""

    def one(ask: Callable[[Any, Any], Any], allowed: str) -> Any:
        return line(ask, {"none": allowed} if allowed else {}, ("none",))

    def of_report(ask: Callable[..., Any], state: str, allowed: str, **around: int) -> Any:
        return one(lambda scene, actor: ask(report(scene, state, **around), actor), allowed)

    def extend(unit: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
        return lambda scene, actor: policies.may_extend(period(scene), unit(scene), actor)

    return {
        "reports.leading": one(lambda scene, actor: policies.leading(scene.bloc_year, actor), LEADS),
        "reports.is_own_office": one(lambda scene, actor: policies.is_own_office(scene.bloc_year, actor), "office"),
        "reports.may_open_period": one(
            lambda scene, actor: policies.may_open_period(scene.bloc_year, usual_outline(), actor), LEADS
        ),
        "reports.may_open_period@without an outline": one(
            lambda scene, actor: policies.may_open_period(scene.bloc_year, None, actor), ""
        ),
        "reports.may_change_period": one(lambda scene, actor: policies.may_change_period(period(scene), actor), LEADS),
        "reports.may_extend": one(extend(lambda scene: scene.bloc.members[0].unit), LEADS),
        "reports.may_extend@oneself": one(extend(lambda scene: scene.bloc.leader.unit), "office"),
        "reports.may_open_desk": of_report(policies.may_open_desk, ReportState.DRAFT, OWN),
        "reports.may_write": of_report(policies.may_write, ReportState.NOT_STARTED, OWN),
        "reports.may_write@before it opens": of_report(policies.may_write, ReportState.NOT_STARTED, "", opens_in=1),
        "reports.may_write@handed in": of_report(policies.may_write, ReportState.SUBMITTED, ""),
        "reports.may_write@returned": of_report(policies.may_write, ReportState.RETURNED, OWN),
        "reports.may_write@locked": of_report(policies.may_write, ReportState.LOCKED, ""),
        "reports.may_present": of_report(policies.may_present, ReportState.DRAFT, OWN),
        "reports.may_present@nothing written": of_report(policies.may_present, ReportState.NOT_STARTED, ""),
        "reports.reviews": of_report(policies.reviews, ReportState.DRAFT, LEADS),
        "reports.may_receive": of_report(policies.may_receive, ReportState.SUBMITTED, LEADS),
        "reports.may_receive@taken": of_report(policies.may_receive, ReportState.ACCEPTED, ""),
        "reports.may_reopen": of_report(policies.may_reopen, ReportState.ACCEPTED, LEADS),
        "reports.may_reopen@locked": of_report(policies.may_reopen, ReportState.LOCKED, "office"),
        **_of_bloc(one),
        **_of_province(one),
    }


def _of_bloc(one: Callable[..., Any]) -> dict[str, Any]:
    """The lines about the report of the bloc."""

    def of_bloc(ask: Callable[..., Any], state: str, allowed: str) -> Any:
        return one(lambda scene, actor: ask(BlocReport(pk=-1, period=period(scene), state=state), actor), allowed)

    return {
        "reports.may_gather": of_bloc(bloc_policies.may_gather, BlocReportState.GATHERING, LEADERS),
        "reports.may_gather@signing": of_bloc(bloc_policies.may_gather, BlocReportState.SIGNING, ""),
        "reports.may_edit_bloc_report": of_bloc(bloc_policies.may_edit_bloc_report, BlocReportState.DRAFT, LEADERS),
        "reports.may_edit_bloc_report@sent": of_bloc(bloc_policies.may_edit_bloc_report, BlocReportState.SENT, ""),
        "reports.may_check_bloc_report": of_bloc(
            bloc_policies.may_check_bloc_report, BlocReportState.DRAFT, "deputy deputy-staff"
        ),
        "reports.may_open_bloc_report": of_bloc(bloc_policies.may_open_bloc_report, BlocReportState.CHECKED, LEADERS),
        "reports.may_open_bloc_report@not checked": of_bloc(bloc_policies.may_open_bloc_report, BlocReportState.DRAFT, ""),
        "reports.may_return_bloc_report": of_bloc(bloc_policies.may_return_bloc_report, BlocReportState.SENT, "office"),
        "reports.may_return_bloc_report@to check": of_bloc(
            bloc_policies.may_return_bloc_report, BlocReportState.DRAFT, "deputy deputy-staff"
        ),
        "reports.may_return_bloc_report@signing": of_bloc(bloc_policies.may_return_bloc_report, BlocReportState.SIGNING, ""),
    }


def _of_province(one: Callable[..., Any]) -> dict[str, Any]:
    """The lines about the summary of the province."""

    def of_province(ask: Callable[..., Any], state: str, allowed: str) -> Any:
        def asked(scene: Any, actor: Any) -> Any:
            return ask(ProvinceReport(pk=-1, office=scene.bloc_year.standing_office, state=state), actor)

        return one(asked, allowed)

    draft, signing, signed = ProvinceReportState.DRAFT, ProvinceReportState.SIGNING, ProvinceReportState.SIGNED
    return {
        "reports.may_start_province_report": one(
            lambda _scene, actor: province_policies.may_start_province_report(1, actor), "office other-office"
        ),
        "reports.may_start_province_report@nobody reports": one(
            lambda _scene, actor: province_policies.may_start_province_report(0, actor), ""
        ),
        "reports.leads_province_report": of_province(province_policies.leads_province_report, signed, "office"),
        "reports.may_gather_blocs": of_province(province_policies.may_gather_blocs, draft, "office"),
        "reports.may_edit_province_report": of_province(province_policies.may_edit_province_report, draft, "office"),
        "reports.may_edit_province_report@signing": of_province(province_policies.may_edit_province_report, signing, ""),
        "reports.may_open_province_report": of_province(province_policies.may_open_province_report, draft, "office"),
        "reports.may_open_province_report@signed": of_province(province_policies.may_open_province_report, signed, ""),
        "reports.may_reopen_province_report": of_province(province_policies.may_reopen_province_report, signed, "office"),
        "reports.may_reopen_province_report@draft": of_province(province_policies.may_reopen_province_report, draft, ""),
    }
