"""A period with the reports of its units, brought to a state by its verbs, for the tests of reports.

    made = casts.period()
    made.fill(made.report(made.members[0]))
    made.submit(made.members[0])

The bloc has a covenant in force with two targets, and the usual outline is adopted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from blocs.domain import drafts
from blocs.enums import DocumentKind
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.reports.domain import material, periods, presenting, report_kind, reviewing, writing
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Report, ReportPeriod
from emulation.reports.texts import ReportText
from emulation.signing.domain import rounds
from scoring.domain import report_outlines
from scoring.domain.usual_outline import usual_outline
from scoring.report_texts import OutlineText
from tests import builders, snapshots
from tests.builders import BlocCast
from tests.in_bloc import InBloc


@dataclass
class PeriodCast(InBloc):
    """A period and everybody around it; rows are read afresh each time."""

    pk: int
    bloc: BlocCast

    @property
    def row(self) -> ReportPeriod:
        return ReportPeriod.objects.full().get(pk=self.pk)

    @property
    def outline(self) -> OutlineText:
        return periods.outline_text(self.row.outline)

    def report(self, of: Actor | Unit) -> Report:
        unit = of.unit if isinstance(of, Actor) else of
        return Report.objects.full().get(period=self.pk, unit=unit)

    def text(self, of: Actor) -> ReportText:
        return material.text_of(self.report(of))

    def section(self, heading: str) -> str:
        """The key of a section."""
        return next(row.key for row in self.outline.sections if row.heading == heading)

    def write(self, of: Actor, heading: str, text: str, item: str = "") -> None:
        """Write a section as the unit's commander."""
        report, key = self.report(of), self.section(heading)
        known = report.written.filter(section=key, item=item).first()
        writing.save_text(report, key, item, actor=of, seen=known.edits if known else 0, text=text)

    def figure(self, of: Actor, label: str, **values: Any) -> None:
        """Enter a figure by its label."""
        report = self.report(of)
        key = next(row.key for row in material.text_of(report).figures if row.label == label)
        known = report.figures.filter(key=key).first()
        given = {name: Decimal(str(value)) if name != "note" and value is not None else value for name, value in values.items()}
        writing.save_figure(report, key, actor=of, seen=known.edits if known else 0, values=given)

    def fill(self, of: Actor, number: int = 3) -> None:
        """Write everything that the outline asks for."""
        text = self.text(of)
        for section in text.sections:
            if section.level == 2 and section.content == "narrative":
                self.write(of, section.heading, f"Đã thực hiện {section.heading.lower()}.")
            for item in section.items:
                self.write(of, section.heading, f"Đã hoàn thành {item.heading.lower()}.", item.key)
        for figure in text.figures:
            self.figure(of, figure.label, actual=number)

    def present(self, of: Actor) -> None:
        presenting.present(self.report(of), actor=of)

    def submit(self, of: Actor, *, fill: bool = True) -> None:
        """Write, present and sign."""
        if fill:
            self.fill(of)
        self.present(of)
        signing_round = rounds.newest(report_kind.KIND, self.report(of))
        assert signing_round is not None
        builders.sign(signing_round.slots.get(), actor=of)

    def give_back(self, of: Actor, reason: str = "Số liệu chưa khớp sổ theo dõi.", **sections: str) -> None:
        reviewing.give_back(self.report(of), actor=self.reviewer(of), reason=reason, sections=sections)

    def accept(self, of: Actor) -> None:
        reviewing.accept(self.report(of), actor=self.reviewer(of))

    def reviewer(self, of: Actor) -> Actor:
        return self.deputy if of.unit_id == self.leader.unit_id else self.leader


def bloc_with_targets(n: int = 3) -> BlocCast:
    """A bloc whose covenant is adopted with targets; somebody certifies who signs."""
    builders.demonstration()
    covenant = builders.document(n=n)
    for name, value in (("Tỷ lệ điều tra, khám phá án", 80), ("Vụ việc được giải quyết", 40)):
        values = {"name": name, "measure": "%" if "Tỷ lệ" in name else "vụ", "bloc_value": Decimal(value)}
        drafts.add_indicator(covenant.row, actor=covenant.leader, values=values)
    builders.publish(covenant)
    builders.adopt(covenant)
    return covenant.bloc


@snapshots.once
def bloc_with_outline(n: int = 3, outline: OutlineText | None = None) -> BlocCast:
    """The same with its report outline adopted."""
    bloc = bloc_with_targets(n)
    made = builders.document(kind=DocumentKind.OUTLINE, of=bloc)
    report_outlines.start(made.row, actor=made.leader, text=outline or usual_outline())
    builders.publish(made)
    builders.adopt(made)
    return bloc


def days(first: date | None = None, *, last: int = 20) -> dict[str, date]:
    """The days of a period from today on."""
    start = first or clock.today()
    return {"opens_on": start, "due_on": start + timedelta(days=last), "bloc_due_on": start + timedelta(days=last + 10)}


@snapshots.once
def period(kind: str = PeriodKind.INTERIM, *, n: int = 3, of: BlocCast | None = None, name: str = "") -> PeriodCast:
    """A period that is open."""
    bloc = of or bloc_with_outline(n)
    row = periods.open_period(bloc.bloc_year, actor=bloc.leader, kind=kind, name=name, days=days())
    return PeriodCast(row.pk, bloc)


@snapshots.once
def handed_in(*places: int) -> PeriodCast:
    """A period in which the units of these places have signed their reports; the later the place, the higher their figures."""
    made = period()
    for place in places:
        made.fill(made.commanders[place], number=place + 1)
        made.submit(made.commanders[place], fill=False)
    return made
