"""A new draft from last year's document, and the words in braces that a text leaves open."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from blocs.domain import discussion, drafts, form_check, placeholders, reusing
from blocs.domain.snapshots import draft_text
from blocs.domain.starting import Piece, StartingText, filled
from emulation.lib import clock
from tests import builders

KNOWN = {
    "năm": "2025",
    "năm trước": "2024",
    "khối": "Khối thi đua Công an các xã ven biển",
    "đơn vị khối trưởng": "Công an xã An Bình",
    "đơn vị khối phó": "Công an xã Bình Hải",
}


class TestPlaceholders:
    @pytest.mark.parametrize(
        ("text", "whole"),
        [
            ("Thi đua năm {năm}", "Thi đua năm 2025"),
            ("{ Đơn vị  khối trưởng } chủ trì", "Công an xã An Bình chủ trì"),
            ("{lạ} và {ngày ký}", "{lạ} và {ngày ký}"),
            ("{}", "{}"),
            ("không có gì", "không có gì"),
        ],
    )
    def test_known_words_are_filled_in(self, text, whole):
        assert placeholders.fill(text, KNOWN) == whole

    @pytest.mark.parametrize(
        ("text", "opened"),
        [
            ("trước ngày 31 tháng 3 năm 2025", "trước ngày 31 tháng 3 năm {năm}"),
            ("ngày 04/03/2025, so với năm 2024", "ngày 04/03/{năm}, so với năm {năm trước}"),
            ("Nghị định số 30/2020/NĐ-CP; Kế hoạch 12/2025/KH-CAT", "Nghị định số 30/2020/NĐ-CP; Kế hoạch 12/2025/KH-CAT"),
            ("chỉ tiêu 12025 và 2025,5", "chỉ tiêu 12025 và {năm},5"),
            ("Công an xã An Bình Đông", "{đơn vị khối trưởng} Đông"),
        ],
    )
    def test_a_year_moves_on_by_itself_and_in_dates_but_not_in_numbers_of_documents(self, text, opened):
        assert placeholders.take_out(text, KNOWN) == opened

    @given(st.text(alphabet="0245/. ,-năm", max_size=40) | st.sampled_from(list(KNOWN.values())))
    def test_what_is_taken_out_is_filled_in_again(self, text):
        assert placeholders.fill(placeholders.take_out(text, KNOWN), KNOWN) == text

    def test_a_heading_that_grows_beyond_its_column_is_cut(self):
        grown = filled(StartingText(pieces=[Piece("clause", "body", "{khối} " * 40, "")]), KNOWN)
        assert grown.pieces[0].heading == ((KNOWN["khối"] + " ") * 40)[:300]

    def test_open_words_are_named_once(self):
        assert placeholders.open_words("{a} {b} {a} {") == ["a", "b"]


@pytest.mark.django_db
class TestReuse:
    @pytest.fixture
    def last(self):
        """Last year's signed text, of the bloc that exists this year too with another leader."""
        year = clock.today().year - 1
        made = builders.document(of=builders.bloc(year=year))
        clause = made.row.clauses.filter(kind="clause")[0]
        text = f"{made.leader.unit.name} chủ trì trước ngày 31/3/{year}, tăng 5% so với năm {year - 1}."
        drafts.save_clause(clause, actor=made.leader, seen=0, values={"heading": f"Nhiệm vụ năm {year}", "text": text})
        values = {"name": f"Tỷ lệ khám phá năm {year}", "measure": "%", "direction": "higher", "bloc_value": 80}
        row = drafts.add_indicator(made.row, actor=made.leader, values=values)
        drafts.save_indicator(
            row, actor=made.leader, seen=0, values={}, targets={made.leader.unit_id: 82, made.deputy.unit_id: 81}
        )
        builders.publish(made)
        return made

    @pytest.fixture
    def now(self, last):
        cast = builders.bloc()
        cast.bloc_year.bloc = last.row.bloc_year.bloc
        cast.bloc_year.save()
        stays = cast.bloc_year.seats.get(role="member")
        stays.unit = last.deputy.unit
        stays.save()
        return cast

    def test_the_text_is_moved_on_to_this_year_and_its_leader(self, last, now):
        year = clock.today().year
        text = reusing.text_from(reusing.last_document(now.bloc_year), now.bloc_year)
        document = drafts.start(now.bloc_year, actor=now.leader, text=text)
        clause = document.clauses.filter(kind="clause")[0]
        assert clause.heading == f"Nhiệm vụ năm {year}"
        assert clause.text == f"{now.leader.unit.name} chủ trì trước ngày 31/3/{year}, tăng 5% so với năm {year - 1}."

    def test_values_are_kept_and_marked_until_somebody_looks(self, last, now):
        text = reusing.text_from(last.row, now.bloc_year)
        document = drafts.start(now.bloc_year, actor=now.leader, text=text)
        row = document.indicators.get()
        assert (row.name, row.bloc_value, row.to_check) == (f"Tỷ lệ khám phá năm {clock.today().year}", 80, True)
        assert {target.unit_id: target.value for target in row.targets.all()} == {last.deputy.unit_id: 81}
        drafts.confirm_indicator(row, actor=now.leader)
        row.refresh_from_db()
        assert (row.to_check, row.bloc_value) == (False, 80)

    def test_a_change_is_a_look_too(self, last, now):
        document = drafts.start(now.bloc_year, actor=now.leader, text=reusing.text_from(last.row, now.bloc_year))
        row = document.indicators.get()
        drafts.save_indicator(row, actor=now.leader, seen=0, values={"bloc_value": 85})
        assert not document.indicators.get().to_check

    def test_the_page_offers_it_and_the_room_shows_the_mark(self, last, now):
        client = Client()
        client.force_login(now.leader.user)
        page = reverse("document_start", args=[now.bloc_year.pk, "covenant"])
        assert "Dùng lại văn bản năm trước" in client.get(page).content.decode()
        room = client.post(page, {"start": "last"}).headers["Location"]
        assert "Rà lại" in client.get(f"{room}?phan=chi-tieu").content.decode()
        row = now.bloc_year.documents.get().indicators.get()
        address = reverse("indicator_act", args=[now.bloc_year.documents.get().pk, row.pk, "da-ra"])
        assert client.post(address).status_code == 302
        assert "Rà lại" not in client.get(f"{room}?phan=chi-tieu").content.decode()

    def test_a_bloc_without_a_past_starts_from_the_template(self):
        cast = builders.bloc()
        assert reusing.last_document(cast.bloc_year) is None
        client = Client()
        client.force_login(cast.leader.user)
        page = reverse("document_start", args=[cast.bloc_year.pk, "covenant"])
        assert "năm trước" not in client.get(page).content.decode()
        assert client.post(page, {"start": "last"}).status_code == 302
        assert cast.bloc_year.documents.get().clauses.exists()

    def test_words_that_nobody_filled_are_named_by_the_check_of_form(self):
        cast = builders.bloc()
        piece = Piece("clause", "body", "Năm {năm}", "{Khối} ký {ngày ký} tại {đâu đó}.")
        document = drafts.start(cast.bloc_year, actor=cast.leader, text=StartingText(pieces=[piece]))
        clause = document.clauses.get()
        assert clause.heading == f"Năm {clock.today().year}"
        assert clause.text == f"{cast.bloc_year.full_name} ký {{ngày ký}} tại {{đâu đó}}."
        said = [finding.sentence for finding in form_check.findings(document, draft_text(document))]
        assert "Chưa điền hoặc không có nghĩa: {ngày ký}, {đâu đó}." in said
        assert discussion.latest(document) is None
