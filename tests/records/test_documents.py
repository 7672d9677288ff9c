"""Documents: frozen once, then only appended to, and every break found."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from emulation.records import storage
from emulation.records.domain import documents
from emulation.records.models import Document, Revision
from tests.records.test_audit import rewrite

pytestmark = pytest.mark.django_db

FROZEN = b"%PDF frozen\n"
FIRST = FROZEN + b"first signature\n"
SECOND = FIRST + b"second signature\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return settings.DOCUMENTS_DIR


@pytest.fixture
def revisions():
    frozen = documents.freeze("covenant", FROZEN)
    first = documents.append(frozen, FIRST, before=FROZEN)
    return [frozen, first, documents.append(first, SECOND, before=FIRST)]


def test_frozen_bytes_are_revision_nought(revisions):
    frozen = revisions[0]
    assert (frozen.number, frozen.parent, frozen.size) == (0, None, len(FROZEN))
    assert frozen.document.kind == "covenant"
    assert documents.read(frozen) == FROZEN


def test_each_revision_follows_its_parent(revisions):
    assert [row.number for row in revisions] == [0, 1, 2]
    assert revisions[2].parent == revisions[1]
    assert [documents.read(row) for row in revisions] == [FROZEN, FIRST, SECOND]
    assert list(documents.broken()) == []
    assert documents.orphans() == []


@pytest.mark.parametrize("pdf", [FROZEN, FROZEN[:-1], b"", b"x" + FIRST, FIRST.replace(b"frozen", b"melted")])
def test_only_an_append_is_accepted(pdf):
    frozen = documents.freeze("covenant", FROZEN)
    with pytest.raises(documents.NotAnAppend):
        documents.append(frozen, pdf, before=FROZEN)
    assert Revision.objects.count() == 1
    assert documents.orphans() == []


def test_a_revision_has_one_successor(revisions):
    other = FROZEN + b"somebody else at the same moment\n"
    with pytest.raises(IntegrityError), transaction.atomic():
        documents.append(revisions[0], other, before=FROZEN)
    assert Revision.objects.count() == 3
    assert len(documents.orphans()) == 1


@pytest.mark.parametrize("model", [Document, Revision])
def test_rows_are_never_changed_or_deleted(revisions, model):
    row = model.objects.order_by("pk").last()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    for act in (lambda: model.objects.update(created_at=None), lambda: model.objects.filter(pk=row.pk)._raw_delete("default")):
        with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
            act()


def test_a_flipped_byte_is_found(revisions):
    file = storage.path_of(revisions[1].sha256)
    file.chmod(0o600)
    file.write_bytes(FIRST.replace(b"frozen", b"frozem"))
    found = list(documents.broken())
    assert found == [f"document {revisions[0].document_id} revision 1: {revisions[1].sha256}: the stored bytes were changed"]


def test_a_missing_file_is_found(revisions):
    storage.path_of(revisions[2].sha256).unlink()
    assert "revision 2" in next(documents.broken())


def test_a_missing_revision_is_found(revisions):
    document = revisions[0].document_id
    rewrite("UPDATE records_revision SET number = 3 WHERE number = 2")
    assert list(documents.broken()) == [f"document {document}: revision before 3 is missing"]


def test_a_revision_that_does_not_continue_is_found(revisions):
    foreign = storage.keep(b"another file altogether, and long enough\n")
    rewrite("UPDATE records_revision SET sha256 = %s WHERE number = 2", foreign)
    assert list(documents.broken()) == [f"document {revisions[0].document_id}: revision 2 does not start with the one before"]


def test_documents_are_told_apart(revisions):
    other = documents.freeze("covenant", b"another\n")
    documents.append(other, b"another\nsigned\n", before=b"another\n")
    assert list(documents.broken()) == []


def test_bytes_from_outside_are_kept_once_whatever_they_are(revisions):
    kept = documents.keep_once("attachment", b"a letter\n")
    assert documents.keep_once("scan", b"a letter\n") == kept
    assert documents.keep_once("attachment", documents.read(revisions[1])) == revisions[1]


def test_bytes_without_a_row_are_orphans(revisions):
    left = storage.keep(b"written, then the power went\n")
    assert documents.orphans() == [left]
    assert list(documents.broken()) == []
