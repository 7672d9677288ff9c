"""Pages of a text that is not frozen yet: rendered once for each different content, then served from disk."""

import hashlib
import os
import re
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from blocs.documents.printing import document_html
from blocs.domain.snapshots import document_frame, draft_text, version_text
from blocs.models import BlocDocument, Version
from emulation.lib import clock, vietnamese
from emulation.pdf import finish, pictures
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.render import render
from emulation.pdf.sheet import written_date

_SHA256 = re.compile(r"[0-9a-f]{64}")
KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Preview:
    """A rendered preview: the hash of its HTML names it, `marked` is the page of the highlighted clause (0: none)."""

    key: str
    pages: int
    marked: int = 0


def draft_preview(document: BlocDocument, *, highlight_key: str = "") -> Preview:
    """The working draft as it would print now."""
    text = draft_text(document)
    frame = document_frame(document, draft_label="DỰ THẢO", highlight_key=highlight_key)
    key, pdf = rendered(document.pk, document_html(document.kind, text, frame))
    marked = 0
    clause = next((row for row in text.clauses if row.key == highlight_key), None)
    if clause and (clause.heading or clause.text):
        marked = _page_with(pdf, (clause.heading or clause.text)[:40])
    return Preview(key, pictures.page_count(pdf), marked)


def version_preview(version: Version) -> Preview:
    """A published version as it prints."""
    html = document_html(version.document.kind, version_text(version), version_frame(version))
    key, pdf = rendered(version.document_id, html)
    return Preview(key, pictures.page_count(pdf))


def annex_pdf(version: Version, held_on: date) -> bytes:
    """An adopted version as it goes out with the minutes of the conference held on that day."""
    document = version.document
    body = f"của {document.bloc_year.full_name}"
    frame = document_frame(document, annex_of=f"Ban hành kèm theo Biên bản hội nghị {written_date(held_on)} {body}")
    return printed(document.pk, document_html(document.kind, version_text(version), frame))


def version_frame(version: Version) -> DocumentFrame:
    """The frame in which a published version is printed, whether on paper or in Word."""
    return document_frame(version.document, draft_label=f"DỰ THẢO LẦN {version.number}", lapse_sentence=_deadline_words(version))


def printed(document_id: int | str, html: str) -> bytes:
    """A page that belongs to this document as PDF: printed once for each different content."""
    return rendered(document_id, html)[1]


def _deadline_words(version: Version) -> str:
    """What a published draft prints about its deadline; official, so never translated."""
    deadline = clock.local(version.deadline)
    words = f"Đề nghị các đơn vị cho ý kiến trước {deadline:%H} giờ {deadline:%M} ngày {deadline:%d/%m/%Y}."
    return f"{words} {version.lapse_sentence}".strip()


def preview_pdf(document_id: int | str, key: str) -> bytes | None:
    """The PDF of a preview of this document made before, or None."""
    if not _SHA256.fullmatch(key):
        return None
    file = _file(document_id, key)
    return file.read_bytes() if file.is_file() else None


def preview_picture(document_id: int | str, key: str, page: int, width: int) -> bytes | None:
    """A page of a preview as PNG, or None when there is no such preview. Raises `IndexError` for a page it does not have."""
    pdf = preview_pdf(document_id, key)
    if pdf is None:
        return None
    file = _file(document_id, key).with_name(f"{key}-{page}-{width}.png")
    if not file.is_file():
        _keep(file, pictures.page_picture(pdf, page, width=width))
    return file.read_bytes()


def rendered(document_id: int | str, html: str) -> tuple[str, bytes]:
    """The key and the PDF of a page that belongs to this document (or to what has this folder): printed once for each content."""
    key = hashlib.sha256(html.encode()).hexdigest()
    known = preview_pdf(document_id, key)
    if known is not None:
        return key, known
    pdf = finish.finish(render(html))
    file = _file(document_id, key)
    _keep(file, pdf)
    _sweep(file.parent)
    return key, pdf


def _sweep(folder: Path) -> None:
    """Forget what nobody looks at any more: each saved word makes a preview, and they can all be made again."""
    oldest = time.time() - KEPT_SECONDS
    for file in folder.iterdir():
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)


def _file(document_id: int | str, key: str) -> Path:
    return Path(settings.VAR_DIR) / "previews" / str(document_id) / f"{key}.pdf"


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(draft).replace(file)


def _page_with(pdf: bytes, words: str) -> int:
    wanted = "".join(vietnamese.search_key(words).split())
    for number, text in enumerate(pictures.page_texts(pdf), start=1):
        if wanted in "".join(vietnamese.search_key(text).split()):
            return number
    return 0
