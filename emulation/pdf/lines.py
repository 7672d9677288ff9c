"""Breaking short texts into lines of about equal length: agency names, titles, positions.

Official heads look careless when one word is left alone on the last line, or when "CÔNG" stands on one line and "AN" on the next;
the page engine cannot balance lines by itself.
"""

import functools
import re
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

from emulation.pdf import fonts

# Compounds that read badly when a line breaks inside them.
_COMPOUNDS = re.compile(
    r"\b("
    r"công an( (huyện|quận|thị xã|thành phố|tỉnh|xã|phường|thị trấn|đặc khu))?|thị xã|thành phố|thị trấn|đặc khu"
    r"|(khối |cụm )?thi đua|phong trào|giao ước|an ninh|tổ quốc|nội bộ|điện tử|đơn vị"
    r"|giám đốc|(kt\. |phó )?trưởng( phòng)?|(thượng|trung|thiếu|đại) (tá|úy|tướng)|đại diện|lãnh đạo|chứng kiến|xác nhận"
    r"|năm \d+|ngày \d+"
    r")\b",
    re.IGNORECASE,
)
_JOIN = "\x00"


def text_width(text: str, *, face: str, size: float) -> float:
    """The width of the text in points, set in a face of `fonts.FACES` at `size` points; missing characters count as a space."""
    return _measure(text, _widths_of(face)) * size


def balanced_lines(text: str, *, face: str, size: float, width: float) -> list[str]:
    """The text in as few lines as fit into `width` points, broken so that the longest of them is as short as possible.

    A single word that is wider than `width` keeps a line of its own.
    """
    words = _words(text)
    if not words:
        return []
    widths = _widths_of(face)
    lengths = [_measure(word, widths) * size for word in words]
    space = _measure(" ", widths) * size
    fewest = len(_filled(lengths, space, width))
    narrowest = _narrowest(lengths, space, width, fewest)
    breaks = _filled(lengths, space, narrowest)
    return [" ".join(words[first:last]) for first, last in breaks]


def _words(text: str) -> list[str]:
    """The text at the places where it may break: not inside the common compounds of names."""
    bound = _COMPOUNDS.sub(lambda found: _JOIN.join(found[0].split()), unicodedata.normalize("NFC", text))
    return [word.replace(_JOIN, " ") for word in bound.split()]


def _narrowest(lengths: list[float], space: float, width: float, fewest: int) -> float:
    """The smallest width at which the words still fit into `fewest` lines, to a quarter of a point."""
    low, high = max(lengths), max(width, *lengths)
    while high - low > 0.25:
        middle = (low + high) / 2
        if len(_filled(lengths, space, middle)) <= fewest:
            high = middle
        else:
            low = middle
    return high


def _filled(lengths: list[float], space: float, width: float) -> list[tuple[int, int]]:
    """Lines as (first word, one past the last word), each filled as far as it goes."""
    lines: list[tuple[int, int]] = []
    first, used = 0, lengths[0]
    for place, length in enumerate(lengths[1:], start=1):
        if used + space + length > width:
            lines.append((first, place))
            first, used = place, length
        else:
            used += space + length
    return [*lines, (first, len(lengths))]


def _measure(text: str, widths: dict[int, float]) -> float:
    space = widths.get(0x20, 0.25)
    return sum(widths.get(ord(char), space) for char in unicodedata.normalize("NFC", text))


def _widths_of(face: str) -> dict[int, float]:
    file = fonts.face_path(face)
    return _widths((file, file.stat().st_mtime_ns))


@functools.lru_cache(maxsize=8)
def _widths(version: tuple[Path, int]) -> dict[int, float]:
    """The width of each character in ems. A version is a file with its time, so that another font is measured anew."""
    with TTFont(version[0], lazy=True) as font:
        units = font["head"].unitsPerEm
        advances = font["hmtx"]
        return {code: advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}
