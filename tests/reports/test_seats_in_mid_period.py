"""A bloc gets other seats while its units report: who comes reports too, who left is not asked, and the leader signs for the bloc."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import blocs
from blocs.domain.blocs import SeatPlan
from blocs.enums import DocumentKind
from emulation.inbox import dues
from emulation.inbox.models import Notice
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.reports.domain import bloc_reports, bloc_signing, bloc_text, year
from emulation.reports.enums import BlocReportState
from emulation.reports.models import BlocReport, Report
from emulation.signing.domain import rounds
from scoring.domain import report_outlines
from scoring.domain.usual_outline import usual_outline
from tests import builders
from tests.reports import casts
from tests.reports.casts import PeriodCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def period() -> PeriodCast:
    """A period of a bloc whose covenant is not agreed on, so that its seats may still change."""
    builders.demonstration()
    bloc = builders.bloc()
    made = builders.document(kind=DocumentKind.OUTLINE, of=bloc)
    report_outlines.start(made.row, actor=made.leader, text=usual_outline())
    builders.publish(made)
    builders.adopt(made)
    return casts.period(of=bloc)


def reseated(made: PeriodCast, *commanders: Actor) -> PeriodCast:
    """The same with these units: leader, deputy, member."""
    seats = [SeatPlan(actor.unit, role) for actor, role in zip(commanders, ("leader", "deputy", "member"), strict=True)]
    blocs.change(made.row.bloc_year, builders.plan(seats), actor=made.office)
    return PeriodCast(made.pk, builders.BlocCast(made.row.bloc_year, made.office, list(commanders)))


def of_bloc(made: PeriodCast) -> BlocReport:
    return BlocReport.objects.full().get(period=made.pk)


def open_signing(made: PeriodCast) -> None:
    for actor in made.commanders:
        made.submit(actor)
    bloc_reports.gather(of_bloc(made), actor=made.leader)
    bloc_reports.check(of_bloc(made), actor=made.deputy)
    bloc_signing.open_signing(of_bloc(made), actor=made.leader)


def test_who_comes_reports_and_who_left_is_not_asked():
    before = period()
    gone, come = before.members[0], builders.commander(builders.unit("Mới Về"))
    before.write(gone, "Ưu điểm", "Đã viết trước khi chuyển khối.")
    made = reseated(before, before.leader, before.deputy, come)
    assert {due.unit_id for due in dues.everything() if due.key.startswith("report:")} == {row.unit_id for row in made.commanders}
    assert Notice.objects.filter(recipient=come.user_id, text__contains="nộp báo cáo đến hết ngày").exists()
    made.submit(come)
    assert come.unit.name not in bloc_text.gathered(made.row).missing
    (link,) = year.part(made.row.bloc_year, [made.row.outline.document], made.leader).links
    assert "1/3" in link.words
    assert Report.objects.get(period=made.pk, unit=gone.unit).written.get().text == "Đã viết trước khi chuyển khối."


def test_what_the_bloc_has_sent_asks_nobody_any_more():
    before = period()
    open_signing(before)
    builders.sign(rounds.newest("bloc_report", of_bloc(before)).slots.get(), actor=before.leader)
    made = reseated(before, before.leader, before.deputy, builders.commander(builders.unit("Mới Về")))
    assert made.row.reports.count() == 3


def test_nobody_signs_for_the_bloc_but_its_leader():
    before = period()
    old, new, member = before.commanders
    open_signing(before)
    with pytest.raises(Refused, match=f"chờ chỉ huy {old.unit.name} ký"):
        reseated(before, new, old, member)
    client = Client()
    client.force_login(before.office.user)
    assert client.get(reverse("bloc_edit", args=[before.row.bloc_year_id])).status_code == 200
    rounds.void(rounds.newest("bloc_report", of_bloc(before)), actor=old, reason="Đổi khối trưởng.")
    made = reseated(before, new, old, member)
    bloc_reports.check(of_bloc(made), actor=old)
    bloc_signing.open_signing(of_bloc(made), actor=new)
    builders.sign(rounds.newest("bloc_report", of_bloc(made)).slots.get(), actor=new)
    assert of_bloc(made).state == BlocReportState.SENT
