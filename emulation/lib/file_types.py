"""What a file from outside really is, found in its bytes and never believed from its name; and a name that can be shown."""

import io
import re
import unicodedata
import warnings
import zipfile
from pathlib import PurePosixPath

from PIL import Image

from emulation.lib.vietnamese import nfc

PDF, DOCX, PNG, JPEG = "PDF", "DOCX", "PNG", "JPEG"
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PNG: "image/png",
    JPEG: "image/jpeg",
}
ENDINGS = {".pdf": PDF, ".docx": DOCX, ".png": PNG, ".jpg": JPEG, ".jpeg": JPEG}
LONGEST_NAME = 150


def true_type(data: bytes) -> str:
    """What the bytes are: "PDF", "DOCX", "PNG", "JPEG", or "" for anything else."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return DOCX if _is_docx(data) else ""
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
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=[PNG, JPEG]) as picture:
                picture.verify()
                return str(picture.format)
    except Exception:  # noqa: BLE001  # whatever a decoder stumbles over, it is no picture that can be shown
        return ""
