"""Other printers of the same covenant: Chromium, LibreOffice and Typst. Each is None when it is not on this machine."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.covenant import Printable
from emulation.pdf.render import font_faces

Print = Callable[[], object]
_FACES = (("normal", "normal", "Tinos"), ("bold", "normal", "Tinos Bold"), ("normal", "italic", "Tinos Italic"))
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-sync", "--no-first-run")


@contextmanager
def chromium(printable: Printable, sheet: str, folder: Path) -> Iterator[dict[str, Print]]:
    """A running headless Chromium that opens the HTML with a sheet inside and prints it, tagged; empty when it is not there.

    `chromium` is given exactly what our printer is given: the same HTML, sheet and font files. `chromium-system-font` finds the
    faces among the fonts of the system instead, and so loads no file.
    """
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None or importlib.util.find_spec("playwright") is None:
        yield {}
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=[*_QUIET, *sandbox])
        page = browser.new_page()

        def printer(name: str, faces: str) -> Print:
            file = folder / f"{name}.html"
            file.write_text(printable.html.replace("</head>", f"<style>{faces}{sheet}</style></head>"), encoding="utf-8")

            def print_page() -> None:
                page.goto(file.as_uri())
                page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

            return print_page

        faces = {"chromium": font_faces(), "chromium-system-font": _system_faces()}
        yield {name: printer(name, rules) for name, rules in faces.items()}
        browser.close()


def libreoffice(printable: Printable, folder: Path) -> Print | None:
    """A cold conversion of the covenant's own .docx: a new process each time, with a profile that is there already."""
    program = shutil.which("soffice")
    if program is None:
        return None
    source = folder / "covenant.html"
    source.write_text(printable.html, encoding="utf-8")
    start = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    into = ["--outdir", str(folder)]
    _run(*start, "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", *into, str(source))
    document = folder / "covenant.docx"
    if not document.exists():
        return None
    return lambda: _run(*start, "--convert-to", "pdf", *into, str(document))


def typst(printable: Printable, folder: Path) -> Print | None:
    """The same words set by Typst, which is native code: about what a machine can do. No tags, no fields, a plainer layout."""
    source = folder / "covenant.typ"
    source.write_text(_typst_source(printable), encoding="utf-8")
    if importlib.util.find_spec("typst") is not None:
        module: Any = importlib.import_module("typst")
        compiler = module.Compiler(str(source))
        return lambda: compiler.compile(format="pdf")
    program = shutil.which("typst")
    if program is None:
        return None
    return lambda: _run(program, "compile", str(source), str(folder / "typst.pdf"))


def _system_faces() -> str:
    return "".join(
        f"@font-face {{ font-family: Document; font-weight: {weight}; font-style: {style}; src: local('{name}') }}"
        for weight, style, name in _FACES
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)


def _typst_source(printable: Printable) -> str:
    text, frame = printable.text, printable.frame
    lines = [
        '#set page(paper: "a4", margin: (top: 20mm, bottom: 20mm, left: 30mm, right: 15mm), numbering: "1")',
        '#set text(font: ("Tinos", "Liberation Serif"), size: 14pt, lang: "vi")',
        "#set par(justify: true)",
        *(_said(words) for words in (frame.agency, frame.bloc_name, text.title, *text.bases, *text.opening.splitlines())),
    ]
    for clause in text.clauses:
        lines += [f"#strong({_quoted(clause.heading)})\n", *(_said(line) for line in clause.text.splitlines())]
    rows = [(row.name, row.measure, row.bloc_value, " ".join(row.unit_values.values())) for row in text.indicators]
    cells = ", ".join(_quoted(cell) for row in rows for cell in row)
    lines.append(f"#table(columns: (1fr, auto, auto, auto), {cells})")
    seats = ", ".join(f"box(height: 40mm, {_quoted(seat.unit_name)})" for seat in frame.seats)
    lines.append(f"#grid(columns: (1fr, 1fr), {seats})")
    return "\n".join([*lines, *(_said(words) for words in text.recipients)])


def _said(words: str) -> str:
    return f"#{_quoted(words)}\n"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
