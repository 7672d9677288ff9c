"""The process in which a scan is read: `python -m emulation.signing.scan_child`.

It reads one request from its standard input, gives up what it does not need like the inspection of a stranger's file does, and prints
as JSON the pages of each file (codes, blank or not, how it stands), or the picture of one page that was asked for. What cannot be read
is told with the number of its file.
"""

import json
import sys
from base64 import b64encode
from dataclasses import asdict
from pathlib import Path
from typing import Any

from emulation.pdf import scan
from emulation.signing.inspection_child import give_up_rights


def main() -> None:
    """Answer the one request on standard input."""
    request: dict[str, Any] = json.load(sys.stdin)
    files = [Path(path).read_bytes() for path in request["paths"]]
    give_up_rights(cpu_seconds=request["cpu_seconds"], memory_mb=request["memory_mb"])
    sys.stdout.write(json.dumps(picture(files[0], **request["picture"]) if "picture" in request else answer(files)))


def picture(data: bytes, *, page: int, turn: int, width: int) -> dict[str, Any]:
    """The page as a JPEG in base 64."""
    try:
        return {"picture": b64encode(scan.upright(data, page, turn=turn, width=width)).decode()}
    except Exception:  # noqa: BLE001 - the same file that could be read once may not be now
        return {"unreadable": 1}


def answer(files: list[bytes]) -> dict[str, Any]:
    """The pages of each file, or the number (from 1) of the first one that cannot be read."""
    found = []
    for number, data in enumerate(files, start=1):
        try:
            found.append([asdict(page) for page in scan.read_pages(data)])
        except Exception:  # noqa: BLE001 - a hostile file can make the readers raise anything
            return {"unreadable": number}
    return {"files": found}


if __name__ == "__main__":
    main()
