"""The pages on which a bloc's report is made: gathered, edited live, chosen from, settled, checked, opened, signed, given back."""

import json

import pytest
from django.urls import reverse

from emulation.lib import clock
from emulation.reports.domain import activities
from emulation.reports.enums import BlocReportState
from emulation.reports.models import BlocReport, Passage
from emulation.signing.domain import rounds
from tests import builders
from tests.reports import casts
from tests.reports.casts import PeriodCast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def report(made: PeriodCast) -> BlocReport:
    return BlocReport.objects.full().get(period=made.pk)


def page(client, made: PeriodCast, name: str = "bloc_report", *more):
    return client.get(reverse(name, args=[report(made).pk, *more]))


def post(client, made: PeriodCast, name: str, *more, **data):
    return client.post(reverse(name, args=[report(made).pk, *more]), data)


def enter(client, actor):
    client.force_login(actor.user)
    return client


@pytest.mark.usefixtures("real_paper")
def test_from_gathering_to_the_leaders_signature(client):
    made = casts.period()
    made.write(made.commanders[0], "Kỷ luật", "Không có.")
    for place in (0, 1):
        made.submit(made.commanders[place])
    enter(client, made.leader)
    assert "2/3 đơn vị đã nộp" in page(client, made).content.decode()
    post(client, made, "bloc_report_gather")
    shown = page(client, made).content.decode()
    assert made.members[0].unit.name in shown  # who is missing
    assert f"chưa được kiểm tra; chờ {made.deputy.unit.name}" in shown
    assert "1 đoạn · 1 chỉ số" in shown
    enter(client, made.deputy)
    post(client, made, "bloc_report_check")
    enter(client, made.leader)
    assert "Còn thiếu báo cáo" in page(client, made, "bloc_report_open").content.decode()
    assert post(client, made, "bloc_report_open", reason="").status_code == 422
    assert post(client, made, "bloc_report_open", reason="Đơn vị đang sáp nhập.").status_code == 302
    assert report(made).state == BlocReportState.SIGNING
    assert page(client, made, "bloc_report_sign").status_code == 200
    digest = made_round(made).document.revisions.get(number=0).sha256
    answer = post(client, made, "bloc_report_sign", secret=builders.SECRET, digest=digest)
    assert answer.status_code == 302
    assert report(made).state == BlocReportState.SENT
    assert page(client, made, "bloc_report_pdf").content.startswith(b"%PDF")
    enter(client, made.office)
    assert post(client, made, "bloc_report_return", reason="Bổ sung số liệu.").status_code == 302
    refused = page(enter(client, made.members[0]), made)
    assert refused.status_code == 403
    assert "đang được trả lại để sửa" in refused.content.decode()
    mended = page(enter(client, made.leader), made).content.decode()
    assert "Bổ sung số liệu." in mended
    assert f'href="{reverse("bloc_report_pdf", args=[report(made).pk])}">Mở bản đã ký gửi trước đó' in mended
    assert page(client, made, "bloc_report_pdf").headers["Content-Type"] == "application/pdf"
    enter(client, made.deputy)
    post(client, made, "bloc_report_check")
    assert "Mở bản đã ký gửi trước đó" in page(enter(client, made.leader), made).content.decode()


