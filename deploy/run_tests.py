"""The whole suite, on SQLite and on a real PostgreSQL with the browser. Usage: run_tests.py [--gate | arguments of pytest]

On SQLite everything runs but the browser journeys, of which one is driven there too; on PostgreSQL everything that uses a database,
but for walks whose every act is tested there by itself (`any_database`). Two parts run at the same time, since none uses much more
than one processor; the output of each is shown when it is complete.
With --gate the coverage is measured, and the run fails when it is below `fail_under` in pyproject.toml. Measuring makes a test about
twice as slow, so only those in `MEASURED` are, and only on SQLite.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cluster import cluster, stop_on_signal

ROOT = Path(__file__).resolve().parent.parent
COVERAGE = ROOT / "var" / "coverage.data"
LOGS = ROOT / "var" / "tests"
AT_ONCE = 2
ON_SQLITE = ["-m", "(not browser or browser_sqlite) and not postgres"]
ON_POSTGRESQL = ["--database-only"]
BROWSER = "tests/browser"
# The tests of the rooms that the gate looks at, and those that ask for every home page. Properties try the same verbs many times.
MEASURED_PAGES = "tests/pages/test_queries.py"
ROOMS = (
    "blocs",
    "inbox",
    "office",
    "orders",
    "organisation",
    "records",
    "reminders",
    "reports",
    "scoring",
    "signing",
)
MEASURED = [*(f"tests/{room}" for room in ROOMS), MEASURED_PAGES]
# One holds a page to a number of milliseconds, which it would miss while it is measured; one plays whole years by
# verbs that the tests of the rooms measure, and would take twice as long.
UNMEASURED = ("tests/reports/test_matrix_size.py", "tests/office/test_demo.py")
PAGES = ["tests/pages", BROWSER]


@dataclass
class Part:
    """Some of the tests, in a process of their own."""

    name: str
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=lambda: {"EXPECT_VENDOR": "sqlite"})
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def start(self) -> None:
        print(f"=== {self.name}: begins, written to {self.log.relative_to(ROOT)} ===", flush=True)
        variables = {**os.environ, **self.environment, "COVERAGE_FILE": str(COVERAGE)}
        command = [sys.executable, "-m", "pytest", *self.arguments]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT)

    @property
    def code(self) -> int | None:
        """What it ended with; None as long as it runs."""
        return self.process.poll() if self.process else None

    def show(self) -> None:
        print(f"\n=== {self.name} ===", self.log.read_text(encoding="utf-8", errors="replace"), sep="\n", flush=True)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()


def main() -> int:
    gate, arguments = sys.argv[1:] == ["--gate"], sys.argv[1:]
    signal.signal(signal.SIGTERM, stop_on_signal)
    LOGS.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with cluster() as address:
        codes = run(parts(address, gate=gate, arguments=arguments))
    if gate:
        codes.append(coverage("report", "--skip-covered"))
    print(f"=== {time.monotonic() - started:.0f} s ===")
    return max(map(abs, codes))  # one that was killed has a negative code


def parts(address: str, *, gate: bool, arguments: list[str]) -> list[Part]:
    """What is run, the longest first."""
    postgresql = {"TEST_DATABASE_URL": address, "EXPECT_VENDOR": "postgresql"}
    if not gate:
        return [Part("SQLite", [*ON_SQLITE, *arguments]), Part("PostgreSQL", [*ON_POSTGRESQL, *arguments], postgresql)]
    coverage("erase")
    another = {**postgresql, "TEST_DATABASE_URL": f"{address}_browser"}
    return [
        Part("PostgreSQL", [*ON_POSTGRESQL, f"--ignore={BROWSER}"], postgresql),
        Part("SQLite, measured", [*ON_SQLITE, "--cov", "--cov-report=", "--cov-fail-under=0", *MEASURED, *ignoring(UNMEASURED)]),
        Part("PostgreSQL, browser", [*ON_POSTGRESQL, BROWSER], another),
        Part("SQLite, pages and a journey", [*ON_SQLITE, *PAGES, *UNMEASURED, *ignoring([MEASURED_PAGES])]),
        Part("SQLite, the others", [*ON_SQLITE, *ignoring([*MEASURED, *PAGES])]),
    ]


def ignoring(paths: Iterable[str]) -> list[str]:
    return [f"--ignore={path}" for path in paths]


def run(waiting: list[Part]) -> list[int]:
    """Run the parts, as many at a time as there are processors for, and show each when it is complete. Returns their codes."""
    running: list[Part] = []
    codes: list[int] = []
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                running.append(waiting.pop(0))
                running[-1].start()
            time.sleep(0.5)
            for part in list(running):
                if part.code is not None:
                    running.remove(part)
                    codes.append(part.code)
                    part.show()
    finally:
        for part in running:
            part.stop()
    return codes


def coverage(*arguments: str) -> int:
    variables = {**os.environ, "COVERAGE_FILE": str(COVERAGE)}
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], check=False, cwd=ROOT, env=variables).returncode


if __name__ == "__main__":
    sys.exit(main())
