"""Reading a PDF back with tools that share nothing with what printed it: poppler, qpdf, pdfium."""

import ctypes
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw

MM = 72 / 25.4
_WORD = "{http://www.w3.org/1999/xhtml}word"
_PAGE = "{http://www.w3.org/1999/xhtml}page"


@dataclass(frozen=True)
class Box:
    """A rectangle on a page in points, y counted from the top."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Word:
    text: str
    box: Box


def run(*command: str | Path, stdin: bytes | None = None) -> bytes:
    return subprocess.run([str(part) for part in command], input=stdin, capture_output=True, check=True).stdout


def text_of(pdf: bytes) -> str:
    """The text in reading order, as poppler finds it."""
    return run("pdftotext", "-", "-", stdin=pdf).decode()


def pages_of_words(pdf: bytes) -> list[list[Word]]:
    tree = ElementTree.fromstring(run("pdftotext", "-bbox", "-", "-", stdin=pdf))
    return [[_word(element) for element in page.iter(_WORD)] for page in tree.iter(_PAGE)]


def _word(element: ElementTree.Element) -> Word:
    sides = [float(element.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax")]
    return Word(element.text or "", Box(*sides))


def find(words: list[Word], phrase: str) -> Box:
    """Where the phrase stands, its words following each other. Raises `LookupError` when it is not on the page."""
    wanted = phrase.split()
    for first in range(len(words) - len(wanted) + 1):
        found = words[first : first + len(wanted)]
        if [word.text for word in found] == wanted:
            boxes = [word.box for word in found]
            return Box(
                min(box.left for box in boxes), min(box.top for box in boxes),
                max(box.right for box in boxes), max(box.bottom for box in boxes),
            )  # fmt: skip
    raise LookupError(phrase)


def page_with(pages: list[list[Word]], phrase: str) -> int:
    """The page (from 1) that has the phrase first."""
    for number, words in enumerate(pages, start=1):
        try:
            find(words, phrase)
        except LookupError:
            continue
        return number
    raise LookupError(phrase)


def is_composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)


def grey_picture(pdf: bytes, page: int, folder: Path, *, dpi: int) -> Path:
    """A greyscale picture of a page, as a copier makes it."""
    source, target = folder / "page.pdf", folder / "page"
    source.write_bytes(pdf)
    run("pdftoppm", "-gray", "-png", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", source, target)
    return target.with_suffix(".png")


def typeset(pdf: bytes, page: int, phrase: str) -> set[tuple[str, float]]:
    """The fonts (without their subset prefix) and sizes in which the letters of a phrase are set."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page - 1].get_textpage()
        text = "".join(chr(pypdfium2.raw.FPDFText_GetUnicode(sheet, place)) for place in range(sheet.count_chars()))
        start = text.index(phrase)
        places = [place for place in range(start, start + len(phrase)) if not text[place].isspace()]
        return {(_font(sheet, place), _size(sheet, place)) for place in places}


def _size(sheet: pypdfium2.PdfTextPage, place: int) -> float:
    """The size on paper: pdfium tells the font's own size and how the page scales it."""
    matrix = pypdfium2.raw.FS_MATRIX()
    pypdfium2.raw.FPDFText_GetMatrix(sheet, place, matrix)
    return round(pypdfium2.raw.FPDFText_GetFontSize(sheet, place) * abs(matrix.d), 2)


def _font(sheet: pypdfium2.PdfTextPage, place: int) -> str:
    name = ctypes.create_string_buffer(100)
    pypdfium2.raw.FPDFText_GetFontInfo(sheet, place, name, 100, None)
    return name.value.decode().split("+")[-1]
