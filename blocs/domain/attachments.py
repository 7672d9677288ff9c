"""Files that come with a remark: what they are is found in their bytes, never believed from their name."""

import hashlib
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs.models.remarks import MOST_ATTACHMENTS, MOST_BYTES, Remark, RemarkAttachment
from emulation.lib.vietnamese import nfc
from emulation.records.domain import documents

PDF, DOCX, PNG, JPEG = "PDF", "DOCX", "PNG", "JPEG"
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PNG: "image/png",
    JPEG: "image/jpeg",
}
ENDINGS = {".pdf": PDF, ".docx": DOCX, ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG}
_KIND = "attachment"
_LONGEST_NAME = 150


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Examined:
    """A file whose content is what its name says."""

    name: str
    media_type: str
    data: bytes


def examine(uploads: Sequence[Upload]) -> list[Examined]:
    """Check number, size and true type of the files. Raises `ValidationError` with a sentence for each fault."""
    faults = []
    if len(uploads) > MOST_ATTACHMENTS:
        faults.append(_("Mỗi ý kiến kèm nhiều nhất %(n)d tệp.") % {"n": MOST_ATTACHMENTS})
    found: list[Examined] = []
    for upload in uploads[:MOST_ATTACHMENTS]:
        name = tidy_name(upload.name)
        fault = _fault(name, upload.data)
        faults += [fault] if fault else []
        if not fault:
            found.append(Examined(name, MEDIA_TYPES[ENDINGS[_ending(name)]], upload.data))
    if faults:
        raise ValidationError({"attachments": faults})
    return found


def keep(remark: Remark, files: Sequence[Examined]) -> list[RemarkAttachment]:
    """Keep the bytes by their hash and note them with the remark; the same bytes are kept once.

    They are kept in the order of their hashes, so that two who send the same files do not wait for each other.
    """
    by_hash = {hashlib.sha256(file.data).hexdigest(): file.data for file in files}
    kept = {digest: documents.keep_once(_KIND, data) for digest, data in sorted(by_hash.items())}
    return [
        RemarkAttachment.objects.create(
            remark=remark,
            order=order,
            name=file.name,
            media_type=file.media_type,
            revision=kept[hashlib.sha256(file.data).hexdigest()],
        )
        for order, file in enumerate(files, start=1)
    ]


def tidy_name(name: str) -> str:
    """The last part of a file's name, composed, without characters that no name shows; never longer than the column."""
    bare = PurePosixPath(nfc(name).replace("\\", "/")).name
    shown = "".join(char for char in bare if unicodedata.category(char)[0] != "C")
    words = re.sub(r'\s+|[<>:"|?*]', " ", shown).strip(" .") or "tep"
    ending = PurePosixPath(words).suffix[:10]
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - len(ending)] + ending


def true_type(data: bytes) -> str:
    """What the bytes are: "PDF", "DOCX", "PNG", "JPEG", or "" for anything else."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(data) else ""
    return _picture_type(data)


def _fault(name: str, data: bytes) -> str:
    claimed = ENDINGS.get(_ending(name))
    if claimed is None:
        return _("Tệp “%(name)s” không được nhận: chỉ nhận PDF, DOCX, PNG, JPEG.") % {"name": name}
    if not data:
        return _("Tệp “%(name)s” không có nội dung.") % {"name": name}
    if len(data) > MOST_BYTES:
        return _("Tệp “%(name)s” lớn quá %(n)d MB.") % {"name": name, "n": MOST_BYTES // 1024 // 1024}
    found = true_type(data)
    if not found:
        return _("Tệp “%(name)s” không phải là %(claimed)s như tên gọi, hoặc đã hỏng.") % {"name": name, "claimed": claimed}
    if found != claimed:
        return _("Tệp “%(name)s” có nội dung là %(found)s, không phải %(claimed)s như tên gọi.") % {
            "name": name,
            "found": found,
            "claimed": claimed,
        }
    return ""


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_docx(data: bytes) -> bool:
    """A Word file without macros: its parts are listed, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    has_macros = any(part.lower().endswith("vbaproject.bin") for part in parts)
    return {"[Content_Types].xml", "word/document.xml"} <= parts and not has_macros


def _picture_type(data: bytes) -> str:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=[PNG, JPEG]) as picture:
                picture.verify()
                return str(picture.format)
    except Exception:  # noqa: BLE001  # whatever a decoder stumbles over, it is no picture that can be shown
        return ""
