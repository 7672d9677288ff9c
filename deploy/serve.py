"""Serve on this machine: web server, one task worker, a seal on the records each minute. Stops all of it on Ctrl-C or SIGTERM.

For a person's own machine (`make run`). Servers use the systemd units beside this file, which run the same three programs.
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
PORT = int(os.environ.get("PORT") or 8000)
ADDRESS = f"http://127.0.0.1:{PORT}"
COMMANDS = {
    "web": [str(Path(sys.executable).parent / "gunicorn"), "--config", str(ROOT / "deploy" / "gunicorn.conf.py")],
    "worker": [*MANAGE, "db_worker", "--no-startup-delay"],
    "seal": [*MANAGE, "seal", "--verbosity=0"],
}
SEAL_EVERY = 60
START_SECONDS = 60
STOP_SECONDS = 30
RESTART_SECONDS = 2


class Stop(Exception):
    """Somebody asked us to stop."""


class StopSignal:
    """Turns a signal into `Stop`; while a program is being started it waits, or nobody would know of that program."""

    def __init__(self) -> None:
        self.is_held = self.came = False

    def __call__(self, _number: int, _frame: object) -> None:
        self.came = True
        if not self.is_held:
            raise Stop

    @contextmanager
    def held(self) -> Iterator[None]:
        self.is_held = True
        yield
        self.is_held = False
        if self.came:
            raise Stop


ask_to_stop = StopSignal()


def main() -> int:
    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    os.chdir(ROOT)
    os.environ.setdefault("PLAIN_HTTP", "1")
    os.environ.setdefault("PUBLIC_BASE_URL", ADDRESS)
    if port_is_taken():
        print(f"Cổng {PORT} đang có chương trình khác dùng. Dừng chương trình đó, hoặc chọn cổng khác: make run PORT={PORT + 1}")
        print(f"Port {PORT} is in use by another program. Stop that one, or choose another port: make run PORT={PORT + 1}")
        return 1
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        manage("setup", "--verbosity=0")  # `accounts` says below how to start
        collect_static_files()
        manage("demo", "--if-empty")
        start_all(children)
        manage("accounts")
        print(f"\nMở / open  {ADDRESS}/    (Ctrl-C: dừng / stop)\n", flush=True)
        return watch(children)
    except Stop:
        return 0
    except subprocess.CalledProcessError as error:
        return error.returncode
    finally:
        stop_all(children)


def port_is_taken() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            return True
    return False


def manage(*arguments: str) -> None:
    subprocess.run([*MANAGE, *arguments], check=True)


def collect_static_files() -> None:
    """Copy, name and compress the static files, which takes some seconds, when any of them has changed."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    stamp = var / "static.stamp"
    digest = hashlib.sha256((ROOT / "requirements" / "run.txt").read_bytes())
    for file in sorted(path for path in (ROOT / "static").rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    if stamp.exists() and (var / "static").is_dir() and stamp.read_text(encoding="ascii") == digest.hexdigest():
        return
    manage("collectstatic", "--no-input", "--clear", "--verbosity=0")
    stamp.write_text(digest.hexdigest(), encoding="ascii")


def start(children: "dict[str, subprocess.Popen[bytes]]", name: str) -> None:
    # In a session of its own: Ctrl-C in a terminal reaches every process of the group, but only this one decides who stops when.
    with ask_to_stop.held():
        children[name] = subprocess.Popen(COMMANDS[name], start_new_session=True)


def start_all(children: "dict[str, subprocess.Popen[bytes]]") -> None:
    """Start the programs and wait until the web server answers."""
    for name in ("web", "worker"):
        start(children, name)
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        if children["web"].poll() is not None or time.monotonic() > deadline:
            sys.exit("Máy chủ web không khởi động được. / The web server did not start.")
        time.sleep(0.1)


def answers() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", PORT)) == 0


def watch(children: "dict[str, subprocess.Popen[bytes]]") -> int:
    """Start a dead worker again, seal each minute, and end when the web server ends."""
    next_seal = time.monotonic()
    while True:
        if (code := children["web"].poll()) is not None:
            return code
        if children["worker"].poll() is not None:
            time.sleep(RESTART_SECONDS)
            start(children, "worker")
        if time.monotonic() >= next_seal and ("seal" not in children or children["seal"].poll() is not None):
            start(children, "seal")
            next_seal = time.monotonic() + SEAL_EVERY
        time.sleep(0.3)


def stop_all(children: "dict[str, subprocess.Popen[bytes]]") -> None:
    """Let everything finish what it is doing; end by force what does not."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
