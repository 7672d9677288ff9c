"""A throw-away PostgreSQL cluster of Debian's own binaries: private, on a Unix socket only, gone afterwards.

    python deploy/cluster.py COMMAND ...      runs the command with TEST_DATABASE_URL and EXPECT_VENDOR set

PostgreSQL refuses to run as root, so root starts it as the user `postgres` or `nobody`. The folder's path is short, because the
path of a Unix socket may have 107 bytes at most.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE_USER = "emulation"
START_SECONDS = 60
# A crash of the machine would lose this cluster's data, and nobody would miss them.
OPTIONS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "synchronous_commit": "off",
}


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and give the address of its database; stop it and remove its files in the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a short path, made with a random name and mode 700
    account = unprivileged_account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    server = None
    try:
        run_as(account, folder, "initdb", f"--pgdata={folder}/data", f"--username={DATABASE_USER}", "--auth=trust",
               "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        server = start(account, folder)
        run_as(account, folder, "createdb", f"--host={folder}", f"--username={DATABASE_USER}", "emulation")
        yield f"postgres://{DATABASE_USER}@/{folder}/emulation"
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # "fast": open sessions are cut off
            server.wait(START_SECONDS)
        shutil.rmtree(folder, ignore_errors=True)


def start(account: pwd.struct_passwd | None, folder: Path) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    options = [f"-c{name}={value}" for name, value in OPTIONS.items()]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [program("postgres"), "-D", folder / "data", "-k", folder, *options],
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True, **identity(account, folder),
        )  # fmt: skip
    deadline = time.monotonic() + START_SECONDS
    ask = [program("pg_isready"), "--quiet", f"--host={folder}"]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            sys.exit(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.05)
    return server


def run_as(account: pwd.struct_passwd | None, folder: Path, name: str, *arguments: str) -> None:
    done = subprocess.run([program(name), *arguments], check=False, capture_output=True, text=True, **identity(account, folder))
    if done.returncode != 0:
        sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")


def identity(account: pwd.struct_passwd | None, folder: Path) -> dict[str, object]:
    """How a child process becomes the unprivileged user; it must also not start in a folder that this user may not enter."""
    if not account:
        return {"cwd": folder}
    return {"cwd": folder, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def unprivileged_account() -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def program(name: str) -> str:
    """The newest version of one of PostgreSQL's programs; Debian keeps the server's outside of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if found:
        return str(found[-1])
    return shutil.which(name) or sys.exit(f"{name} not found: install PostgreSQL (Debian: apt-get install postgresql)")


def stop_on_signal(number: int, _frame: object) -> None:
    """Turn a signal into an exception, so that the cluster is taken down."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop_on_signal)
    with cluster() as address:
        environment = {**os.environ, "TEST_DATABASE_URL": address, "EXPECT_VENDOR": "postgresql"}
        code = subprocess.run(sys.argv[1:], check=False, env=environment).returncode
    sys.exit(code)
