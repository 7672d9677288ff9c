"""Forty screens that look at one signing every second, against the web server as it is deployed: what they cost, and how soon they see.

The server runs in processes of its own, so its processor time is read from there and what the screens themselves use does not count.
"""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks import figures
from benchmarks.figures import Figure

SCREENS = 40
SECONDS = 15
MOST_QUERIES = 3
MOST_OF_A_PROCESSOR = 0.2
SOON = 2.0
_START = 60


@dataclass
class Screen:
    """One browser that looks again every second, with the tag of what it shows."""

    session: str
    path: str
    tag: str = ""
    statuses: list[int] = field(default_factory=list)
    changed_at: float = 0.0

    def look(self, port: int) -> int:
        """As the page's script looks: a new connection, since synchronous workers keep none."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"}
        connection.request("GET", self.path, headers=headers | ({"If-None-Match": self.tag} if self.tag else {}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status == 200:
            self.tag, self.changed_at = answer.headers["ETag"], time.perf_counter()
        return answer.status


def measure() -> list[Figure]:
    """Queries and processor time while nothing changes, then the time until all screens have seen a signature."""
    from blocs.enums import DocumentState
    from tests import builders

    made = builders.document(DocumentState.SIGNING, n=8)
    queries = _queries(made)
    with _server() as (port, process):
        screens = _screens(made)
        for screen in screens:
            screen.look(port)
        cost = _cost(screens, port, process)
        seen = _until_seen(screens, port, made)
    statuses = [status for screen in screens for status in screen.statuses]
    return [
        figures.at_most("queries of a look that finds nothing new", queries, MOST_QUERIES, "queries"),
        figures.at_most(
            f"{SCREENS} screens together, each looking every second",
            cost,
            MOST_OF_A_PROCESSOR,
            "of a processor",
            digits=3,
            note=f"{len(statuses)} looks in {SECONDS} s, {statuses.count(304)} of them answered with 304",
        ),
        figures.at_most("from a signature until all screens show it", seen, SOON, "s", digits=2),
    ]


def _queries(made: Any) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, path = Client(headers={"host": "127.0.0.1"}), reverse("hall_poll", args=[made.pk])
    client.force_login(made.leader.user)
    tag = client.get(path).headers["ETag"]
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    return len(asked)


def _screens(made: Any) -> list[Screen]:
    from django.test import Client
    from django.urls import reverse

    path, found = reverse("hall_poll", args=[made.pk]), []
    for place in range(SCREENS):
        client = Client()
        client.force_login((made.leader, made.deputy, made.office)[place % 3].user)
        found.append(Screen(str(client.session.session_key), path))
    return found


@contextlib.contextmanager
def _server() -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The deployed web server on a free port, with the database of this installation."""
    root = Path(settings.BASE_DIR)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "gunicorn"), "--config", str(root / "deploy" / "gunicorn.conf.py")]
    process = subprocess.Popen(
        command, cwd=root, env={**os.environ, "PORT": str(port)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + _START
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError("the web server did not start")


def _cost(screens: list[Screen], port: int, process: "subprocess.Popen[bytes]") -> float:
    """Processor seconds of all its processes for one second on the wall."""
    time.sleep(3)  # what a worker does when it starts does not count
    before, began = _cpu(process.pid), time.perf_counter()
    threads = [threading.Thread(target=_keep_looking, args=(screen, port, place)) for place, screen in enumerate(screens)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (_cpu(process.pid) - before) / (time.perf_counter() - began)


def _keep_looking(screen: Screen, port: int, place: int) -> None:
    time.sleep(place / SCREENS)
    until = time.perf_counter() + SECONDS - 1
    while time.perf_counter() < until:
        screen.statuses.append(screen.look(port))
        time.sleep(1)


def _until_seen(screens: list[Screen], port: int, made: Any) -> float:
    """The longest time between a signature and a screen that shows it."""
    from tests import builders

    def watch(screen: Screen, place: int) -> None:
        time.sleep(place / SCREENS)
        while screen.look(port) != 200:
            time.sleep(1)

    threads = [threading.Thread(target=watch, args=(screen, place)) for place, screen in enumerate(screens)]
    for thread in threads:
        thread.start()
    builders.sign(made.slot(made.leader), actor=made.leader)
    done = time.perf_counter()
    for thread in threads:
        thread.join(timeout=30)
    return max(screen.changed_at for screen in screens) - done


def _cpu(parent: int) -> float:
    """Processor seconds of a process and of its workers so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(folder.name) == parent or int(fields[1]) == parent:
                total += (int(fields[11]) + int(fields[12])) / ticks
    return total
