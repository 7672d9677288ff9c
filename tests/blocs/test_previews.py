"""Previews are rendered once for each content and forgotten after a day."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings

from blocs.domain import drafts, previews
from tests import builders

pytestmark = pytest.mark.django_db


def _files(document_id: int) -> list[Path]:
    return sorted((Path(settings.VAR_DIR) / "previews" / str(document_id)).glob("*"))


def test_an_unchanged_draft_is_not_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = builders.document()
    first = previews.draft_preview(made.row)
    monkeypatch.delattr(previews, "render")
    assert previews.draft_preview(made.row) == first


def test_a_changed_draft_is_another_preview_and_yesterdays_is_forgotten() -> None:
    made = builders.document()
    old = previews.draft_preview(made.row)
    assert previews.preview_picture(made.pk, old.key, 1, 174)
    for file in _files(made.pk):
        os.utime(file, (time.time() - previews.KEPT_SECONDS - 60,) * 2)
    drafts.save_text(made.row, actor=made.leader, seen=made.row.edits, values={"opening": "Lời mở đầu khác."})
    new = previews.draft_preview(made.row)
    assert new.key != old.key
    assert previews.preview_pdf(made.pk, old.key) is None
    assert previews.preview_picture(made.pk, old.key, 1, 174) is None
    assert previews.preview_pdf(made.pk, new.key)


def test_the_page_of_the_clause_being_typed_is_found() -> None:
    made = builders.document()
    last = made.row.clauses.filter(kind="clause", part="implementation").order_by("order").last()
    assert last is not None
    preview = previews.draft_preview(made.row, highlight_key=str(last.key))
    assert 1 < preview.marked <= preview.pages


def test_a_preview_belongs_to_its_covenant() -> None:
    made, other = builders.document(), builders.document()
    key = previews.draft_preview(made.row).key
    assert previews.preview_pdf(other.pk, key) is None
    assert previews.preview_pdf(made.pk, "../../secret_key") is None
