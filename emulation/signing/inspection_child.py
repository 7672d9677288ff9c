"""The process in which a stranger's file is taken apart: `python -m emulation.signing.inspection_child`.

It reads one request from its standard input, gives up everything that it does not need (time, memory, writing, network, starting other
programs), inspects, and prints the answer as JSON. Django is not set up here: there is no database to reach.
"""

import ctypes
import json
import logging
import os
import resource
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

from emulation.signing.findings import Inspection, Problem
from emulation.signing.inspection import inspect, unverifiable
from emulation.signing.trust import TrustedRoot

_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000
_NICENESS = 10
_FORBIDDEN = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty",
)  # fmt: skip


def main() -> None:
    """Answer the one request on standard input."""
    request: dict[str, Any] = json.load(sys.stdin)
    pdf = Path(request["path"]).read_bytes()
    give_up_rights(cpu_seconds=request["cpu_seconds"], memory_mb=request["memory_mb"])
    sys.stdout.write(_inspect(pdf, request).as_json())


def give_up_rights(*, cpu_seconds: int, memory_mb: int) -> None:
    """Limit this process for the rest of its life."""
    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_mb * 1024 * 1024),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.nice(_NICENESS)
    # A network of its own, with nothing in it. Some systems do not allow it; then the hook below is what stands.
    ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)
    sys.addaudithook(_forbid)
    logging.disable()


def _forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    """Refuse what no inspection needs. A hook cannot be taken away again."""
    if event in _FORBIDDEN:
        raise PermissionError(f"an inspection may not do this: {event}")


def _inspect(pdf: bytes, request: dict[str, Any]) -> Inspection:
    roots = [TrustedRoot(b64decode(certificate)) for certificate in request["roots"]]
    try:
        return inspect(pdf, roots=roots, expected_fields=request["expected_fields"])
    except MemoryError:
        return unverifiable(Problem.MEMORY_LIMIT, sha256=request["sha256"], size=len(pdf))


if __name__ == "__main__":
    main()
