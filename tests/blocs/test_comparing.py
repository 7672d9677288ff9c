"""Two versions compared on the screen and on paper, and old versions that stay readable."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.documents.comparison import Side, changes, comparison_html
from blocs.documents.covenant import covenant_html, numbers_of
from blocs.domain import drafts
from blocs.texts import ClauseText
from emulation.pdf import pictures
from tests import builders
from tests.pdf.samples import covenant_text, document_frame, units

pytestmark = pytest.mark.django_db
NAMES = units(3)


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def clause_of(made, words):
    return made.row.clauses.get(heading__startswith=words)


@pytest.fixture
def made():
    """A covenant with two versions: a clause rewritten and one moved."""
    cast = builders.document("discussion")
    first, second, *_rest = cast.row.clauses.filter(kind="clause", part="body").order_by("order")
    drafts.save_clause(first, actor=cast.leader, seen=0, values={"text": f"{first.text}\nKhông để phát sinh điểm nóng."})
    drafts.move_clause(second, actor=cast.leader, by=2)
    builders.publish(cast)
    return cast


class TestPage:
    def test_it_compares_the_two_newest_versions(self, made):
        response = client_of(made.members[0]).get(reverse("compare", args=[made.pk]))
        assert response.status_code == 200
        page = response.content.decode()
        assert "<ins" in page
        assert "Không để phát sinh điểm nóng." in page
        assert response.context["count"] == 2
        assert [entry.status for group in response.context["groups"] for entry in group.changes] == ["changed", "moved"]

    def test_the_working_draft_is_for_those_who_write_it(self, made):
        path = reverse("compare", args=[made.pk]) + "?tu=2&den=soan"
        clause = made.row.clauses.filter(kind="clause").last()
        drafts.save_clause(clause, actor=made.leader, seen=clause.edits, values={"text": "Điều chưa ai được xem."})
        assert "Điều chưa ai được xem." in client_of(made.leader).get(path).content.decode()
        refused = client_of(made.members[0]).get(path)
        assert refused.status_code == 422
        assert "Không có bản này." in refused.content.decode()
        assert "Điều chưa ai được xem." not in refused.content.decode()

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("tu=1&den=1", "Chọn hai bản khác nhau."),
            ("tu=1&den=99", "Không có bản này."),
            ("tu=%00&den=soan", "Không có bản này."),
            ("tu=1", "Chưa nhập ô này."),
        ],
    )
    def test_a_wrong_choice_is_told(self, made, query, sentence):
        response = client_of(made.members[0]).get(f"{reverse('compare', args=[made.pk])}?{query}")
        assert response.status_code == 422
        assert sentence in response.content.decode()

    def test_one_version_has_nothing_to_compare_with(self):
        alone = builders.document("discussion")
        page = client_of(alone.members[0]).get(reverse("compare", args=[alone.pk])).content.decode()
        assert "Chưa có hai bản để so sánh." in page
        assert client_of(alone.members[0]).get(reverse("compare_pdf", args=[alone.pk])).status_code == 404

    def test_the_file_says_what_changed(self, made):
        response = client_of(made.members[0]).get(reverse("compare_pdf", args=[made.pk]))
        words = " ".join(" ".join(pictures.page_texts(response.content)).split())
        assert "BẢN SO SÁNH DỰ THẢO" in words
        assert "Không để phát sinh điểm nóng." in words
        assert response.headers["Content-Disposition"].startswith("attachment")


class TestVersions:
    def test_an_old_version_stays_readable(self, made):
        first = client_of(made.members[0]).get(reverse("version", args=[made.pk, 1])).content.decode()
        second = client_of(made.members[0]).get(reverse("version", args=[made.pk, 2])).content.decode()
        assert "Không để phát sinh điểm nóng." not in first
        assert "Không để phát sinh điểm nóng." in second
        assert "Đây là bản cũ." in first
        assert "Đây là bản cũ." not in second

    def test_its_file_is_its_own(self, made):
        found = [
            " ".join(pictures.page_texts(client_of(made.leader).get(reverse("version_pdf", args=[made.pk, n])).content))
            for n in (1, 2)
        ]
        assert ["điểm nóng." in words for words in found] == [False, True]
        assert "DỰ THẢO LẦN 1" in found[0]

    def test_the_page_leads_to_what_changed(self, made):
        page = client_of(made.members[0]).get(reverse("document", args=[made.pk])).content.decode()
        assert "Xem thay đổi so với bản 1" in page


class TestEntries:
    def test_numbers_are_those_of_the_paper(self):
        text = covenant_text(NAMES)
        numbers = numbers_of(text)
        html = covenant_html(text, document_frame(NAMES))
        last = next(row for row in reversed(text.clauses) if row.kind == "section")
        assert f"{numbers[last.key]}. {last.heading.upper()}" in html

    def test_what_a_writer_typed_is_never_markup(self):
        old = covenant_text(NAMES)
        new = type(old)(**{**vars(old), "clauses": [*old.clauses, ClauseText("x", "clause", "body", "<script>", "<b>&")]})
        html = comparison_html(Side(old, "bản 1"), Side(new, "bản 2"), document_frame(NAMES), subject="<i>", unit_names={})
        assert "<script>" not in html
        assert "<i>" not in html
        assert "&lt;b&gt;&amp;" in html

    def test_nothing_changed_is_nothing_to_show(self):
        text = covenant_text(NAMES)
        groups = changes(text, text, {})
        assert all(entry.is_same for group in groups for entry in group.entries)
