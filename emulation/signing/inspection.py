"""Inspecting a file of which the ledger knows nothing. Whatever goes wrong, the answer is "cannot be verified", never "valid".

A stranger's file is taken apart in a process of its own that has little time and memory, no network, no secrets in its environment and
cannot write; one at a time on a machine, so that other pages stay quick.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from emulation.signing import children
from emulation.signing.findings import FileState, Inspection, Problem
from emulation.signing.trust import TrustedRoot

SIZE_LIMIT = 20 * 1024 * 1024
_HEADER = b"%PDF-"
InspectorBusy = children.Busy


def inspect(pdf: bytes, *, roots: Sequence[TrustedRoot], expected_fields: Sequence[str] | None = None) -> Inspection:
    """Inspect a PDF completely and strictly, in this process.

    `roots` are the only trust anchors, by key; `expected_fields` is the exact set of signature fields, when it is known. Never raises
    for what is in the file: anything unreadable gives the state UNVERIFIABLE.
    """
    refusal = _refusal(len(pdf), pdf[: len(_HEADER)])
    sha256 = hashlib.sha256(pdf).hexdigest()
    if refusal is not None:
        return unverifiable(refusal, sha256=sha256, size=len(pdf))
    # pyHanko takes half a second to import, and the web process that only asks for a child needs none of it.
    from emulation.signing import examination

    try:
        return examination.examine(pdf, sha256=sha256, roots=roots, expected_fields=expected_fields)
    except examination.Unexaminable as error:
        return unverifiable(error.problem, sha256=sha256, size=len(pdf))
    except MemoryError:
        return unverifiable(Problem.MEMORY_LIMIT, sha256=sha256, size=len(pdf))
    except Exception:  # noqa: BLE001 - a hostile file can make the readers raise anything, and none of it may become "valid" or a crash
        return unverifiable(Problem.UNREADABLE, sha256=sha256, size=len(pdf))


def inspect_in_child(
    path: Path,
    *,
    roots: Sequence[TrustedRoot],
    lock_path: Path,
    expected_fields: Sequence[str] | None = None,
    cpu_seconds: int = 20,
    memory_mb: int = 768,
    wall_seconds: float = 30,
    wait_seconds: float = 60,
) -> Inspection:
    """Inspect the file at `path` in a child process with limits.

    `lock_path` names the machine-wide lock; raises `InspectorBusy` after waiting `wait_seconds` for it, and `OSError` when the file
    itself cannot be read. Anything that happens to the child gives the state UNVERIFIABLE.
    """
    size, sha256, head = _facts(path)
    refusal = _refusal(size, head)
    if refusal is not None:
        return unverifiable(refusal, sha256=sha256, size=size)
    request = {
        "path": str(path.resolve()),
        "sha256": sha256,
        "roots": [b64encode(root.certificate).decode() for root in roots],
        "expected_fields": None if expected_fields is None else list(expected_fields),
        "cpu_seconds": cpu_seconds,
        "memory_mb": memory_mb,
    }
    with children.alone(lock_path, wait_seconds=wait_seconds):
        answer = _ask_child(json.dumps(request), wall_seconds=wall_seconds)
    if isinstance(answer, Problem):
        return unverifiable(answer, sha256=sha256, size=size)
    return (
        answer if (answer.sha256, answer.size) == (sha256, size) else unverifiable(Problem.UNREADABLE, sha256=sha256, size=size)
    )


def unverifiable(problem: Problem, *, sha256: str, size: int) -> Inspection:
    """The answer when nothing can be said about the signatures."""
    return Inspection(state=FileState.UNVERIFIABLE, sha256=sha256, size=size, problems=(problem,))


def _refusal(size: int, head: bytes) -> Problem | None:
    """What can be said before any reader touches the file."""
    if size > SIZE_LIMIT:
        return Problem.TOO_LARGE
    return None if head.startswith(_HEADER) else Problem.NOT_PDF


def _facts(path: Path) -> tuple[int, str, bytes]:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
        stream.seek(0)
        return size, sha256, stream.read(len(_HEADER))


def _ask_child(request: str, *, wall_seconds: float) -> Inspection | Problem:
    """The child's answer, or why there is none."""
    try:
        return Inspection.from_json(children.answer_of("emulation.signing.inspection_child", request, wall_seconds=wall_seconds))
    except children.OutOfTime:
        return Problem.TIME_LIMIT
    except (ValueError, KeyError, TypeError):
        return Problem.UNREADABLE
