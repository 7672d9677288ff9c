"""Copy the front-end files in use from node_modules/ into static/vendor/, fit for hashed names.

The manifest storage renames every file and follows every reference in a style sheet or script; a reference to a file that is not
there would turn each page into an error. So source maps and the older font formats are cut out of what is copied.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

# To add a file: put its package into package.json, run `make lock`, and name the file here.
TABLER = MODULES / "@tabler" / "core" / "dist"
ICONS = MODULES / "@tabler" / "icons-webfont"
CHARTS = MODULES / "chart.js"
TEXT_FONT = MODULES / "@fontsource" / "be-vietnam-pro"
FIGURES_FONT = MODULES / "@fontsource-variable" / "inter"
TEXT_FACES = ("400", "400-italic", "500", "600", "700")

SOURCE_MAP = re.compile(r"(/\*|//)[#@]\s*sourceMappingURL=[^\n*]*(\*/)?")
OLD_FORMAT = re.compile(r",\s*url\([^)]*\)\s*format\(['\"](?:woff|truetype)['\"]\)")
QUERY = re.compile(r"(\.woff2)\?[^'\")]*")


def main() -> None:
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    write("tabler/tabler.min.css", read(TABLER / "css" / "tabler.min.css"))
    write("tabler/tabler.min.js", read(TABLER / "js" / "tabler.min.js"))
    write("tabler-icons/tabler-icons.min.css", read(ICONS / "dist" / "tabler-icons.min.css"))
    copy("tabler-icons/fonts/tabler-icons.woff2", ICONS / "dist" / "fonts" / "tabler-icons.woff2")
    copy("tabler-icons/LICENSE", ICONS / "LICENSE")
    write("chartjs/chart.umd.min.js", read(CHARTS / "dist" / "chart.umd.min.js"))
    copy("chartjs/LICENSE", CHARTS / "LICENSE.md")
    copy_text_font()
    copy("inter/inter-latin-wght-normal.woff2", FIGURES_FONT / "files" / "inter-latin-wght-normal.woff2")
    copy("inter/LICENSE", FIGURES_FONT / "LICENSE")


def copy_text_font() -> None:
    """One style sheet for the faces in use, and the files that it names."""
    sheet = "\n".join(read(TEXT_FONT / f"{face}.css") for face in TEXT_FACES)
    write("be-vietnam-pro/be-vietnam-pro.css", sheet)
    for name in re.findall(r"files/([\w-]+\.woff2)", sheet):
        copy(f"be-vietnam-pro/files/{name}", TEXT_FONT / "files" / name)
    copy("be-vietnam-pro/LICENSE", TEXT_FONT / "LICENSE")


def read(source: Path) -> str:
    text = source.read_text(encoding="utf-8")
    return QUERY.sub(r"\1", OLD_FORMAT.sub("", SOURCE_MAP.sub("", text)))


def write(name: str, text: str) -> None:
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def copy(name: str, source: Path) -> None:
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
