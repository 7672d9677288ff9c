"""The whole suite, twice: on SQLite, and on a real PostgreSQL with the browser. Usage: run_tests.py [arguments of pytest]

On SQLite everything runs but the browser journeys, of which one is driven there too. The coverage of both runs is added up.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from cluster import cluster

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "var" / "coverage"
ON_SQLITE = "(not browser or browser_sqlite) and not postgres"


def main() -> int:
    COVERAGE.mkdir(parents=True, exist_ok=True)
    for file in COVERAGE.iterdir():
        file.unlink()
    arguments = sys.argv[1:]
    codes = [run("sqlite", ["-m", ON_SQLITE, *arguments])]
    with cluster() as address:
        codes.append(run("postgresql", arguments, TEST_DATABASE_URL=address))
    coverage("combine", "--quiet")
    coverage("report", "--fail-under=0", "--skip-covered")
    return max(codes)


def run(vendor: str, arguments: list[str], **environment: str) -> int:
    """One run of pytest on the database of this vendor."""
    print(f"\n=== {vendor} ===", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "--cov", "--cov-report=", *arguments]
    variables = {**os.environ, **environment, "EXPECT_VENDOR": vendor, "COVERAGE_FILE": str(COVERAGE / f"data.{vendor}")}
    code = subprocess.run(command, check=False, cwd=ROOT, env=variables).returncode
    print(f"=== {vendor}: {time.monotonic() - started:.0f} s ===", flush=True)
    return code


def coverage(*arguments: str) -> None:
    variables = {**os.environ, "COVERAGE_FILE": str(COVERAGE / "data")}
    subprocess.run([sys.executable, "-m", "coverage", *arguments], check=True, cwd=ROOT, env=variables)


if __name__ == "__main__":
    sys.exit(main())
