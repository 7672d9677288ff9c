"""The road of a report on its pages: opened, written section by section, presented, signed, received, given back, mended."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain import periods, report_kind
from emulation.reports.enums import ReportState
from emulation.signing.domain import rounds, scans
from tests import builders
from tests.reports import casts
from tests.reports.casts import PeriodCast
from tests.signing import scanned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def save(made: PeriodCast, actor: Actor, heading: str, *, live: bool = True, **sent: str):
    """Type into a section, as autosave.js sends it or by a plain form."""
    report = made.report(actor)
    page = reverse("report_section", args=[report.pk, made.section(heading)])
    headers = {"X-Autosave": "1"} if live else {}
    changed = {"changed": [name for name in sent if name != "version"]} if live else {}
    return client_of(actor).post(page, {"version": "", **sent, **changed}, headers=headers)


@pytest.mark.parametrize("version", ["text=" + "9" * 5000, "text=²", "text=-1", "&" * 2000, "text"])
def test_a_counter_that_is_no_number_counts_as_none(version: str) -> None:
    made = casts.period()
    answer = save(made, made.members[0], "Ưu điểm", text="Hoàn thành các chỉ tiêu.", version=version)
    assert answer.status_code == 200
    assert answer.json()["version"] == "text=1"


def test_a_section_is_saved_while_it_is_typed() -> None:
    made = casts.period()
    member = made.members[0]
    answer = save(made, member, "Ưu điểm", text="Hoàn thành các chỉ tiêu.")
    assert answer.status_code == 200
    assert answer.json()["version"] == "text=1"
    assert made.text(member).section(made.section("Ưu điểm")).text == "Hoàn thành các chỉ tiêu."
    assert made.report(member).state == ReportState.DRAFT


def test_two_people_in_one_section_both_keep_their_text() -> None:
    made = casts.period()
    member = made.members[0]
    made.write(member, "Ưu điểm", "Bản của người thứ nhất.")
    answer = save(made, member, "Ưu điểm", text="Bản của người thứ hai.")
    assert answer.status_code == 409
    assert answer.json()["conflicts"]["text"]["theirs"] == "Bản của người thứ nhất."
    plain = save(made, member, "Ưu điểm", live=False, text="Bản của người thứ hai.")
    assert plain.status_code == 409
    page = plain.content.decode()
    assert "Bản của người thứ nhất." in page
    assert "Bản của người thứ hai." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nhiều", "Nhập số"),
        ("1e9", "Nhập số"),
        ("-3", "Số liệu không được âm."),
        ("1,23456", "Số quá lớn"),
        ("9" * 20, "Số quá lớn"),
    ],
)
def test_what_is_no_figure_is_said_at_its_box(typed: str, sentence: str) -> None:
    made = casts.period()
    member = made.members[0]
    section, key = figure(made, member, "Vụ việc được giải quyết")
    answer = save(made, member, section, **{f"actual-{key}": typed})
    assert answer.status_code == 422
    assert sentence in answer.json()["errors"][f"actual-{key}"][0]
    assert not made.report(member).figures.exists()


def figure(made: PeriodCast, actor: Actor, label: str) -> tuple[str, str]:
    """The heading of the section and the key of a figure."""
    return next((row.heading, line.key) for row in made.text(actor).sections for line in row.figures if line.label == label)


def test_a_figure_answers_with_its_share_of_the_plan() -> None:
    made = casts.period()
    member = made.members[0]
    section, key = figure(made, member, "Vụ việc được giải quyết")
    answer = save(made, member, section, **{f"actual-{key}": "1.050,5", f"last_year-{key}": "1000"})
    assert answer.status_code == 200
    assert answer.json()["figures"][key] == {"percent": "2.626,3", "growth": "+5,1"}
    again = save(made, member, section, **{f"note-{key}": "Số đã đối chiếu.", "version": answer.json()["version"]})
    assert again.status_code == 200
    assert made.report(member).figures.get().note == "Số đã đối chiếu."


def test_a_pasted_table_keeps_its_cells_apart() -> None:
    made = casts.period()
    member = made.members[0]
    save(made, member, "Ưu điểm", text="\uf0b7 Mục\r\nSố vụ\t12\t15\r\nHết\ufffc\u00ad ")
    assert made.text(member).section(made.section("Ưu điểm")).text == "- Mục\nSố vụ\t12\t15\nHết"


def test_the_road_from_presenting_to_receiving_and_back() -> None:
    made = casts.period()
    member, leader = made.members[0], made.leader
    made.fill(member)
    pk = made.report(member).pk
    unit, bloc = client_of(member), client_of(leader)
    assert bloc.get(reverse("report", args=[pk])).status_code == 404
    assert unit.post(reverse("report_present", args=[pk]), {"method": "electronic"}).status_code == 302
    digest = unit.get(reverse("report_sign", args=[pk])).context["form"].initial["digest"]
    unit.post(reverse("report_sign", args=[pk]), {"secret": builders.SECRET, "digest": digest})
    assert made.report(member).state == ReportState.SUBMITTED
    assert "Tiếp nhận báo cáo" in bloc.get(reverse("report", args=[pk])).content.decode()
    section = made.section("Ưu điểm")
    sent = {"reason": "Bổ sung mục ưu điểm.", f"said-{section}": "Nêu số liệu."}
    assert bloc.post(reverse("report_return", args=[pk]), sent).status_code == 302
    assert "Nêu số liệu." in unit.get(reverse("report_section", args=[pk, section])).content.decode()
    signed = reverse("report_pdf", args=[pk])
    assert f'href="{signed}"' in unit.get(reverse("report", args=[pk])).content.decode()  # while it is mended, too
    assert unit.get(signed).headers["Content-Type"] == "application/pdf"
    with clock.at(clock.now() + timedelta(days=40)):
        assert ">trễ " not in client_of(member).get(reverse("report", args=[pk])).content.decode()  # it was handed in in time
    made.write(member, "Ưu điểm", "Đã bổ sung số liệu.")
    made.submit(member, fill=False)
    assert "Đã bổ sung" in bloc.get(reverse("report_compare", args=[pk])).content.decode().replace("<ins>", "")
    assert bloc.post(reverse("report_accept", args=[pk])).status_code == 302
    assert made.report(member).state == ReportState.ACCEPTED


def test_what_is_missing_is_listed_with_the_way_to_it() -> None:
    made = casts.period()
    member = made.members[0]
    report = made.report(member)
    page = client_of(member).get(reverse("report", args=[report.pk])).content.decode()
    assert reverse("report_section", args=[report.pk, made.section("Ưu điểm")]) in page
    assert "Ưu điểm: mục bắt buộc, chưa viết." in page
    boxes = re.findall(r'href="([^"#]+)#([^"]+)"', page)
    assert boxes
    for address, anchor in boxes:
        assert f'id="{anchor}"' in client_of(member).get(address).content.decode()


def test_a_report_that_is_read_shows_the_columns_that_say_something() -> None:
    made = casts.period()
    member = made.commanders[2]
    made.submit(member)
    shown = client_of(member).get(reverse("report", args=[made.report(member).pk])).content.decode()

    def heads(heading: str) -> list[str]:
        part = shown.split(f'id="muc-{made.section(heading)}"')[1].split("</thead>")[0]
        return re.findall(r"<th[^>]*>([^<]*)</th>", part)

    assert heads("Tổ chức, biên chế") == ["Chỉ số", "Kết quả"]
    assert heads("Kết quả theo từng chỉ tiêu") == ["Chỉ số", "Kế hoạch", "Kết quả", "Đạt (%)"]


def test_the_page_of_a_period_tells_a_unit_its_own_day() -> None:
    made = casts.period()
    early, late = made.members[0], made.deputy
    later = made.row.due_on + timedelta(days=3)
    periods.extend(made.row, late.unit, actor=made.leader, due_on=later, reason="Đơn vị trực bão.")
    made.submit(early)
    with clock.at(clock.now() + timedelta(days=21)):
        told = {who: client_of(who).get(reverse("period", args=[made.pk])).context for who in (early, late, made.leader)}
    assert (told[late]["due_on"], told[late]["is_met"]) == (later, False)
    assert (told[early]["due_on"], told[early]["is_met"]) == (made.row.due_on, True)
    assert not told[made.leader]["is_met"]


def test_returning_without_a_reason_is_refused_at_its_field() -> None:
    made = casts.period()
    member = made.members[0]
    made.submit(member)
    answer = client_of(made.leader).post(reverse("report_return", args=[made.report(member).pk]), {"reason": " "})
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors


def test_the_home_page_tells_whose_turn_it_is() -> None:
    made = casts.period()
    member, leader = made.members[0], made.leader
    clerk = builders.staff(member.unit)
    home = reverse("home")
    assert "Viết báo cáo sơ kết" in client_of(clerk).get(home).content.decode()
    made.fill(member)
    made.present(member)
    assert "Ký báo cáo sơ kết" in client_of(member).get(home).content.decode()
    assert "Ký báo cáo sơ kết" not in client_of(clerk).get(home).content.decode()
    round_ = rounds.newest(report_kind.KIND, made.report(member))
    builders.sign(round_.slots.get(), actor=member)
    assert "Tiếp nhận báo cáo của 1 đơn vị" in client_of(leader).get(home).content.decode()
    made.give_back(member, reason="Thiếu số liệu tháng 5.")
    assert "Được trả lại để sửa: Thiếu số liệu tháng 5." in client_of(clerk).get(home).content.decode()


@pytest.mark.usefixtures("real_paper")
def test_a_report_on_paper_is_signed_by_its_scan_and_a_second_person() -> None:
    made = casts.period()
    member = made.members[0]
    clerk, other = builders.staff(member.unit), builders.staff(member.unit)
    made.fill(member)
    pk = made.report(member).pk
    unit = client_of(clerk)
    answer = unit.post(reverse("report_present", args=[pk]), {"method": "paper"})
    assert "number_of" in answer.context["form"].errors
    unit.post(reverse("report_present", args=[pk]), {"method": "paper", "number_of": "2"})
    assert reverse("report_paper", args=[pk]) in unit.get(reverse("report", args=[pk])).content.decode()
    signing_round = rounds.newest(report_kind.KIND, made.report(member))
    scan = scans.take_in(signing_round, [scanned.scan_of(SimpleNamespace(round=signing_round))], actor=clerk)
    page = unit.get(reverse("report_paper", args=[pk]))
    assert page.status_code == 200
    slot = signing_round.slots.get()
    sent = {"scan": scan.number, "signed_on": f"{clock.today():%d/%m/%Y}", f"tick-{slot.pk}": "on"}
    sent |= {f"slot-{slot.pk}": member.position.pk, "no_code_reason": "Đã đối chiếu bằng mắt."}
    assert unit.post(reverse("report_paper", args=[pk]), sent).status_code == 302
    record = signing_round.paper_records.get()
    client_of(other).post(reverse("report_paper_confirm", args=[pk, record.pk]))
    assert made.report(member).state == ReportState.SUBMITTED
