"""Gather the sentences of the interface into the English catalogue. The source sentences are Vietnamese; they need none."""

import os
import re
import subprocess
import sys
from pathlib import Path

# Nobody who uses the system reads what these hold; official documents are Vietnamese only.
LEFT_OUT = [".venv", "benchmarks", "deploy", "node_modules", "templates/documents", "tests", "var"]
HEADER = """\
# What the screen says, in English for visitors. Documents and notices stay Vietnamese.
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def gather(root: Path) -> None:
    """Bring emulation/locale/en below the root up to date: new sentences come in untranslated, those in no file any more go.

    The same sentences give the same bytes, so that the file changes only when they do.
    """
    catalogue = root / "emulation" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not catalogue.exists():
        catalogue.parent.mkdir(parents=True, exist_ok=True)
        catalogue.write_text(HEADER, encoding="utf-8")
    options = ["--locale=en", "--no-obsolete", "--no-wrap", "--add-location=file", *(f"--ignore={folder}" for folder in LEFT_OUT)]
    environment = {**os.environ, "SECRET_KEY": "not used", "VAR_DIR": str(root / "var")}
    subprocess.run([sys.executable, "manage.py", "makemessages", *options], check=True, cwd=root, env=environment)
    # A guess from a similar sentence reads like a translation: it is taken back.
    tidy = ["msgattrib", "--clear-fuzzy", "--empty", "--clear-previous", "--sort-by-file", "--no-wrap"]
    subprocess.run([*tidy, f"--output-file={catalogue}", catalogue], check=True)
    _, entries = re.split(r"\n\n", catalogue.read_text(encoding="utf-8"), maxsplit=1)
    catalogue.write_text(f"{HEADER}\n{entries}", encoding="utf-8")


if __name__ == "__main__":
    gather(Path(__file__).resolve().parent.parent)
