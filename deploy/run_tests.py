"""The whole suite, on SQLite and on a real PostgreSQL with the browser. Usage: run_tests.py [--gate | arguments of pytest]

On SQLite everything runs but the browser journeys, of which one is driven there too; on PostgreSQL everything that uses a database.
Both run at the same time, since neither uses more than one processor; PostgreSQL's output is shown when SQLite's is complete.
With --gate the coverage is measured, and the run fails when it is below `fail_under` in pyproject.toml. Measuring makes a test two
to three times slower, so only those in `MEASURED` are, and only on SQLite.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from cluster import cluster, stop_on_signal

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "var" / "coverage.data"
LATER = ROOT / "var" / "test-postgresql.log"
ON_SQLITE = ["-m", "(not browser or browser_sqlite) and not postgres"]
ON_POSTGRESQL = ["--database-only"]
# The tests of the rooms that the gate looks at, and those that ask for every home page.
ROOMS = ("blocs", "inbox", "office", "organisation", "records", "signing", "properties", "pages/test_queries.py")
MEASURED = [f"tests/{room}" for room in ROOMS]


def main() -> int:
    gate, arguments = sys.argv[1:] == ["--gate"], sys.argv[1:]
    signal.signal(signal.SIGTERM, stop_on_signal)
    LATER.parent.mkdir(exist_ok=True)
    started = time.monotonic()
    with cluster() as address, LATER.open("wb") as later:
        postgresql = start("postgresql", [*ON_POSTGRESQL, *([] if gate else arguments)], later, TEST_DATABASE_URL=address)
        try:
            print("=== SQLite ===", flush=True)
            codes = measured_and_others() if gate else [start("sqlite", [*ON_SQLITE, *arguments]).wait()]
            codes.append(postgresql.wait())
        finally:
            postgresql.terminate()
            postgresql.wait()
    print("\n=== PostgreSQL ===", LATER.read_text(encoding="utf-8"), sep="\n", flush=True)
    if gate:
        codes.append(coverage("report", "--skip-covered"))
    print(f"=== {time.monotonic() - started:.0f} s ===")
    return max(codes)


def measured_and_others() -> list[int]:
    """Run on SQLite what is measured, then what is not."""
    coverage("erase")
    measured = start("sqlite", [*ON_SQLITE, "--cov", "--cov-report=", "--cov-fail-under=0", *MEASURED]).wait()
    others = start("sqlite", [*ON_SQLITE, *(f"--ignore={room}" for room in MEASURED)]).wait()
    return [measured, others]


def start(vendor: str, arguments: list[str], output: IO[bytes] | None = None, **environment: str) -> "subprocess.Popen[bytes]":
    """Start pytest on the database of this vendor."""
    variables = {**os.environ, **environment, "EXPECT_VENDOR": vendor, "COVERAGE_FILE": str(COVERAGE)}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output and subprocess.STDOUT)


def coverage(*arguments: str) -> int:
    variables = {**os.environ, "COVERAGE_FILE": str(COVERAGE)}
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], check=False, cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
