"""The whole suite, on SQLite and on a real PostgreSQL with the browser. Usage: run_tests.py [--gate] [arguments of pytest]

On SQLite everything runs but the browser journeys, of which one is driven there too; on PostgreSQL everything that uses a database.
The coverage of both runs is added up; with --gate the run fails when it is below `fail_under` in pyproject.toml.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from cluster import cluster, stop_on_signal

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "var" / "coverage"
ON_SQLITE = "(not browser or browser_sqlite) and not postgres"


def main() -> int:
    COVERAGE.mkdir(parents=True, exist_ok=True)
    for file in COVERAGE.iterdir():
        file.unlink()
    gate = "--gate" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--gate"]
    codes = [run("sqlite", ["-m", ON_SQLITE, *arguments])]
    signal.signal(signal.SIGTERM, stop_on_signal)
    with cluster() as address:
        codes.append(run("postgresql", ["--database-only", *arguments], TEST_DATABASE_URL=address))
    coverage("combine", "--quiet")
    codes.append(coverage("report", "--skip-covered", *([] if gate else ["--fail-under=0"])))
    return max(codes)


def run(vendor: str, arguments: list[str], **environment: str) -> int:
    """One run of pytest on the database of this vendor."""
    print(f"\n=== {vendor} ===", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "--cov", "--cov-report=", "--cov-fail-under=0", *arguments]
    variables = {**os.environ, **environment, "EXPECT_VENDOR": vendor, "COVERAGE_FILE": str(COVERAGE / f"data.{vendor}")}
    code = subprocess.run(command, check=False, cwd=ROOT, env=variables).returncode
    print(f"=== {vendor}: {time.monotonic() - started:.0f} s ===", flush=True)
    return code


def coverage(*arguments: str) -> int:
    variables = {**os.environ, "COVERAGE_FILE": str(COVERAGE / "data")}
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], check=False, cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
