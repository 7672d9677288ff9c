"""Numbers of reports and of joint activities on their way into points: typed once, with their source, and marked when they move."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.models import BlocYear
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain import activities, material, periods, reviewing, score_tables
from emulation.reports.enums import PeriodKind
from emulation.reports.models import Activity
from scoring.domain import completeness, facts, layers, marks, runs, sheets, sight, standings
from scoring.domain.facts import Fact
from scoring.enums import EntryState, FilledFrom, Layer, Period, Phase
from scoring.models import Run, Sheet
from scoring.texts import CriteriaText
from tests import builders
from tests.pages.test_queries import NO_QUESTIONS
from tests.reports import casts
from tests.reports.casts import PeriodCast
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast
from tests.scoring.regulations import small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
SHARE, SOLVED = "Tỷ lệ điều tra, khám phá án", "Vụ việc được giải quyết"
SECRET_FIGURE = "7391"


def told_by_reports(bloc_year: BlocYear, **late: str) -> CriteriaText:
    """Four criteria: an activity counted, a result of a target, one against the best of the bloc, and days late."""
    covenant = facts.agreed_covenant(bloc_year.pk)
    keys = {row.name: row.key for row in covenant.indicators}
    changes = {
        "1": {"rule_type": "count", "rule": {"points": "1"}},
        "2": {"indicator_key": keys[SOLVED]},
        "3": {"indicator_key": keys[SHARE]},
        "4": {"rule_type": "late", "rule": {"per_day": "5", **late}, "step": ""},
    }
    text = small()
    rows = [replace(row, evidence_required=False, **changes.get(row.code, {})) for row in text.criteria]
    return replace(text, criteria=rows)


def scene(kind: str = PeriodKind.FINAL, period: str = Period.YEAR, **late: str) -> tuple[PeriodCast, CampaignCast]:
    """A report period that is open, and a campaign in its first phase."""
    made = casts.period(kind)
    campaign = campaigns.campaign(of=made.bloc, text=told_by_reports(made.bloc.bloc_year, **late), period=period)
    return made, campaign


def known(campaign: CampaignCast, code: str, of: Actor) -> dict[str, Fact]:
    found = facts.known(campaign.row, campaign.text, [of.unit_id])
    return found.get((campaign.leaf(code).key, of.unit_id), {})


def report(made: PeriodCast, of: Actor, solved: str) -> None:
    """Hand a report in, or hand it in anew."""
    if made.report(of).state == "not_started":
        made.fill(of)
    made.figure(of, SOLVED, actual=solved)
    made.submit(of, fill=False)


def page(actor: Actor, name: str, *args: object) -> str:
    client = Client()
    client.force_login(actor.user)
    answer = client.get(reverse(name, args=args))
    return answer.content.decode() if answer.status_code == 200 else ""


# --- What a campaign takes -------------------------------------------------------------------------------------------------------


def test_a_result_of_the_report_stands_in_the_sheet_with_its_source_and_is_typed_nowhere():
    made, campaign = scene()
    member = made.members[0]
    report(made, member, "30")
    sheet = campaign.sheet(member)
    seen = sight.look(sheet, member)
    key = campaign.leaf("2").key
    assert seen.result.outcomes[key].points == 15 * 30 / 40
    assert seen.facts_of(key)["actual"].source.startswith("Báo cáo tổng kết năm")
    assert [hole.code for hole in completeness.holes(sheet)] == ["1"]
    assert "Báo cáo tổng kết năm" in page(member, "sheet", sheet.pk)
    assert "Báo cáo tổng kết năm" in page(member, "sheet_cell", sheet.pk, key)


def test_a_campaign_takes_the_report_of_its_own_period():
    made, campaign = scene(PeriodKind.INTERIM)
    member = made.members[0]
    report(made, member, "20")
    assert known(campaign, "2", member)["actual"].value == "20"  # of a year: the interim one until there is a final one
    final = casts.period(PeriodKind.FINAL, of=made.bloc)
    report(final, member, "45")
    assert known(campaign, "2", member)["actual"].value == "45"
    interim = campaigns.CampaignCast(_interim_campaign(campaign).pk, campaign.bloc)
    assert known(interim, "2", member)["actual"].value == "20"


def _interim_campaign(campaign: CampaignCast):
    row = campaign.row
    days = {
        phase: clock.today() + timedelta(days=place) for place, phase in enumerate(campaigns.verbs.wanted(dict.fromkeys(Phase)))
    }
    return campaigns.verbs.open_campaign(
        row.bloc_year, row.criteria_set, actor=campaign.leader, dates=days, period=Period.INTERIM
    )


def test_a_unit_may_still_say_that_a_criterion_was_not_assigned_to_it():
    made, campaign = scene()
    member = made.members[0]
    report(made, member, "30")
    campaign.fill(campaign.sheet(member), "2", state=EntryState.NOT_ASSIGNED, reason="Không giao.")
    seen = sight.look(campaign.sheet(member), member)
    assert seen.result.outcomes[campaign.leaf("2").key].points is None


# --- Days late -------------------------------------------------------------------------------------------------------------------


def test_days_late_are_known_once_the_report_is_in_or_its_day_has_passed():
    made, campaign = scene()
    early, late = made.members[0], made.deputy
    due = made.row.due_on
    assert known(campaign, "4", early) == {}
    report(made, early, "30")
    assert known(campaign, "4", early)["days_late"].value == "0"
    with clock.at(clock.now() + timedelta(days=(due - clock.today()).days + 3)):
        assert known(campaign, "4", late)["days_late"].value == "3"
        assert "chưa nộp, hạn" in known(campaign, "4", late)["days_late"].source
        report(made, late, "30")
    with clock.at(clock.now() + timedelta(days=60)):
        assert known(campaign, "4", late)["days_late"].value == "3"
        assert known(campaign, "4", early)["days_late"].value == "0"


def test_an_extension_and_a_repair_make_nothing_late():
    made, campaign = scene()
    member = made.members[0]
    report(made, member, "30")
    made.give_back(member)
    with clock.at(clock.now() + timedelta(days=60)):
        report(made, member, "31")
        assert known(campaign, "4", member)["days_late"].value == "0"


@pytest.mark.parametrize(
    ("document", "handed_in", "told"),
    [
        ("period", PeriodKind.FINAL, True),
        ("period", PeriodKind.INTERIM, False),
        ("interim", PeriodKind.INTERIM, True),
        ("interim", PeriodKind.FINAL, False),
        ("final", PeriodKind.FINAL, True),
        ("other", PeriodKind.FINAL, False),
    ],
)
def test_a_criterion_counts_the_days_of_the_document_that_it_names(document: str, handed_in: str, told: bool):
    made, campaign = scene(handed_in, document=document)
    report(made, made.members[0], "30")
    assert ("days_late" in known(campaign, "4", made.members[0])) is told


# --- Joint activities as points --------------------------------------------------------------------------------------------------


def test_activities_that_name_a_criterion_are_counted_for_every_unit():
    made, campaign = scene()
    member = made.members[0]
    assert known(campaign, "1", member) == {}
    key = campaign.leaf("1").key
    values = {"kind": "charity", "title": "Tặng quà", "held_on": clock.today(), "host": member.unit, "criterion": key}
    activities.enter(made.bloc.bloc_year, actor=made.leader, values=values, units=[made.deputy.unit_id])
    assert known(campaign, "1", member)["count"].value == "1"
    assert "“Tặng quà”" in known(campaign, "1", made.deputy)["count"].source
    assert known(campaign, "1", made.leader)["count"].value == "0"
    assert "Tặng quà" in page(member, "sheet_cell", campaign.sheet(member).pk, key)
    activities.remove(Activity.objects.get(), actor=made.leader)
    assert known(campaign, "1", member) == {}


def test_a_cell_is_saved_in_eleven_questions_though_every_source_knows_something():
    made, campaign = scene()
    member, quiet = made.members[0], made.deputy
    periods.extend(made.row, member.unit, actor=made.leader, due_on=clock.today() + timedelta(days=25), reason="Bão.")
    for unit in (member, quiet):
        report(made, unit, "30")
    key = str(campaign.leaf("1").key)
    values = {"kind": "charity", "title": "Tặng quà", "held_on": clock.today(), "host": member.unit, "criterion": key}
    activities.enter(made.bloc.bloc_year, actor=made.leader, values=values, units=[quiet.unit_id])
    assert all(known(campaign, code, member) for code in "1234")
    assert known(campaign, "3", quiet)
    client = Client()
    client.force_login(member.user)
    address = reverse("sheet_cell", args=[campaign.sheet(member).pk, campaign.leaf("2").key])
    for version, reason in enumerate(("Không thuộc địa bàn.", "Không được giao.")):
        posted = {"version": str(version), "state": "not_assigned", "reason": reason}
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(address, posted, headers={"X-Autosave": "1"})
        assert answer.status_code == 200, answer.content
        assert sum(not query["sql"].startswith(NO_QUESTIONS) for query in asked.captured_queries) == 11


# --- Marks -----------------------------------------------------------------------------------------------------------------------


def _marks(campaign: CampaignCast, of: Actor, layer: str = Layer.SELF, by: Actor | None = None) -> list[str]:
    sheet = campaign.sheet(of, layer)
    return list(marks.marks(sight.look(sheet, by or of)).get(campaign.leaf("2").key, []))


def handed_in() -> tuple[PeriodCast, CampaignCast, Actor]:
    made, campaign = scene()
    member = made.members[0]
    report(made, member, "30")
    campaign.fill(campaign.sheet(member), "1", count=1)
    campaign.submit(campaign.sheet(member))
    return made, campaign, member


def test_a_corrected_report_marks_the_sheet_that_it_fed():
    made, campaign, member = handed_in()
    assert _marks(campaign, member) == []
    Notice.objects.all().delete()
    made.give_back(member)
    assert _marks(campaign, member) == ["Báo cáo nguồn đang được sửa."]
    assert known(campaign, "2", member)["actual"].value == "30"  # what was signed last holds meanwhile
    told = set(Notice.objects.filter(text__contains="xem lại các tiêu chí").values_list("recipient", flat=True))
    assert {member.user_id, made.office.user_id} <= told
    made.figure(member, SOLVED, actual="28")
    assert known(campaign, "2", member)["actual"].value == "30"
    made.submit(member, fill=False)
    changed = "Số liệu từ báo cáo đã thay đổi sau khi nộp bảng: 30 → 28."
    assert _marks(campaign, member) == [changed]
    assert changed in page(member, "sheet", campaign.sheet(member).pk)
    assert changed in page(member, "sheet_cell", campaign.sheet(member).pk, campaign.leaf("2").key)
    assert changed in page(made.office, "sheet", campaign.sheet(member).pk)
    assert Notice.objects.filter(recipient=made.leader.user_id, text__contains="bản báo cáo mới").exists()


def test_a_reopened_report_marks_as_well_and_a_sheet_handed_in_anew_is_clean():
    made, campaign, member = handed_in()
    made.accept(member)
    reviewing.reopen(made.report(member), actor=made.leader, reason="Số liệu chưa đúng.")
    assert _marks(campaign, member) == ["Báo cáo nguồn đang được sửa."]
    report(made, member, "28")
    assert len(_marks(campaign, member)) == 1
    sheets.send_back(campaign.sheet(member), actor=made.office, reason="Rà lại.")
    assert _marks(campaign, member) == []
    with clock.at(clock.now() + timedelta(seconds=2)):
        campaign.submit(campaign.sheet(member))
        assert _marks(campaign, member) == []


def test_the_consolidator_sees_the_mark_and_a_published_result_does_not_move():
    made, campaign, member = handed_in()
    for actor, solved in ((made.leader, "40"), (made.deputy, "39")):
        report(made, actor, solved)
        campaign.fill(campaign.sheet(actor), "1", count=1)
        campaign.submit(campaign.sheet(actor))
    campaigns.verbs.move_on(campaign.row, actor=made.leader)
    while campaign.row.phase != Phase.RATIFY:
        campaigns.leave(campaign)
    made.give_back(member)
    assert _marks(campaign, member, Layer.CONSOLIDATED, made.leader) == ["Báo cáo nguồn đang được sửa."]
    snapshot = standings.prepare(campaign.row, actor=campaign.leader)
    signing_round = standings.open_signing(snapshot, actor=campaign.leader)
    assert score_tables.rows(made.row, member.unit_id) == [("Điểm, xếp hạng",), ("Chưa công bố",)]
    for slot, actor in zip(signing_round.slots.order_by("number"), (campaign.leader, campaign.deputy), strict=True):
        builders.sign(slot, actor=actor)
    before = Run.objects.get(pk=snapshot.run_id).result
    shown = score_tables.rows(made.row, member.unit_id)
    report(made, member, "5")
    assert Run.objects.get(pk=snapshot.run_id).result == before
    assert list(runs.broken()) == []
    assert score_tables.rows(made.row, member.unit_id) == shown
    assert shown[0] == score_tables.HEAD
    assert [row[1] for row in shown[1:]] == [member.unit.name]
    whole = material.tables_of(made.row, None)[FilledFrom.SCORES]
    assert len(whole) == 4


# --- Who may see -----------------------------------------------------------------------------------------------------------------


def test_no_figure_of_a_foreign_report_moves_points_or_shows_before_that_units_points_may_be_seen():
    """In cross-scoring who has not handed in has a sheet about each peer, but may not read what they gave themselves."""
    made, campaign = scene()
    slow, peer = made.members[0], made.deputy
    for actor in (made.leader, peer):
        report(made, actor, SECRET_FIGURE)
        campaign.fill(campaign.sheet(actor), "1", count=1)
        campaign.submit(campaign.sheet(actor))
    report(made, slow, "30")
    before = sight.look(campaign.sheet(slow), slow).result.outcomes[campaign.leaf("3").key].points
    campaigns.verbs.move_on(campaign.row, actor=made.leader)
    crossed = campaign.sheet(peer, Layer.CROSS, slow)
    seen = sight.look(crossed, slow)
    assert set(seen.facts_of(campaign.leaf("2").key)) == {"target"}
    assert seen.facts_of(campaign.leaf("4").key) == {}
    assert sight.look(campaign.sheet(slow), slow).result.outcomes[campaign.leaf("3").key].points == before
    for name, *args in (("sheet", crossed.pk), ("sheet_cell", crossed.pk, campaign.leaf("2").key), ("campaign", campaign.pk)):
        assert "7.391" not in page(slow, name, *args)
    campaign.fill(campaign.sheet(slow), "1", count=1)
    campaign.submit(campaign.sheet(slow))
    assert sight.look(crossed, slow).facts_of(campaign.leaf("2").key)["actual"].value == SECRET_FIGURE


def test_the_office_reads_no_report_in_a_sheet_that_is_not_handed_in():
    made, campaign = scene()
    member = made.members[0]
    report(made, member, SECRET_FIGURE)
    assert not Sheet.objects.visible_to(made.office).filter(pk=campaign.sheet(member).pk).exists()
    units = layers.gather(Sheet.objects.visible_to(made.office).filter(campaign=campaign.pk))
    assert layers.known_facts(campaign.row, units) == {}
