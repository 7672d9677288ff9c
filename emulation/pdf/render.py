"""The only door to WeasyPrint: HTML of our own templates in, a tagged PDF/A-3a out.

WeasyPrint is imported on the first use, because it costs over half a second and most processes never print. Its text engine
corrupts the heap when two threads share a font configuration, so there is one lock for the process and one press per thread.
"""

import functools
import re
import threading
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from emulation.lib import garbage
from emulation.pdf import fonts

if TYPE_CHECKING:
    from weasyprint import CSS

VARIANT = "pdf/a-3a"
SHEET = "decree.css"
# A page of data: pictures is larger than any text that the forms let through.
_LONGEST_HTML = 4_000_000
_LONGEST_PICTURE = 1_500_000
_PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,")
_FACE_RULES = (
    ("regular", "normal", "normal"),
    ("bold", "bold", "normal"),
    ("italic", "normal", "italic"),
    ("bolditalic", "bold", "italic"),
)
_NOTE_MARKS = re.compile(r"^::(footnote|note)-[^}]*\}", re.MULTILINE)
_printing = threading.Lock()
_own = threading.local()


class Unrenderable(ValueError):
    """The HTML is too long, too deep, or asks for something not ours. Users never author HTML: the fault is in a template."""


class _Press:
    """What one thread keeps between two documents: its fonts and parsed stylesheets."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self.fonts: FontConfiguration = FontConfiguration()
        self.faces = _engine().CSS(string=font_faces(), font_config=self.fonts, url_fetcher=_fetcher())
        self._sheets: dict[str, CSS] = {}

    def sheet(self, name: str) -> "CSS":
        if name not in self._sheets:
            self._sheets[name] = _engine().CSS(filename=_documents() / name, font_config=self.fonts, url_fetcher=_fetcher())
        return self._sheets[name]


def render(html: str, *, sheet: str = SHEET, variant: str = VARIANT) -> bytes:
    """A tagged PDF/A-3a of the HTML, set with a stylesheet of templates/documents/ and the document font.

    Only our own files and `data:` pictures are read, nothing is fetched from a host. Raises `Unrenderable` for anything else
    and `fonts.FontMissing` when there is no document font. An empty `variant` gives a plain, untagged PDF (for stamps).
    """
    if len(html) > _LONGEST_HTML:
        raise Unrenderable(f"the HTML has {len(html)} characters, at most {_LONGEST_HTML} are printed")
    composed = unicodedata.normalize("NFC", html)
    with _printing, garbage.put_off():
        return _print(composed, sheet, variant)


def warm() -> None:
    """Import the engine, make the fonts and print a line in all four faces: then the first document is as quick as the next."""
    render('<html lang="vi"><title>Thử</title><p>Thử <b>chữ <i>đậm</i></b> <i>nghiêng</i>')


def _print(html: str, sheet: str, variant: str) -> bytes:
    press = _press()
    stylesheets = [press.faces, press.sheet(sheet)]
    _own.foreign = []
    try:
        document = _page()(string=html, base_url=_documents().as_uri() + "/", url_fetcher=_fetcher())
        pdf: bytes = document.write_pdf(font_config=press.fonts, stylesheets=stylesheets, pdf_variant=variant or None)
    except _refusals() as refusal:
        raise Unrenderable(str(refusal)) from refusal
    except RecursionError as error:
        raise Unrenderable("the HTML is nested too deeply") from error
    if _own.foreign:
        # Inside a drawing the engine swallows even a fatal refusal and leaves a gap.
        raise Unrenderable(_own.foreign[0])
    return pdf


def _press() -> _Press:
    press: _Press | None = getattr(_own, "press", None)
    if press is None:
        press = _own.press = _Press()
    return press


def font_faces() -> str:
    """The rules that name the four faces of the document font, by their files."""
    folder = fonts.ensure_subsets()
    return "".join(
        f"@font-face {{ font-family: Document; font-weight: {weight}; font-style: {style};"
        f' src: url("{(folder / face).as_uri()}.ttf") }}\n'
        for face, weight, style in _FACE_RULES
    )


def _documents() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "documents"


def _may_read(url: str) -> bool:
    """Whether a template may use that address: a picture within the page, a font of ours, a file beside the templates."""
    if url.startswith(_PICTURES):
        return len(url) <= _LONGEST_PICTURE
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return False
    file = Path(unquote(parts.path)).resolve()
    return any(file.is_relative_to(folder.resolve()) for folder in (_documents(), fonts.ensure_subsets()))


@functools.cache
def _engine() -> Any:
    import weasyprint

    return weasyprint


@functools.cache
def _page() -> Any:
    """The engine's reader of HTML, with a smaller one of its own stylesheets under ours.

    Theirs gives every element styles for marks of notes and of lists. Official documents have no notes, and marks in lists alone;
    without the others, printing is a twelfth quicker and gives the same bytes (a test compares them).
    """
    from weasyprint.html import UA

    spared = _engine().CSS(string=_NOTE_MARKS.sub("", UA).replace("\n::marker", "\nli::marker"), url_fetcher=_fetcher())

    class Page(_engine().HTML):  # type: ignore[misc]
        def _ua_stylesheets(self, forms: bool = False) -> Any:
            return [spared, *super()._ua_stylesheets(forms)[1:]]

    return Page


@functools.cache
def _refusals() -> type[BaseException]:
    from weasyprint.urls import FatalURLFetchingError

    refusal: type[BaseException] = FatalURLFetchingError
    return refusal


@functools.cache
def _fetcher() -> Any:
    """A fetcher that stops the printing at any foreign address instead of leaving a gap in an official document."""
    from weasyprint.urls import URLFetcher

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not _may_read(url):
                _own.foreign = [f"not ours to read: {url[:200]}"]
                raise _refusals()(_own.foreign[0])
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols=("file", "data"), allow_redirects=False)
