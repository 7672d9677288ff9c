"""Gather the sentences of the interface into the English catalogue. The source sentences are Vietnamese; they need none."""

import os
import subprocess
import sys
from pathlib import Path

# Nobody who uses the system reads what these hold.
LEFT_OUT = [".venv", "benchmarks", "deploy", "node_modules", "tests", "var"]


def gather(root: Path) -> None:
    """Bring emulation/locale/en below the root up to date: new sentences come in untranslated, those in no file any more go."""
    (root / "emulation" / "locale" / "en").mkdir(parents=True, exist_ok=True)
    options = ["--locale=en", "--no-obsolete", "--no-wrap", "--add-location=file", *(f"--ignore={folder}" for folder in LEFT_OUT)]
    environment = {**os.environ, "SECRET_KEY": "not used", "VAR_DIR": str(root / "var")}
    subprocess.run([sys.executable, "manage.py", "makemessages", *options], check=True, cwd=root, env=environment)


if __name__ == "__main__":
    gather(Path(__file__).resolve().parent.parent)
