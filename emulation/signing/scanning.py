"""Having a scan read in a child process with limits. Whatever goes wrong, the scan is refused with a reason, never a crash."""

import json
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from emulation.pdf.scan import ScannedPage
from emulation.signing import children

_CHILD = "emulation.signing.scan_child"
# Somebody waits for the answer, and a process of the web server with him: together well under the proxy's minute. Eight pages at
# 300 dpi take under two seconds on two old processors.
_WAIT_SECONDS = 5
_READ_SECONDS = 14
_PICTURE_SECONDS = 8


class ScanUnreadable(Exception):
    """A file of the scan cannot be read; `number` is its place from 1, 0 when it is not known which."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(number)
        self.number = number


def read_in_child(
    paths: Sequence[Path],
    *,
    lock_path: Path,
    cpu_seconds: int = _READ_SECONDS,
    memory_mb: int = 1024,
    wall_seconds: float = _READ_SECONDS,
    wait_seconds: float = _WAIT_SECONDS,
) -> list[list[ScannedPage]]:
    """The pages of each file, within twenty seconds in all. Raises `ScanUnreadable`, `children.Busy`, `children.OutOfTime`."""
    request = {"paths": [str(path.resolve()) for path in paths], "cpu_seconds": cpu_seconds, "memory_mb": memory_mb}
    said = _answer(request, lock_path, wall_seconds=wall_seconds, wait_seconds=wait_seconds)
    try:
        return [[_page(page) for page in pages] for pages in said["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ScanUnreadable from error


def picture_in_child(path: Path, *, page: int, turn: int, width: int, lock_path: Path) -> bytes:
    """A page of a scan as a JPEG of that width, turned upright. Raises as `read_in_child` does."""
    asked = {"page": page, "turn": turn, "width": width}
    request = {"paths": [str(path.resolve())], "cpu_seconds": _PICTURE_SECONDS, "memory_mb": 1024, "picture": asked}
    said = _answer(request, lock_path, wall_seconds=_PICTURE_SECONDS, wait_seconds=2 * _PICTURE_SECONDS)
    try:
        return b64decode(said["picture"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise ScanUnreadable from error


def _answer(request: dict[str, Any], lock_path: Path, *, wall_seconds: float, wait_seconds: float) -> dict[str, Any]:
    with children.alone(lock_path, wait_seconds=wait_seconds):
        said = children.answer_of(_CHILD, json.dumps(request), wall_seconds=wall_seconds)
    try:
        answer = json.loads(said)
        number = answer.get("unreadable")
    except (ValueError, AttributeError) as error:
        raise ScanUnreadable from error
    if number is not None:
        raise ScanUnreadable(int(number))
    return dict(answer)


def _page(said: dict[str, object]) -> ScannedPage:
    codes, turn = said["codes"], said["turn"]
    if not isinstance(codes, list) or not isinstance(turn, int):
        raise TypeError("not a page")
    return ScannedPage(tuple(str(code) for code in codes), bool(said["is_blank"]), turn)
