"""The project's own files, as the house tests walk them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# What set-up, tools and the running system leave behind; the same that .gitignore names.
LEFT_BEHIND = {
    ".coverage", ".git", ".hypothesis", ".import_linter_cache", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".venv",
    "__pycache__", "node_modules", "test-results", "var", "vendor",
}  # fmt: skip


def files(pattern: str = "*", *, under: str = ".") -> Iterator[Path]:
    """The files below a folder whose names match, in a steady order."""
    folder = ROOT / under
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and not LEFT_BEHIND & set(path.relative_to(ROOT).parts):
            yield path


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
