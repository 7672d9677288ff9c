"""`make run`, without its set-up: the programs start, look after each other, and stop together."""

import os
import runpy
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import ROOT

PATIENCE = 240  # a machine may be busy


@pytest.fixture
def start(tmp_path):
    """Start `deploy/serve.py` on a port, with an empty database that is not the embedded one: no demonstration is loaded."""
    started = []

    def start(port: int) -> subprocess.Popen[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "LANG": "C.UTF-8",
            "PORT": str(port),
            "VAR_DIR": str(tmp_path / "var"),
            "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{tmp_path}/database.sqlite3"),
            "WEB_CONCURRENCY": "1",
        }
        with (tmp_path / "output").open("a") as output:
            command = [sys.executable, ROOT / "deploy" / "serve.py"]
            started.append(subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT, text=True))
        return started[-1]

    yield start
    for process in started:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], object]) -> object:
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


def children(process: int) -> dict[int, str]:
    """The process ids and command lines of a process's children."""
    pids = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline") for pid in pids}
    return {pid: line.read_text().replace("\0", " ") for pid, line in lines.items() if line.exists()}


def child(process: int, word: str) -> int | None:
    return next((pid for pid, command in children(process).items() if word in command), None)


@pytest.mark.django_db
def test_it_serves_keeps_a_worker_alive_and_stops_as_a_whole(start, port, tmp_path):
    server = start(port)
    output = tmp_path / "output"
    wait_until(lambda: server.poll() is not None or f"http://127.0.0.1:{port}/ " in output.read_text())
    assert server.poll() is None, output.read_text()

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/suc-khoe/", timeout=PATIENCE) as answer:
        assert answer.status == 200
        request_id = answer.headers["X-Request-ID"]
    wait_until(lambda: f'{request_id} "GET /suc-khoe/"' in output.read_text())

    first = wait_until(lambda: child(server.pid, "db_worker"))
    os.kill(first, signal.SIGKILL)
    second = wait_until(lambda: child(server.pid, "db_worker") not in {None, first} and child(server.pid, "db_worker"))

    web = child(server.pid, "gunicorn")
    server.terminate()
    assert server.wait(PATIENCE) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in (web, second))


def test_a_port_in_use_is_said_plainly(start, port, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert start(port).wait(PATIENCE) == 1
    said = (tmp_path / "output").read_text()
    assert f"Cổng {port}" in said
    assert f"make run PORT={port + 1}" in said
    assert not (tmp_path / "var").exists()


def test_no_program_is_left_behind_when_a_stop_comes_while_it_is_being_started():
    serve = runpy.run_path(str(ROOT / "deploy" / "serve.py"))
    known = []
    stop = serve["StopSignal"]()

    def start() -> None:
        with stop.held():
            stop(signal.SIGTERM, None)
            known.append("worker")

    with pytest.raises(serve["Stop"]):
        start()
    assert known == ["worker"]
    with pytest.raises(serve["Stop"]):
        stop(signal.SIGTERM, None)
