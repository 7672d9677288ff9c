"""Open a workbook that came from outside: how large it may be, and what it may not hold, before anything in it is believed."""

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from emulation.lib.vietnamese import nfc

MOST_BYTES = 2 * 1024 * 1024
# Unpacked: a table of 600 rows is well below one megabyte.
MOST_UNPACKED = 12 * 1024 * 1024
MOST_PARTS = 60
MOST_ROWS = 1000
# Merged cells and links over a range are unpacked cell by cell: one short line may stand for a whole sheet, billions of them.
MOST_SPANNED = 100_000
_SPANS = ("mergeCell", "hyperlink")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


class Unreadable(ValueError):
    """The file is not taken at all. The text says why."""


def opened(data: bytes) -> Workbook:
    """The workbook. Raises `Unreadable` for what is too large, no workbook, or made to harm."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("Tệp lớn hơn %(n)d MB.") % {"n": MOST_BYTES // 1024 // 1024})
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_inside(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise Unreadable(_("Tệp không phải sổ Excel (.xlsx).")) from error
    try:
        return load_workbook(io.BytesIO(data), data_only=False, keep_links=False, rich_text=False)
    except Exception as error:
        raise Unreadable(_("Không đọc được sổ Excel này. Đồng chí tải mẫu, chép dữ liệu sang rồi nhập lại.")) from error


def sheet_named(book: Workbook, name: str) -> Worksheet:
    """A sheet of the template. Raises `Unreadable` when it is not there, or longer than any table."""
    if name not in book.sheetnames or not isinstance(book[name], Worksheet):
        raise Unreadable(_("Sổ Excel không có trang “%(name)s”. Đồng chí dùng mẫu tải từ hệ thống.") % {"name": name})
    sheet = book[name]
    if sheet.max_row > MOST_ROWS:
        words = {"name": name, "n": sheet.max_row, "most": MOST_ROWS}
        raise Unreadable(_("Trang “%(name)s” có %(n)d dòng, nhiều hơn %(most)d dòng.") % words)
    return sheet


def _look_inside(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(_("Nội dung tệp quá lớn sau khi giải nén."))
    left = MOST_UNPACKED
    for part in parts:
        with archive.open(part) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:  # the sizes that the archive names were not true
            raise Unreadable(_("Nội dung tệp quá lớn sau khi giải nén."))
        _look_at(content)
        if part.filename.endswith("vbaProject.bin"):
            raise Unreadable(_("Tệp chứa macro, không được phép."))


def _look_at(content: bytes) -> None:
    """One part, by whatever name and in whatever encoding: no document type, no ranges of more cells than any table has."""
    spanned = 0

    def refuse(*_said: object) -> None:
        raise Unreadable(_("Tệp chứa khai báo DOCTYPE, không được phép."))

    def begin(name: str, given: Mapping[str, str]) -> None:
        nonlocal spanned
        if name.rpartition(" ")[2] in _SPANS:
            spanned += _cells_in(given.get("ref", ""))
            if spanned > MOST_SPANNED:
                raise Unreadable(_("Tệp gộp ô hoặc đặt liên kết trên vùng quá lớn; bỏ gộp, bỏ liên kết rồi nhập lại."))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, begin
    with suppress(expat.ExpatError):  # a picture, or nothing that could be read later either
        parser.ParseFile(io.BytesIO(content))


def _cells_in(reference: str) -> int:
    """How many cells a range has; a range that is none has none, and is refused when the workbook is read."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    return ((bottom or _LAST_ROW) - (top or 1) + 1) * ((right or _LAST_COLUMN) - (left or 1) + 1)


def text_of(value: object) -> str:
    """A cell as text. Excel keeps every number as a float; its shortest spelling is what the person typed."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return nfc(str(value)).replace("\r\n", "\n").replace("_x000D_", "").strip()
