"""The report of a bloc of 20 units, made of reports with 40 figures and 30 written sections each."""

import random
from dataclasses import replace

from django.db import transaction
from django.test import Client
from django.urls import reverse

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.timing import milliseconds
from emulation.lib import clock
from emulation.office.demo.stage import quick_secrets
from emulation.reports.domain import bloc_reports, bloc_text, material
from emulation.reports.enums import ReportState
from emulation.reports.models import BlocReport, Report, ReportVersion, SignedVersion
from emulation.reports.texts import ReportText
from scoring.report_texts import FigureText, OutlineText, SectionText
from tests.reports import casts
from tests.reports.casts import PeriodCast

UNITS, FIGURES, SECTIONS, WORDS = 20, 40, 30, 150
TIMES = 7
_RULES = ("sum", "average", "max", "last")


def measure() -> list[Figure]:
    """The first draft, gathering when everything is there, and which sources moved on when every unit has signed anew."""
    with quick_secrets():
        made = casts.period(of=casts.bloc_with_outline(UNITS, outline()))
    hand_in(made, 1)
    report = BlocReport.objects.full().get(period=made.pk)
    first = timing.repeat(lambda: drafted_and_forgotten(report, made), TIMES)
    bloc_reports.gather(report, actor=made.leader)
    asked = timing.repeat(lambda: print_ordered_and_forgotten(report, made), TIMES)
    hand_in(made, 2)
    moved = timing.repeat(lambda: bloc_reports.DESK.moved(report), TIMES)
    assert len(bloc_reports.DESK.moved(report)) == UNITS * SECTIONS
    name = f"the first draft from {UNITS} units x {FIGURES} figures x {SECTIONS} sections, with its text"
    return [
        figures.at_most(name, first.cpu * 1000, 500, "ms", note=f"processor time; {milliseconds(first.wall)} on the wall"),
        figures.beside(
            "asking for its print, which the worker makes",
            milliseconds(asked.cpu),
            f"processor time; {milliseconds(asked.wall)} on the wall",
        ),
        figures.at_most(
            "which of its 600 sources moved on, all of them having done so",
            moved.cpu * 1000,
            500,
            "ms",
            note=f"processor time; {milliseconds(moved.wall)} on the wall",
        ),
    ]


def drafted_and_forgotten(report: BlocReport, made: PeriodCast) -> None:
    """Gather, and put the whole text together; then undo it."""
    with transaction.atomic():
        text = bloc_text.text_of(bloc_reports.gather(report, actor=made.leader))
        assert len(list(text.figures)) >= FIGURES
        assert sum(len(section.items) for section in text.sections) >= UNITS * SECTIONS
        transaction.set_rollback(True)


def print_ordered_and_forgotten(report: BlocReport, made: PeriodCast) -> None:
    """Press the button that has the draft printed; then undo it."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(made.leader.user)
    with transaction.atomic():
        assert client.post(reverse("bloc_report_print", args=[report.pk])).status_code == 302
        transaction.set_rollback(True)


def outline() -> OutlineText:
    """Thirty sections that are written, and one table of forty figures."""
    asked = tuple(FigureText(_key("f", n), f"Chỉ số {n}", "vụ", _RULES[n % 4]) for n in range(FIGURES))
    table = SectionText(_key("t", 0), _key("p", 0), "figures", "Số liệu", figures=asked)
    written = [SectionText(_key("s", n), _key("p", 0), "narrative", f"Mục {n}") for n in range(SECTIONS)]
    return OutlineText([SectionText(_key("p", 0), "", "narrative", "Kết quả"), table, *written])


def hand_in(made: PeriodCast, number: int) -> None:
    """Let every unit sign another version; the signatures themselves are left out."""
    chance = random.Random(number)
    for row in Report.objects.full().filter(period=made.pk):
        text = filled(material.text_of(row), chance)
        version = ReportVersion.objects.create(
            report=row,
            number=number,
            outline=made.row.outline,
            content=text.to_json(),
            sha256=text.sha256,
            presented_label="Chỉ huy",
        )
        SignedVersion.objects.create(version=version, label="Chỉ huy")
        row.state, row.first_submitted_at = ReportState.SUBMITTED, clock.now()
        row.save(update_fields=["state", "first_submitted_at"])


def filled(text: ReportText, chance: random.Random) -> ReportText:
    """With words in every section and a number for every figure."""

    def said() -> str:
        return " ".join(chance.choice(("vụ", "việc", "tuần", "tra", "địa", "bàn", "phong", "trào")) for _ in range(WORDS))

    sections = [
        replace(
            section,
            text=said() if section.level == 2 and section.content == "narrative" else "",
            figures=tuple(replace(figure, actual=str(chance.randint(1, 900)), plan="100") for figure in section.figures),
        )
        for section in text.sections
    ]
    return replace(text, sections=tuple(sections))


def _key(kind: str, number: int) -> str:
    return f"{ord(kind):08x}-0000-4000-8000-{number:012x}"
