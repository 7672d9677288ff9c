"""The demonstration: built once through the verbs, told apart from anything real, with a covenant that nine people signed."""

import io
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from blocs.domain import attendance, decisions, minutes
from blocs.domain.snapshots import version_text
from blocs.enums import ConferenceState, DocumentKind, DocumentState, Opinion, RemarkState
from blocs.models import Adoption, BlocDocument, BlocYear, Conference, DirectiveTask, Remark, Stand
from emulation.lib import clock
from emulation.office.demo import cast, covenant_2020, current_year, meeting_2020, reports_2020, year_2020
from emulation.office.domain import first_start
from emulation.organisation.domain import secrets, units
from emulation.organisation.models import Installation, Position, Unit, User
from emulation.pdf import fonts
from emulation.records.domain import audit, documents, seals
from emulation.records.models import AuditEntry
from emulation.reports.enums import BlocReportState, PeriodKind, ProvinceReportState, ReportState
from emulation.reports.models import Activity, BlocReport, ProvinceReport, Report, ReportPeriod
from emulation.reports.texts import report_of
from emulation.signing.domain import ledger, verification
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot
from scoring.domain import facts, runs
from scoring.domain.reading import sealed_text
from scoring.domain.runs import Result
from scoring.enums import ExplanationState, Layer, Phase, SheetState
from scoring.models import Campaign, Sheet
from scoring.rules import TYPES
from tests import builders


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this module and rolled back afterwards. The last line that the command printed."""
    var = tmp_path_factory.mktemp("demonstration")
    (var / "fonts").symlink_to(fonts.ensure_subsets())
    own = {"VAR_DIR": var, "SEAL_DIR": var / "seals", "AUTHORITY_DIR": var / "authority", "EMBEDDED_DATABASE": True}
    cache.clear()  # another test's demonstration is remembered there
    with django_db_blocker.unblock(), override_settings(**own), transaction.atomic():
        call_command("setup", verbosity=0)
        yield run("demo").splitlines()[-1]
        transaction.set_rollback(True)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def document(state: str) -> BlocDocument:
    return BlocDocument.objects.full().get(state=state, kind=DocumentKind.COVENANT)


def test_the_last_line_is_the_path_of_the_signed_covenant(demonstration):
    path = Path(demonstration)
    assert path.name == "giao-uoc-thi-dua-vi-an-ninh-to-quoc-nam-2020.pdf"
    final = SigningRound.objects.get(document_date=year_2020.CONFERENCE_DATE, kind=DocumentKind.COVENANT).current
    assert path.read_bytes() == documents.read(final)


def test_each_page_says_that_it_is_a_sample_and_names_nobody_real_as_signer(demonstration):
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(demonstration)]
    assert pages
    assert [page for page in pages if "VĂN BẢN MẪU" not in page] == []
    assert "Trần Minh Thùy" not in "".join(pages)


def test_nine_people_signed_and_an_outside_reader_agrees(demonstration):
    slots = Slot.objects.filter(round__document_date=year_2020.CONFERENCE_DATE, round__kind=DocumentKind.COVENANT).order_by(
        "signed_at"
    )
    times = [(clock.local(slot.signed_at).strftime("%H:%M"), slot.signer_name) for slot in slots]
    assert (times[0], times[7], times[8]) == (("14:31", "Nguyễn Văn A"), ("14:57", "Vũ Văn K"), ("15:02", "Đặng Văn L"))
    assert [slot.capacity_mark for slot in slots if slot.capacity_mark] == ["KT.", "KT."]
    if shutil.which("pdfsig"):
        said = subprocess.run(["pdfsig", demonstration], check=False, capture_output=True, text=True).stdout
        assert said.count("Signature is Valid") == 9


def test_every_record_holds(demonstration):
    assert [*audit.broken(), *documents.broken(), *seals.broken()] == []


def test_the_bloc_of_2020_is_as_the_press_told_it(demonstration):
    bloc_year = BlocYear.objects.full().get(year_id=2020)
    assert [(seat.unit.name, seat.role) for seat in bloc_year.ordered_seats][:2] == [
        ("Công an huyện Quảng Ninh", "leader"),
        ("Công an thành phố Đồng Hới", "deputy"),
    ]
    assert len(bloc_year.ordered_seats) == 8
    assert bloc_year.presiding_leader.startswith("Đại tá Trần Minh Thùy")
    signed = BlocDocument.objects.get(bloc_year__year_id=2020, kind=DocumentKind.COVENANT)
    assert signed.versions.count() == 2
    assert signed.indicators.get(name=covenant_2020.SERIOUS_CASES).bloc_value == covenant_2020.AGREED_VALUE
    assert Counter(Stand.objects.filter(version__document=signed, version__number=2).values_list("opinion", flat=True)) == {
        Opinion.AGREE: 7,
        Opinion.RESERVE: 1,
    }


def test_the_conference_adopted_three_documents_at_once(demonstration):
    found = {row.kind: row for row in BlocDocument.objects.filter(bloc_year__year=2020)}
    assert {kind: row.state for kind, row in found.items()} == {
        DocumentKind.COVENANT: DocumentState.SIGNED,
        DocumentKind.SCORING: DocumentState.SIGNED,
        DocumentKind.OUTLINE: DocumentState.ATTACHED,
    }
    adopted = Adoption.objects.filter(version__document__in=found.values())
    assert set(adopted.values_list("held_on", "present", "total")) == {(year_2020.CONFERENCE_DATE, 8, 8)}
    assert adopted.count() == 3
    (slot,) = Slot.objects.filter(round__kind=DocumentKind.SCORING, round__document_date__year=2020)
    assert (slot.unit.name, slot.signer_name) == ("Công an huyện Quảng Ninh", "Nguyễn Văn A")


def test_what_became_of_the_remarks(demonstration):
    told = Remark.objects.filter(document__bloc_year__year=2020).order_by("number")
    assert [row.state for row in told] == [RemarkState.ACCEPTED, RemarkState.REJECTED, RemarkState.ACCEPTED, RemarkState.ACCEPTED]
    wording, declined, _target, parked = told
    second = wording.document.versions.get(number=2)
    assert (wording.entered_version, wording.entered_text) == (2, meeting_2020.PROPOSED_ON_CRIME)
    assert meeting_2020.PROPOSED_ON_CRIME in [clause.text for clause in version_text(second).clauses]
    assert "tháng 11" in declined.answer
    assert (parked.version, parked.answered_at, parked.answer) == (second, meeting_2020.SETTLED, meeting_2020.SETTLED_ANSWER)


def test_the_conference_of_4_march_from_its_roll_to_what_was_done_afterwards(demonstration):
    conference = Conference.objects.full().get(bloc_year__year=2020)
    assert (conference.state, clock.local(conference.starts_at).strftime("%d/%m/%Y")) == (ConferenceState.CLOSED, "04/03/2020")
    assert conference.venue.endswith("Công an huyện Quảng Ninh")
    assert conference.presiding_leader == year_2020.PRESIDING_LEADER
    assert (len(attendance.present_units(conference)), conference.agenda.count()) == (8, 8)
    kinds = [DocumentKind.COVENANT, DocumentKind.SCORING, DocumentKind.OUTLINE]
    assert [item.document.kind for item in conference.table.order_by("order")] == kinds
    assert [(decisions.is_taken(row), row.votes_for) for row in conference.decisions.all()] == [(True, 8)] * 3
    assert conference.directives.count() == len(meeting_2020.DIRECTIVES)
    assert not DirectiveTask.objects.filter(directive__conference=conference, done_at=None).exists()


def test_the_minutes_are_signed_by_secretary_and_chair_and_their_file_verifies(demonstration):
    conference = Conference.objects.full().get(bloc_year__year=2020)
    signed = minutes.current_round(conference)
    pdf = documents.read(signed.current)
    result = verification.of_look(ledger.look_up(io.BytesIO(pdf)))
    assert (result.is_valid, [(row.role, row.person) for row in result.signers]) == (
        True,
        [("Thư ký", "Đại úy Mai Thị Q"), ("Chủ trì", "Thượng tá Nguyễn Văn A")],
    )
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    assert all("VĂN BẢN MẪU" in page for page in pages)
    said = " ".join(" ".join(pages).split())
    assert "Trưởng Công an huyện Quảng Ninh" in said
    assert all(told.text.split(",")[0] in said for told in meeting_2020.DIRECTIVES)


def test_a_bloc_of_this_year_is_invited_to_its_conference(demonstration):
    planned = Conference.objects.full().get(state=ConferenceState.PLANNED)
    assert planned.bloc_year.year_id == clock.today().year
    assert planned.invited_at < clock.now() < planned.starts_at
    assert planned.table.get().document.state == DocumentState.DISCUSSION


def test_the_districts_ended_and_their_signers_are_still_found(demonstration):
    districts = Unit.objects.filter(valid_to=cast.DISTRICTS_UNTIL)
    assert districts.count() == 8
    assert not Position.objects.on(clock.today()).filter(unit__in=districts).exists()
    signers = {act.position.unit.name for act in (slot.act for slot in Slot.objects.filter(round__document_date__year=2020))}
    assert "Công an huyện Tuyên Hóa" in signers


def test_one_bloc_of_this_year_signs_with_two_empty_seats(demonstration):
    signing = document(DocumentState.SIGNING)
    assert signing.bloc_year.year_id == clock.today().year
    signing_round = SigningRound.objects.get(kind=DocumentKind.COVENANT, subject_id=signing.pk)
    assert Counter(signing_round.slots.values_list("state", flat=True)) == {SlotState.SIGNED: 4, SlotState.READY: 2}
    assert signing_round.deadline > clock.now()
    assert signing_round.opened_at < clock.now()


def test_the_other_is_discussing_with_every_kind_of_stand(demonstration):
    discussed = document(DocumentState.DISCUSSION)
    stands = Stand.objects.filter(version__document=discussed)
    assert Counter(stands.exclude(sent_at=None).values_list("opinion", flat=True)) == {
        Opinion.AGREE: 2,
        Opinion.RESERVE: 1,
        Opinion.REMARK: 1,
    }
    assert stands.filter(sent_at=None).count() == 1
    assert len(discussed.bloc_year.ordered_seats) == 6


def test_a_third_signed_on_paper_and_its_scan_is_a_sample_too(demonstration):
    this_year = {"bloc_year__year_id": clock.today().year, "kind": DocumentKind.COVENANT}
    signed = BlocDocument.objects.full().get(state=DocumentState.SIGNED, **this_year)
    signing_round = SigningRound.objects.get(kind=DocumentKind.COVENANT, subject_id=signed.pk)
    assert (signing_round.on_paper, signing_round.originals) == (True, 5)
    record = signing_round.paper_records.get(state="confirmed")
    assert record.scan.has_code
    assert record.recorded_by != record.decided_by
    assert [tick.capacity_mark for tick in record.ticks.all()] == ["", "", "KT.", ""]
    pages = pypdfium2.PdfDocument(documents.read(signing_round.current))
    assert all("VĂN BẢN MẪU" in page.get_textpage().get_text_bounded() for page in pages)


def test_its_operating_regulation_was_replaced_by_a_new_one(demonstration):
    rows = {row.state: row for row in BlocDocument.objects.filter(kind=DocumentKind.REGULATION)}
    assert set(rows) == {DocumentState.REPLACED, DocumentState.SIGNED}
    old, new = rows[DocumentState.REPLACED], rows[DocumentState.SIGNED]
    assert (new.replaces, old.end_reason) == (old, current_year.REPLACE_REASON)
    token = SigningRound.objects.get(kind=DocumentKind.REGULATION, subject_id=old.pk).token
    said = verification.of_code(ledger.by_token(token))
    assert (said.headline.outcome, said.successor.token) == (
        "replaced",
        SigningRound.objects.get(kind=DocumentKind.REGULATION, subject_id=new.pk).token,
    )


def test_everybody_can_log_in_with_the_published_password(demonstration):
    assert list(User.objects.filter(secret_is_own=False)) == []
    for user in User.objects.all():
        validate_password(cast.PASSWORD, user)
    assert secrets.check("hangdua.truong", cast.PASSWORD, address="127.0.0.1").full_name == "Hoàng Thị Năm"
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_accounts_start_with_those_whose_signature_is_awaited(demonstration):
    lines = run("accounts").splitlines()
    logins = [line.split()[0] for line in lines if line.startswith("  ")]
    assert logins[:2] == ["hangdua.truong", "doithong.truong"]
    assert {"suoimay.canbo", "suoimay.truong", "px03", "lanhdao"} <= set(logins)
    assert any(cast.PASSWORD in line for line in lines)


def test_loading_it_again_changes_nothing(demonstration):
    before = AuditEntry.objects.count()
    assert run("demo").splitlines()[-1] == demonstration
    assert run("demo", "--if-empty") == ""
    call_command("setup", verbosity=0)
    assert not first_start.code_path().exists()
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
def test_a_database_with_anything_else_is_refused():
    builders.province()
    with pytest.raises(CommandError, match="DATABASE_URL"):
        call_command("demo")
    assert run("demo", "--if-empty") == ""
    assert not units.is_demonstration()


@pytest.mark.django_db
def test_a_configured_database_is_never_filled_by_itself(settings):
    settings.EMBEDDED_DATABASE = False
    assert run("demo", "--if-empty") == ""
    assert not Installation.objects.exists()


@pytest.mark.django_db
def test_a_real_authority_signs_no_demonstration(settings, tmp_path):
    settings.AUTHORITY_PASSPHRASE, settings.AUTHORITY_DIR = "một câu dài", tmp_path / "authority"
    with pytest.raises(CommandError, match="AUTHORITY_PASSPHRASE"):
        call_command("demo")
    assert not Installation.objects.exists()


@pytest.mark.django_db
def test_without_a_demonstration_the_accounts_say_how_to_start():
    assert str(first_start.code_path()) in run("accounts")
    builders.person()
    assert "Đăng nhập" in run("accounts")


def test_the_points_of_2020_from_eight_sheets_to_a_signed_ranking(demonstration):
    campaign = Campaign.objects.full().get(bloc_year__year=2020)
    text = sealed_text(campaign.criteria_set)
    assert (campaign.phase, len(text.leaves)) == (Phase.PUBLISHED, 176)
    assert {leaf.rule_type for leaf in text.leaves} == set(TYPES)
    published = campaign.snapshots.get()
    result = Result(published.run)
    assert sorted(row.rank for row in result.official.units.values()) == list(range(1, 9))
    assert list(runs.broken()) == []
    assert result.totals("self") != result.totals("official")
    slots = Slot.objects.filter(round__kind="standings").order_by("number")
    assert [slot.unit.name for slot in slots] == ["Công an huyện Quảng Ninh", "Công an thành phố Đồng Hới"]
    assert campaign.sheets.get(unit__names__short_name="Minh Hóa", layer=Layer.SELF).is_late
    assert set(campaign.explanations.values_list("state", flat=True)) == {ExplanationState.KEPT, ExplanationState.ADJUSTED}


def test_a_target_of_the_covenant_is_not_typed_again(demonstration):
    sheet = Sheet.objects.full().filter(campaign__bloc_year__year=2020, layer=Layer.SELF).first()
    text = sealed_text(sheet.campaign.criteria_set)
    known = facts.known(sheet.campaign, text, [sheet.unit_id])
    leaf = next(leaf for leaf in text.leaves if leaf.code == "19")
    assert known[leaf.key, sheet.unit_id]["target"].value == "90"
    assert not sheet.entries.get(key=leaf.key).value


def test_a_bloc_of_this_year_scores_itself(demonstration):
    campaign = Campaign.objects.get(phase=Phase.SELF)
    assert campaign.bloc_year.year_id == clock.today().year
    sheets = campaign.sheets.order_by("pk")
    assert [row.state for row in sheets][:2] == [SheetState.SUBMITTED, SheetState.OPEN]
    assert [row.entries.count() for row in sheets][:3] == [176, 105, 44]
    assert campaign.closes_on(Phase.SELF) > clock.today()


def test_the_reports_of_2020_are_all_in_one_after_an_extension_one_after_a_repair(demonstration):
    rows = list(Report.objects.full().filter(period__bloc_year__year=2020))
    assert Counter((row.period.kind, row.state) for row in rows) == {
        (PeriodKind.INTERIM, ReportState.LOCKED): 8,
        (PeriodKind.FINAL, ReportState.LOCKED): 8,
    }
    assert {row.days_late for row in rows} == {0}
    extended = next(row for row in rows if row.period.extensions.exists() and row.due_on == reports_2020.EXTENDED_TO)
    assert extended.unit.name == "Công an huyện Minh Hóa"
    mended = next(row for row in rows if row.versions.count() == 2)
    assert set(mended.reviews.values_list("ruling", flat=True)) == {"returned", "accepted"}


def test_what_the_final_reports_say_is_what_scoring_counts(demonstration):
    sheet = Sheet.objects.full().get(
        campaign__phase=Phase.PUBLISHED, unit__names__name="Công an huyện Quảng Ninh", layer=Layer.SELF
    )
    text = sealed_text(sheet.campaign.criteria_set)
    leaf = next(leaf for leaf in text.leaves if leaf.code == "19")
    fact = facts.known(sheet.campaign, text, [sheet.unit_id])[leaf.key, sheet.unit_id]["actual"]
    assert fact.source == "Báo cáo tổng kết năm 2020, bản 1"


def test_a_bloc_of_this_year_reports_and_one_unit_is_late(demonstration):
    period = ReportPeriod.objects.full().get(bloc_year__year=clock.today().year)
    rows = list(Report.objects.full().filter(period=period).order_by("pk"))
    assert [row.state for row in rows] == [ReportState.ACCEPTED, ReportState.SUBMITTED, ReportState.DRAFT, ReportState.DRAFT]
    assert [row.days_late for row in rows] == [0, 0, 0, 2]


def test_the_bloc_of_2020_reported_twice_on_time(demonstration):
    rows = list(BlocReport.objects.full().filter(period__bloc_year__year=2020))
    assert [row.state for row in rows] == [BlocReportState.SENT] * 2
    assert {row.days_late for row in rows} == {0}
    text = report_of(rows[0].versions.get().content)
    units = next(figure for figure in text.figures if figure.label == "Tập thể thuộc quyền")
    assert Decimal(units.actual) == sum(Decimal(value) for _name, value in units.parts)
    assert not units.missing


def test_the_final_report_of_2020_is_summed_up_for_the_province(demonstration):
    report = ProvinceReport.objects.full().get()
    assert (report.state, report.period_title) == (ProvinceReportState.SIGNED, "Tổng kết năm 2020")
    text = report_of(report.versions.get().content)
    of_bloc = report_of(
        BlocReport.objects.get(period__bloc_year__year=2020, period__kind=PeriodKind.FINAL).versions.get().content
    )
    assert {row.label: row.actual for row in text.figures} == {row.label: row.actual for row in of_bloc.figures}
    written = {row.heading: row.text for row in text.sections}
    assert [heading for heading, words in reports_2020.PROVINCE_WORDS.items() if words not in written[heading]] == []


def test_what_the_bloc_did_together_stands_in_its_reports(demonstration):
    did = list(Activity.objects.filter(bloc_year__year=2020).order_by("held_on"))
    assert (len(did), sum(row.photos.count() for row in did)) == (6, 9)
    final = BlocReport.objects.get(period__bloc_year__year=2020, period__kind=PeriodKind.FINAL)
    told = str([section.rows for section in report_of(final.versions.get().content).sections])
    assert all(row.title in told for row in did)
    now = Activity.objects.filter(bloc_year__year=clock.today().year)
    assert {row.held_on.month <= 6 for row in now} == {True}
