"""The font of official documents: Times-metric serif, in four small subsets that every renderer of the project shares.

Decree 30/2020, Appendix I asks for Times New Roman. It is not free, so Tinos or Liberation Serif stand in, which have the same
widths; an office that owns a licence puts its own files into a folder and names it in DOCUMENT_FONT_DIR.
"""

import functools
import json
import shutil
import tempfile
import threading
import unicodedata
from pathlib import Path

from django.conf import settings
from fontTools import subset
from fontTools.ttLib import TTFont

FACES = ("regular", "bold", "italic", "bolditalic")

# File names that one family goes by, in the order of FACES.
_FAMILIES = (
    ("regular.ttf", "bold.ttf", "italic.ttf", "bolditalic.ttf"),
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    ("Times New Roman.ttf", "Times New Roman Bold.ttf", "Times New Roman Italic.ttf", "Times New Roman Bold Italic.ttf"),
    ("Times_New_Roman.ttf", "Times_New_Roman_Bold.ttf", "Times_New_Roman_Italic.ttf", "Times_New_Roman_Bold_Italic.ttf"),
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    tuple(f"LiberationSerif-{face}.ttf" for face in ("Regular", "Bold", "Italic", "BoldItalic")),
)
_SYSTEM_FOLDERS = (
    Path("/usr/share/fonts/truetype/croscore"),
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/liberation-serif"),
)
# Latin with Vietnamese, punctuation, currency, superscripts, arrows and mathematics; soft hyphens and joiners are left out below.
_REPERTOIRE = (
    (0x0020, 0x007E),
    (0x00A0, 0x017F),
    (0x01A0, 0x01A1),
    (0x01AF, 0x01B0),
    (0x01CD, 0x01DC),
    (0x0218, 0x021B),
    (0x0391, 0x03C9),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x2044, 0x2044),
    (0x2070, 0x208E),
    (0x20AB, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2150, 0x215E),
    (0x2190, 0x2195),
    (0x2200, 0x22C5),
    (0x25A0, 0x25CF),
)
# What a document may hold although no glyph is drawn for it; a tab prints as one space.
_LAYOUT = frozenset("\n\r\t")
_VERSION = 1
_RECIPE = "recipe.json"
_making = threading.Lock()
_compared: set[tuple[str, str]] = set()


class FontMissing(RuntimeError):
    """No complete Times-metric family is on this machine; nothing can be printed. `str(error)` says what to install."""


def ensure_subsets() -> Path:
    """The folder with regular.ttf, bold.ttf, italic.ttf and bolditalic.ttf, made when missing or when the source has changed.

    Raises `FontMissing` when there is no complete family to make them from.
    """
    folder = Path(settings.VAR_DIR) / "fonts"
    own = str(getattr(settings, "DOCUMENT_FONT_DIR", "") or "")
    # Asked for hundreds of times while one page is set: within a process the source is compared once.
    if (str(folder), own) not in _compared or not (folder / _RECIPE).exists():
        _bring_up_to_date(folder, own)
        _compared.add((str(folder), own))
    return folder


def missing_characters(text: str) -> list[str]:
    """The characters of the text that the document font cannot print, each once, in order of appearance.

    The text is composed (NFC) first, so a Vietnamese letter typed as letter + accent is fine; an accent that finds no composed
    letter is not. Line breaks and tabs are layout and allowed; other control, zero-width and private characters never are.
    """
    printable = _printable(_folder_stamp(ensure_subsets()))
    composed = unicodedata.normalize("NFC", text)
    return list(dict.fromkeys(char for char in composed if char not in _LAYOUT and ord(char) not in printable))


def describe(char: str) -> str:
    """A character that cannot be printed, for a person: "“😀” (U+1F600)", or only the code of what cannot be seen."""
    code = f"U+{ord(char):04X}"
    return code if unicodedata.category(char)[0] in "CMZ" else f"“{char}” ({code})"


def is_ready() -> bool:
    """Whether documents can be printed on this machine, for the health page."""
    try:
        folder = ensure_subsets()
    except (FontMissing, OSError):
        return False
    return all((folder / f"{face}.ttf").is_file() for face in FACES)


def face_path(face: str) -> Path:
    """The file of one of FACES."""
    return ensure_subsets() / f"{face}.ttf"


def _bring_up_to_date(folder: Path, own: str) -> None:
    sources = _sources(own)
    wanted = _recipe(sources)
    with _making:
        if _recorded(folder) != wanted:
            _make(folder, sources, wanted)


def _sources(own: str) -> tuple[Path, ...]:
    folders = (Path(own),) if own else _SYSTEM_FOLDERS
    for folder in folders:
        for family in _FAMILIES:
            files = tuple(folder / name for name in family)
            if all(file.is_file() for file in files):
                return files
    if own:
        raise FontMissing(f"DOCUMENT_FONT_DIR ({own}) does not hold times.ttf, timesbd.ttf, timesi.ttf and timesbi.ttf")
    raise FontMissing("no Times-metric font: install the Debian package fonts-croscore or fonts-liberation2")


def _recipe(sources: tuple[Path, ...]) -> str:
    """What the subsets are made from, so that a new font file or a new repertoire makes them anew."""
    facts = [(str(file), file.stat().st_size, int(file.stat().st_mtime)) for file in sources]
    return json.dumps({"version": _VERSION, "sources": facts, "repertoire": _REPERTOIRE})


def _recorded(folder: Path) -> str:
    record = folder / _RECIPE
    complete = record.is_file() and all((folder / f"{face}.ttf").is_file() for face in FACES)
    return record.read_text(encoding="utf-8") if complete else ""


def _make(folder: Path, sources: tuple[Path, ...], recipe: str) -> None:
    """Write the files beside their place and move them in, the recipe last: another process never reads half a file."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        for face, source in zip(FACES, sources, strict=True):
            _subset(source, draft / f"{face}.ttf")
        (draft / _RECIPE).write_text(recipe, encoding="utf-8")
        for name in [*(f"{face}.ttf" for face in FACES), _RECIPE]:
            (draft / name).replace(folder / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _subset(source: Path, target: Path) -> None:
    options = subset.Options()
    options.hinting = False
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
    options.notdef_outline = True
    # The time of making would differ on every machine; the source's own time keeps the file the same.
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_repertoire())
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    font.close()


def _repertoire() -> list[int]:
    codes = [code for first, last in _REPERTOIRE for code in range(first, last + 1)]
    return [code for code in codes if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Mn", "Mc"}]


def _folder_stamp(folder: Path) -> tuple[str, int]:
    return str(folder), (folder / _RECIPE).stat().st_mtime_ns


@functools.lru_cache(maxsize=4)
def _printable(stamp: tuple[str, int]) -> frozenset[int]:
    """The characters that all four faces have: any text may end up in bold or italics."""
    codes: set[int] | None = None
    for face in FACES:
        with TTFont(Path(stamp[0]) / f"{face}.ttf", lazy=True) as font:
            mapped = set(font.getBestCmap())
        codes = mapped if codes is None else codes & mapped
    return frozenset(codes or ())
