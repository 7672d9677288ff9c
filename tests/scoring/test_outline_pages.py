"""The pages of a report outline: what they show, what they answer to bad input, and that nothing typed is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import DocumentKind
from tests import builders
from tests.scoring.test_report_outlines import figure, headings, outline_now, section, started

pytestmark = pytest.mark.django_db


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def posted(row, **changes):
    values = {"version": row.edits, "heading": row.heading, "content": row.content, "word_limit": "300", "merge": row.merge}
    return {**values, "is_required": "on", **changes}


def test_from_the_usual_outline_to_an_open_section():
    made = builders.document(kind=DocumentKind.OUTLINE)
    client = client_of(made.leader)
    page = reverse("outline", args=[made.pk])
    assert "Lập khung báo cáo" in client.get(page).content.decode()
    assert client.post(reverse("outline_start", args=[made.pk]), {"source": "x"}).url == page
    row = section(made, "Ưu điểm")
    shown = client.get(f"{page}?mo={row.key}").content.decode()
    assert 'value="500"' in shown
    figures = client.get(f"{page}?mo={figure(made, 'Quân số').key}").content.decode()
    assert "Số của khối" in figures


def test_saved_live_and_plainly():
    made = started()
    client, row = client_of(made.leader), section(made, "Ưu điểm")
    address = reverse("outline_save", args=[made.pk, "muc", row.pk])
    live = client.post(address, posted(row, changed="word_limit", word_limit="450"), headers={"X-Autosave": "1"})
    assert live.json()["version"] == 1
    stale = client.post(address, posted(row, changed="heading", heading="Mặt mạnh"), headers={"X-Autosave": "1"})
    assert stale.status_code == 409
    assert stale.json()["conflicts"]["heading"]["theirs"] == "Ưu điểm"
    assert client.post(address, posted(section(made, "Ưu điểm"), heading="Mặt mạnh")).status_code == 302
    assert section(made, "Mặt mạnh").word_limit == 300


@pytest.mark.parametrize("typed", ["-1", "20001", "nhiều", "9" * 5000])
def test_a_limit_that_is_none_is_said_at_its_field(typed):
    made = started()
    row = section(made, "Ưu điểm")
    answer = client_of(made.leader).post(reverse("outline_save", args=[made.pk, "muc", row.pk]), posted(row, word_limit=typed))
    assert answer.status_code == 422
    assert 'id="error_1_id_word_limit"' in answer.content.decode()
    assert section(made, "Ưu điểm").edits == 0


def test_a_plain_conflict_keeps_the_typed_text():
    made = started()
    row = section(made, "Ưu điểm")
    answer = client_of(made.leader).post(
        reverse("outline_save", args=[made.pk, "muc", row.pk]), posted(row, version="7", heading="Chữ vừa gõ")
    )
    assert answer.status_code == 409
    assert "Chữ vừa gõ" in answer.content.decode()


def test_added_moved_taken_out_and_put_back():
    made = started()
    client = client_of(made.leader)
    add = reverse("outline_add", args=[made.pk])
    part = section(made, "Phụ lục")
    client.post(add, {"words": "Ảnh tư liệu", "under": part.pk})
    client.post(add, {"words": "Số ảnh", "under": section(made, "Ảnh tư liệu").pk, "kind": "figure"})
    assert figure(made, "Số ảnh").section.heading == "Ảnh tư liệu"
    client.post(reverse("outline_act", args=[made.pk, "muc", section(made, "Ảnh tư liệu").pk, "len"]))
    assert "VIII.2 Ảnh tư liệu" in headings(made)
    client.post(reverse("outline_act", args=[made.pk, "muc", part.pk, "go"]))
    assert "VIII Phụ lục" not in headings(made)
    client.post(reverse("outline_put_back", args=[made.pk]))
    assert "VIII.2 Ảnh tư liệu" in headings(made)


@pytest.mark.parametrize("sent", [{"words": " "}, {"words": "Mục", "under": "999999"}, {"words": "Mục", "under": "9" * 5000}])
def test_nothing_is_added_without_a_name_or_under_nothing(sent):
    made = started()
    before = headings(made)
    status = client_of(made.leader).post(reverse("outline_add", args=[made.pk]), sent).status_code
    assert status in (302, 404)
    assert headings(made) == before


def test_members_read_what_is_published_and_nothing_before():
    made = started()
    page = reverse("outline", args=[made.pk])
    member = client_of(made.members[0])
    assert member.get(page).status_code == 404
    builders.publish(made)
    shown = member.get(page).content.decode()
    assert "Kết quả theo từng chỉ tiêu" in shown
    assert "outline_add" not in shown
    assert member.post(reverse("outline_add", args=[made.pk]), {"words": "Mục"}).status_code == 403


def test_it_prints_behind_the_text_of_its_document():
    made = started()
    builders.publish(made)
    page = client_of(made.leader).get(reverse("document", args=[made.pk])).content.decode()
    assert reverse("outline", args=[made.pk]) in page
    assert outline_now(made).last_removed is None
