"""Reports of the demonstration, act by act.

The eight units of 2020 report twice, up to the province; a bloc of this year has its interim report under way.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from blocs.models import BlocYear
from emulation.office.demo import cast
from emulation.office.demo import reports_2020 as story
from emulation.office.demo.cast import UnitCast
from emulation.office.demo.current_year import BlocStory
from emulation.office.demo.drafting import sign
from emulation.office.demo.stage import CLERK, Stage
from emulation.office.demo.year_2020 import YEAR
from emulation.reports.domain import (
    bloc_reports,
    bloc_signing,
    material,
    periods,
    presenting,
    province_reports,
    province_text,
    reviewing,
    writing,
)
from emulation.reports.enums import PeriodKind
from emulation.reports.models import BlocReport, Report, ReportPeriod
from scoring.enums import SectionContent


@dataclass(frozen=True)
class Course:
    """When the bloc of this year began to report, and until when its units have time."""

    opened: datetime
    written: datetime
    due: datetime
    bloc_due: datetime


def build_2020(stage: Stage, bloc_year: BlocYear, kind: PeriodKind) -> ReportPeriod:
    """A period of 2020 until every report is taken: once with an extension and a repair."""
    with stage.acting(story.OPENED[kind], story.OPENED_BY) as actor:
        period = periods.open_period(bloc_year, actor=actor, kind=kind, days=story.DAYS[kind])
    for place, unit in enumerate(cast.DISTRICTS):
        write(stage, period, unit, story.WRITTEN[kind] + timedelta(minutes=50 * place))
    is_interim = kind == PeriodKind.INTERIM
    if is_interim:
        with stage.acting(story.EXTENDED_AT, story.OPENED_BY) as actor:
            whom, reason = stage.units[story.EXTENDED], story.EXTENDED_BECAUSE
            periods.extend(period, whom, actor=actor, due_on=story.EXTENDED_TO, reason=reason)
    for place, unit in enumerate(cast.DISTRICTS):
        late = is_interim and unit.key == story.EXTENDED
        hand_in(stage, period, unit, story.SIGNED_LATER if late else story.SIGNED[kind] + timedelta(minutes=6 * place))
    if is_interim:
        repair(stage, period)
    for place, unit in enumerate(cast.DISTRICTS):
        by = "donghoi.truong" if unit.key == "quangninh" else story.OPENED_BY
        with stage.acting(story.RECEIVED[kind] + timedelta(minutes=10 * place), by) as actor:
            reviewing.accept(_report(stage, period, unit.key), actor=actor)
    of_bloc(stage, period, kind)
    return period


def of_bloc(stage: Stage, period: ReportPeriod, kind: PeriodKind) -> None:
    """The leader unit gathers and edits, the deputy checks, the leader signs for the bloc."""
    keys = {row.heading: row.key for row in periods.outline_text(period.outline).sections}
    with stage.acting(story.BLOC_DRAFTED[kind], "quangninh.canbo") as actor:
        report = bloc_reports.gather(BlocReport.objects.full().get(period=period), actor=actor)
        for heading, said in story.BLOC_WORDS.items():
            bloc_reports.DESK.save_own(report, keys[heading], actor=actor, seen=0, text=said)
        example = report.passages.get(section=keys[story.EXAMPLE_IN], unit=stage.units[story.EXAMPLE_OF])
        bloc_reports.DESK.save_passage(example, actor=actor, seen=example.edits, values={"is_example": True})
        report = bloc_reports.lock(report)
        bloc_reports.DESK.save_head(report, actor=actor, seen=report.edits, values={"number": story.BLOC_NUMBER[kind]})
    with stage.acting(story.BLOC_CHECKED[kind], "donghoi.truong") as actor:
        bloc_reports.check(report, actor=actor)
    with stage.acting(story.BLOC_SIGNED[kind] - timedelta(hours=1), "quangninh.canbo") as actor:
        signing_round = bloc_signing.open_signing(report, actor=actor)
    sign(stage, signing_round, [(story.BLOC_SIGNED[kind], story.OPENED_BY)])


def of_province(stage: Stage) -> None:
    """The office sums up the final reports of 2020 and writes its own words, a provincial leader signs."""
    with stage.acting(story.PROVINCE_DRAFTED, CLERK) as actor:
        report = province_reports.start(YEAR, PeriodKind.FINAL, actor=actor)
        keys = {row.heading: row.key for row in province_text.text_of(report).sections}
        for heading, said in story.PROVINCE_WORDS.items():
            province_reports.DESK.save_own(report, keys[heading], actor=actor, seen=0, text=said)
        report = province_reports.DESK.save_head(report, actor=actor, seen=0, values={"number": story.PROVINCE_NUMBER})
    with stage.acting(story.PROVINCE_OPENED, CLERK) as actor:
        signing_round = province_reports.open_signing(report, actor=actor)
    sign(stage, signing_round, [(story.PROVINCE_SIGNED, story.PROVINCE_SIGNED_BY)])


def repair(stage: Stage, period: ReportPeriod) -> None:
    """One report is given back by section, mended and signed again, and is not late by that."""
    unit = next(row for row in cast.DISTRICTS if row.key == story.RETURNED)
    keys = {row.heading: row.key for row in periods.outline_text(period.outline).sections}
    with stage.acting(story.RETURNED_AT, story.OPENED_BY) as actor:
        said = {keys[heading]: text for heading, text in story.RETURNED_SECTIONS.items()}
        reviewing.give_back(_report(stage, period, unit.key), actor=actor, reason=story.RETURNED_BECAUSE, sections=said)
    with stage.acting(story.MENDED_AT, f"{unit.key}.canbo") as actor:
        report = _report(stage, period, unit.key)
        row = report.written.get(section=keys["Ưu điểm"])
        writing.save_text(report, keys["Ưu điểm"], actor=actor, seen=row.edits, text=story.MENDED)
    hand_in(stage, period, unit, story.MENDED_AT + timedelta(hours=4))


def build_now(stage: Stage, bloc: BlocStory, bloc_year: BlocYear, course: Course) -> ReportPeriod:
    """Of four units two have handed in, one of them taken; one has more time, one is late. The leader has begun the bloc's."""
    with stage.acting(course.opened, bloc.leader) as actor:
        days = {"opens_on": course.opened.date(), "due_on": course.due.date(), "bloc_due_on": course.bloc_due.date()}
        period = periods.open_period(bloc_year, actor=actor, kind=PeriodKind.INTERIM, days=days)
    leading, handed_in, extended, late = bloc.units
    for place, unit in enumerate((leading, handed_in)):
        write(stage, period, unit, course.written + timedelta(hours=place))
        hand_in(stage, period, unit, course.written + timedelta(days=1, hours=place))
    with stage.acting(course.written + timedelta(days=1, hours=4), bloc.deputy) as actor:
        reviewing.accept(_report(stage, period, leading.key), actor=actor)
    with stage.acting(course.written + timedelta(days=2), bloc.leader) as actor:
        later = course.bloc_due.date() - timedelta(days=5)
        reason = "Cán bộ tổng hợp đang dự tập huấn nghiệp vụ."
        periods.extend(period, stage.units[extended.key], actor=actor, due_on=later, reason=reason)
    for unit, share in ((extended, 0.6), (late, 0.3)):
        write(stage, period, unit, course.written + timedelta(hours=6), share=share)
    with stage.acting(course.written + timedelta(days=2, hours=2), f"{leading.key}.canbo") as actor:
        bloc_reports.gather(BlocReport.objects.full().get(period=period), actor=actor)
    return period


