"""The set as a workbook on its pages: download, dry run, taking in; and what is not taken in."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.enums import DocumentKind, DocumentState
from scoring.domain import criteria
from scoring.domain.reading import set_text
from scoring.workbooks.reading import read
from scoring.workbooks.writing import workbook_of
from tests import builders
from tests.scoring.regulations import regulation, small
from tests.scoring.test_pages import client_of, page
from tests.scoring.workbooks.test_workbooks import LARGE, edited, typed

pytestmark = pytest.mark.django_db
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TestWorkbook:
    def uploaded(self, client, cast, data, name="tieu-chi.xlsx"):
        return client.post(page(cast, "criteria_import"), {"file": SimpleUploadedFile(name, data, EXCEL)})

    def test_download(self):
        cast = regulation()
        answer = client_of(cast.leader).get(page(cast, "criteria_workbook"))
        assert read(answer.content).text == small()
        assert re.fullmatch(r'attachment; filename="tieu-chi-[\w-]+\.xlsx"', answer["Content-Disposition"])

    def test_without_a_set_the_usual_table_is_the_template(self):
        made = builders.document(kind=DocumentKind.SCORING)
        answer = client_of(made.leader).get(reverse("criteria_workbook", args=[made.pk]))
        assert len(read(answer.content).text.leaves) == 30

    def test_a_dry_run_changes_nothing_and_taking_it_in_does(self):
        cast = regulation()
        client = client_of(cast.leader)
        shown = self.uploaded(client, cast, edited(typed(4, "name", "Từ Excel"))).content.decode()
        assert "1 thay đổi" in shown
        assert set_text(cast.set) == small()
        packed = re.search(r'name="take" value="([^"]+)"', shown)[1]
        assert client.post(page(cast, "criteria_import"), {"take": packed}).status_code == 302
        assert cast.row("1").name == "Từ Excel"
        assert client.post(page(cast, "criteria_import"), {"take": packed}).url == page(cast)

    def test_a_set_may_start_from_a_workbook(self):
        made = builders.document(kind=DocumentKind.SCORING)
        client = client_of(made.leader)
        address = reverse("criteria_import", args=[made.pk])
        shown = client.post(address, {"file": SimpleUploadedFile("a.xlsx", workbook_of(LARGE), EXCEL)}).content.decode()
        client.post(address, {"take": re.search(r'name="take" value="([^"]+)"', shown)[1]})
        assert set_text(made.row.criteria_sets.get()) == LARGE

    def test_every_faulty_row_is_shown(self):
        cast = regulation()

        def spoil(book):
            typed(4, "max_points", "năm")(book)
            typed(7, "rule_type", "Bốc thăm")(book)

        answer = self.uploaded(client_of(cast.leader), cast, edited(spoil))
        assert answer.status_code == 422
        assert "Có 2 chỗ sai." in answer.content.decode()
        assert 'name="take"' not in answer.content.decode()

    def test_somebody_has_changed_the_set_meanwhile(self):
        cast = regulation()
        client = client_of(cast.leader)
        shown = self.uploaded(client, cast, edited(typed(4, "name", "Từ Excel"))).content.decode()
        criteria.save(cast.row("2"), actor=cast.made.office, seen=0, values={"name": "Của người khác"})
        answer = client.post(page(cast, "criteria_import"), {"take": re.search(r'name="take" value="([^"]+)"', shown)[1]})
        assert answer.url == page(cast, "criteria_import")
        assert cast.row("1").name == "Ban hành kế hoạch"

    def test_what_was_packed_for_another_document_or_by_somebody_else(self):
        cast, other = regulation(), regulation()
        client = client_of(cast.made.office)
        shown = self.uploaded(client, cast, edited(typed(4, "name", "Từ Excel"))).content.decode()
        packed = re.search(r'name="take" value="([^"]+)"', shown)[1]
        for cast_, take in ((other, packed), (cast, packed[:-1] + "x"), (cast, "x")):
            assert client.post(page(cast_, "criteria_import"), {"take": take}).url == page(cast_, "criteria_import")
        assert set_text(other.set) == set_text(cast.set) == small()

    @pytest.mark.parametrize(("data", "name"), [(b"", "a.xlsx"), (b"x", "a.csv"), (b"x" * 2_100_000, "a.xlsx")])
    def test_files_that_are_not_looked_at(self, data, name):
        cast = regulation()
        assert self.uploaded(client_of(cast.leader), cast, data, name).status_code == 422

    def test_not_by_members(self):
        cast = regulation(state=DocumentState.DISCUSSION)
        assert client_of(cast.made.members[0]).get(page(cast, "criteria_import")).status_code == 403