def test_a_draft_is_printed_in_the_background(client, work, settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    made = casts.handed_in(0, 1, 2)
    enter(client, made.leader)
    post(client, made, "bloc_report_gather")
    asked = post(client, made, "bloc_report_print")
    assert asked.status_code == 302
    work()
    assert client.get(f"{asked['Location']}tai/").content.startswith(b"%PDF")
    own = client.post(reverse("report_print", args=[made.report(made.leader).pk]))
    assert own.status_code == 404  # signed: its bytes are there


def made_round(made: PeriodCast):
    return rounds.newest("bloc_report", report(made))


def test_a_passage_is_saved_while_it_is_typed_and_a_stale_save_shows_both(client):
    made = casts.handed_in(0)
    enter(client, made.leader)
    post(client, made, "bloc_report_gather")
    key = made.section("Ưu điểm")
    assert page(client, made, "bloc_report_section", key).status_code == 200
    passage = Passage.objects.get(report=report(made), section=key)
    live = {"headers": {"X-Autosave": "1"}}
    address = reverse("passage_save", args=[passage.pk])
    answer = client.post(address, {"version": 0, "changed": "text", "text": "Gọn lại."}, **live)
    assert json.loads(answer.content)["version"] == 1
    stale = client.post(address, {"version": 0, "changed": "text", "text": "Khác."}, **live)
    assert stale.status_code == 409
    assert json.loads(stale.content)["conflicts"]["text"]["theirs"] == "Gọn lại."
    client.post(reverse("passage_choose", args=[passage.pk]), {"is_included": "0"})
    passage.refresh_from_db()
    assert (passage.text, passage.is_included) == ("Gọn lại.", False)


def test_the_leaders_own_words_are_kept_from_the_first_letter(client):
    made = casts.handed_in(0)
    enter(client, made.leader)
    post(client, made, "bloc_report_gather")
    key = made.section("Phương hướng, nhiệm vụ")
    live = {"headers": {"X-Autosave": "1"}}
    address = reverse("bloc_report_own", args=[report(made).pk, key])
    answer = client.post(address, {"version": 0, "changed": "text", "text": "Khối tập trung ba việc."}, **live)
    assert answer.status_code == 200
    assert "Khối tập trung ba việc." in page(client, made, "bloc_report_section", key).content.decode()
    plain = client.post(address, {"version": 0, "text": "Bản khác."})
    assert plain.status_code == 409
    assert "Bản khác." in plain.content.decode()


def test_a_source_that_moved_on_is_shown_as_a_redline_and_taken_over(client):
    made = casts.handed_in(0, 2)
    enter(client, made.leader)
    post(client, made, "bloc_report_gather")
    member, key = made.members[0], made.section("Ưu điểm")
    made.give_back(member)
    made.write(member, "Ưu điểm", "Đã thực hiện ưu điểm vượt mức.")
    made.submit(member, fill=False)
    shown = page(client, made, "bloc_report_section", key).content.decode()
    assert "Nguồn đã thay đổi" in shown
    assert "<ins>" in shown
    passage = Passage.objects.get(report=report(made), section=key, unit=member.unit)
    version = made.report(member).versions.order_by("-number").first()
    client.post(reverse("passage_settle", args=[passage.pk]), {"source": version.pk, "take": "1"})
    passage.refresh_from_db()
    assert passage.text == "Đã thực hiện ưu điểm vượt mức."


def test_members_find_nothing_before_it_is_sent(client):
    made = casts.handed_in(0)
    enter(client, made.leader)
    post(client, made, "bloc_report_gather")
    passage = Passage.objects.filter(report=report(made)).first()
    enter(client, made.members[0])
    assert page(client, made).status_code == 404
    assert page(client, made, "bloc_report_section", made.section("Ưu điểm")).status_code == 404
    assert client.post(reverse("passage_save", args=[passage.pk]), {"text": "x"}).status_code == 404


def test_the_pages_of_a_bloc_cost_the_same_for_many_units(client, django_assert_max_num_queries):
    made = casts.handed_in(0, 1, 2)
    values = {"kind": "charity", "title": "Tặng quà", "held_on": clock.today(), "host": made.leader.unit}
    activities.enter(made.bloc.bloc_year, actor=made.leader, values=values, units=[made.deputy.unit_id])
    enter(client, made.leader)
    post(client, made, "bloc_report_gather")
    pk, key = report(made).pk, made.section("Ưu điểm")
    for address in (reverse("bloc_report", args=[pk]), reverse("bloc_report_section", args=[pk, key])):
        client.get(address)
        with django_assert_max_num_queries(15):
            client.get(address)


def test_the_home_page_says_whose_turn_it_is_and_the_period_leads_there(client):
    made = casts.handed_in(0, 1, 2)
    page_of_period = reverse("period", args=[made.pk])
    address = reverse("bloc_report", args=[report(made).pk])

    def home(actor) -> str:
        return enter(client, actor).get("/").content.decode()

    assert "Tổng hợp báo cáo của khối" in home(made.leader)
    assert address in client.get(page_of_period).content.decode()
    post(client, made, "bloc_report_gather")
    assert "Kiểm tra báo cáo của khối" in home(made.deputy)
    post(client, made, "bloc_report_check")
    assert "Mở ký báo cáo của khối" in home(made.leader)
    post(client, made, "bloc_report_open")
    assert "Ký báo cáo của khối" in home(made.leader)
    assert "báo cáo của khối" not in home(made.members[0])
    assert address not in client.get(page_of_period).content.decode()
