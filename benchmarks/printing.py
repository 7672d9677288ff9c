"""How long the official PDF of the eight-unit covenant takes, tagged, PDF/A-3a and PDF/UA-1, beside other printers of the same text.

All are warm and take turns, so their ratios hold on a busy machine too. LibreOffice alone is cold, as an office that converts a
Word file would start it.
"""

from pathlib import Path

from django.conf import settings

from benchmarks import figures, peers, timing
from benchmarks.covenant import Printable, printable
from benchmarks.figures import Figure
from benchmarks.timing import Series, milliseconds
from emulation.pdf.render import SHEET

ROUNDS = 15
COLD_ROUNDS = 5
MOST_OF_CHROMIUM = 2.3
MOST_OF_LIBREOFFICE = 0.25


def measure(folder: Path) -> list[Figure]:
    """The ratios to Chromium and LibreOffice, and Typst beside them."""
    paper = printable()
    sheet = (Path(settings.BASE_DIR) / "templates" / "documents" / SHEET).read_text(encoding="utf-8")
    with peers.chromium(paper, sheet, folder) as chromium:
        candidates = {"ours": paper.make_pdf, **chromium, "typst": peers.typst(paper, folder)}
        warm = timing.take_turns({name: call for name, call in candidates.items() if call}, ROUNDS)
    return [
        figures.beside("the covenant of eight units, median", milliseconds(warm["ours"].wall), _note(paper, warm["ours"])),
        _against_chromium(warm),
        _against_libreoffice(paper, folder),
        _against_typst(warm),
    ]


def _note(paper: Printable, ours: Series) -> str:
    return (
        f"{milliseconds(ours.cpu)} of processor; {len(paper.make_pdf()) // 1024} kB, {len(paper.frame.seats)} units and a witness"
    )


def _against_chromium(warm: dict[str, Series]) -> Figure:
    name = "ratio to warm headless Chromium"
    if "chromium" not in warm:
        return figures.not_installed(name, "Chromium", f"<= {MOST_OF_CHROMIUM} times")
    ratio = warm["ours"].wall / warm["chromium"].wall
    own_font = milliseconds(warm["chromium-system-font"].wall)
    note = (
        f"Chromium {milliseconds(warm['chromium'].wall)}, with a font of the system {own_font}; medians of {ROUNDS} runs in turns"
    )
    return figures.at_most(name, ratio, MOST_OF_CHROMIUM, "times", digits=2, note=note)


def _against_libreoffice(paper: Printable, folder: Path) -> Figure:
    name = "ratio to a cold LibreOffice conversion of its .docx"
    convert = peers.libreoffice(paper, folder)
    if convert is None:
        return figures.not_installed(name, "LibreOffice", f"<= {MOST_OF_LIBREOFFICE} times")
    cold = timing.take_turns({"ours": paper.make_pdf, "libreoffice": convert}, COLD_ROUNDS, warm=1)
    ratio = cold["ours"].wall / cold["libreoffice"].wall
    note = f"LibreOffice {milliseconds(cold['libreoffice'].wall)}; medians of {COLD_ROUNDS} runs in turns"
    return figures.at_most(name, ratio, MOST_OF_LIBREOFFICE, "times", digits=2, note=note)


def _against_typst(warm: dict[str, Series]) -> Figure:
    name = "ratio to Typst, the limit"
    if "typst" not in warm:
        return figures.not_installed(name, "Typst")
    return figures.beside(
        name, f"{warm['ours'].wall / warm['typst'].wall:.1f} times", f"Typst {milliseconds(warm['typst'].wall)}"
    )
