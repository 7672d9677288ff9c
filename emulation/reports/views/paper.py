"""A report that is signed with a pen: the unit prints it, uploads the scan, and another of its people confirms it."""

from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from blocs.views.paper_pages import PaperPages
from emulation.reports.domain.report_kind import KIND
from emulation.reports.models import Report
from emulation.reports.views.periods import MENU
from emulation.reports.views.signing import PAGES as SIGNING
from emulation.reports.views.signing import place
from emulation.reports.views.writing import find_own
from emulation.signing.domain import rounds
from emulation.signing.models import SigningRound


def _pages(report: Report, signing_round: SigningRound) -> list[dict[str, Any]]:
    return SIGNING.round_pages(report, signing_round)


PAGES = PaperPages(
    kinds=[KIND],
    prefix="report_",
    page="report",
    pdf="report_pdf",
    menu=MENU,
    find=find_own,
    newest=partial(rounds.newest, KIND),
    pages=_pages,
    place=place,
    recorded=lambda: _("Đã ghi nhận; một đồng chí khác của đơn vị xác nhận thì báo cáo được nộp."),
)
