"""What a file from outside really is, found in its bytes and never believed from its name; and a name that can be shown."""

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from PIL import Image

from emulation.lib.vietnamese import nfc

PDF, DOCX, XLSX, PNG, JPEG = "PDF", "DOCX", "XLSX", "PNG", "JPEG"
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PNG: "image/png",
    JPEG: "image/jpeg",
}
ENDINGS = {".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX, ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG}
LONGEST_NAME = 150


def true_type(data: bytes) -> str:
    """What the bytes are: "PDF", "DOCX", "XLSX", "PNG", "JPEG", or "" for anything else."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    return _picture_type(data)


def claimed_type(name: str) -> str:
    """What a file's name says that it is; "" for an ending that is not known."""
    return ENDINGS.get(PurePosixPath(name).suffix.lower(), "")


def tidy_name(name: str) -> str:
    """The last part of a file's name, composed, without characters that no name shows; never longer than the column."""
    bare = PurePosixPath(nfc(name).replace("\\", "/")).name
    shown = "".join(char for char in bare if unicodedata.category(char)[0] != "C")
    words = re.sub(r'\s+|[<>:"|?*]', " ", shown).strip(" .") or "tep"
    ending = PurePosixPath(words).suffix[:10]
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - len(ending)] + ending


def fault(name: str, data: bytes, *, accepted: Sequence[str], most_bytes: int) -> str:
    """What is wrong with a file that says by its name what it is, in a sentence; "" for one that may be kept."""
    claimed = claimed_type(name)
    if claimed not in accepted:
        return _("Tệp “%(name)s” không được nhận: chỉ nhận %(kinds)s.") % {"name": name, "kinds": ", ".join(accepted)}
    if not data:
        return _("Tệp “%(name)s” không có nội dung.") % {"name": name}
    if len(data) > most_bytes:
        return _("Tệp “%(name)s” lớn quá %(n)d MB.") % {"name": name, "n": most_bytes // 1024 // 1024}
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


def _office_type(data: bytes) -> str:
    """A Word file or a workbook without macros: its parts are listed, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    if "[Content_Types].xml" not in parts or any(part.lower().endswith("vbaproject.bin") for part in parts):
        return ""
    found = [kind for kind, part in ((DOCX, "word/document.xml"), (XLSX, "xl/workbook.xml")) if part in parts]
    return found[0] if len(found) == 1 else ""


def _picture_type(data: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=[PNG, JPEG]) as picture:
                picture.verify()
                return str(picture.format)
    except Exception:  # noqa: BLE001  # whatever a decoder stumbles over, it is no picture that can be shown
        return ""