def write(stage: Stage, period: ReportPeriod, unit: UnitCast, moment: datetime, *, share: float = 1) -> None:
    """The staff writes what the outline asks for, or the first sections of it."""
    with stage.acting(moment, f"{unit.key}.canbo") as actor:
        report = _report(stage, period, unit.key)
        text = material.text_of(report)
        asked = [section for section in text.sections if section.level == 2]
        for section in asked[: int(len(asked) * share)]:
            if section.content == SectionContent.NARRATIVE:
                said = story.words(section.heading, unit.key, unit.name, period.kind)
                writing.save_text(report, section.key, actor=actor, seen=0, text=said)
            for item in section.items:
                said = story.words(item.heading, unit.key, unit.name, period.kind, story.COMMITMENTS)
                writing.save_text(report, section.key, item.key, actor=actor, seen=0, text=said)
            for figure in section.figures:
                before = None if figure.last_year else story.year_before(figure, unit.key, period.kind)
                values = {"actual": story.actual(figure, unit.key, period.kind), "last_year": before}
                writing.save_figure(report, figure.key, actor=actor, seen=0, values=values)


def hand_in(stage: Stage, period: ReportPeriod, unit: UnitCast, moment: datetime) -> None:
    """The staff presents the report, the commander signs it."""
    with stage.acting(moment - timedelta(hours=1), f"{unit.key}.canbo") as actor:
        report = _report(stage, period, unit.key)
        if not report.number:
            number = f"{120 + int(story.chance_of(unit.key, period.title) * 400)}/BC-{story.LETTERS[unit.kind]}"
            report = writing.save_head(report, actor=actor, seen=report.edits, values={"number": number})
        signing_round = presenting.present(report, actor=actor)
    sign(stage, signing_round, [(moment, unit.people[0].login)])


def _report(stage: Stage, period: ReportPeriod, unit: str) -> Report:
    return Report.objects.full().get(period=period, unit=stage.units[unit])
