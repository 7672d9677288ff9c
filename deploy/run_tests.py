"""The whole suite, on SQLite and on a real PostgreSQL with the browser. Usage: run_tests.py [--gate] [arguments of pytest]

On SQLite everything runs but the browser journeys, of which one is driven there too; on PostgreSQL everything that uses a database.
Both run at the same time, since neither uses more than one processor; PostgreSQL's output is shown when SQLite's is complete.
The coverage of both is added up; with --gate the run fails when it is below `fail_under` in pyproject.toml.
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
COVERAGE = ROOT / "var" / "coverage"
LATER = ROOT / "var" / "test-postgresql.log"
ON_SQLITE = ["-m", "(not browser or browser_sqlite) and not postgres"]
ON_POSTGRESQL = ["--database-only"]


def main() -> int:
    gate = "--gate" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--gate"]
    COVERAGE.mkdir(parents=True, exist_ok=True)
    for file in COVERAGE.iterdir():
        file.unlink()
    signal.signal(signal.SIGTERM, stop_on_signal)
    started = time.monotonic()
    with cluster() as address, LATER.open("wb") as later:
        postgresql = start("postgresql", [*ON_POSTGRESQL, *arguments], later, TEST_DATABASE_URL=address)
        try:
            print("=== SQLite ===", flush=True)
            codes = [start("sqlite", [*ON_SQLITE, *arguments]).wait(), postgresql.wait()]
        finally:
            postgresql.terminate()
            postgresql.wait()
    print("\n=== PostgreSQL ===", LATER.read_text(encoding="utf-8"), sep="\n", flush=True)
    coverage("combine", "--quiet")
    codes.append(coverage("report", "--skip-covered", *([] if gate else ["--fail-under=0"])))
    print(f"=== {time.monotonic() - started:.0f} s ===")
    return max(codes)


def start(vendor: str, arguments: list[str], output: IO[bytes] | None = None, **environment: str) -> "subprocess.Popen[bytes]":
    """Start pytest on the database of this vendor."""
    command = [sys.executable, "-m", "pytest", "--cov", "--cov-report=", "--cov-fail-under=0", *arguments]
    variables = {**os.environ, **environment, "EXPECT_VENDOR": vendor, "COVERAGE_FILE": str(COVERAGE / f"data.{vendor}")}
    return subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output and subprocess.STDOUT)


def coverage(*arguments: str) -> int:
    variables = {**os.environ, "COVERAGE_FILE": str(COVERAGE / "data")}
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], check=False, cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
