"""Eight commanders in parallel on a throw-away PostgreSQL: all signed, no signature lost, no deadlock."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from benchmarks import figures
from benchmarks.crowd import SIGNERS
from benchmarks.figures import Figure

_NAME = f"{SIGNERS} commanders in the same second on PostgreSQL"


def measure() -> list[Figure]:
    """The outcome of `benchmarks.crowd`."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return [figures.not_installed(_NAME, "PostgreSQL", f"{SIGNERS} of {SIGNERS} signed")]
    root = Path(settings.BASE_DIR)
    command = [sys.executable, str(root / "deploy" / "cluster.py"), sys.executable, "-m", "benchmarks.crowd"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode != 0:
        return [figures.demand(_NAME, "failed", f"{SIGNERS} of {SIGNERS} signed", kept=False, note=done.stderr.strip()[-300:])]
    return _figures(json.loads(done.stdout.splitlines()[-1]))


def _figures(outcome: dict[str, Any]) -> list[Figure]:
    faults = "; ".join(outcome["faults"])
    on_postgresql = outcome["vendor"] == "postgresql"
    return [
        figures.demand(
            _NAME,
            f"{outcome['signed']} signed",
            f"{SIGNERS}",
            kept=on_postgresql and outcome["signed"] == SIGNERS and not faults,
            note=faults or f"the last one done after {outcome['seconds']:.1f} s",
        ),
        figures.demand(
            "  signatures in the final file, each revision on the last",
            str(outcome["signatures"]),
            str(SIGNERS),
            kept=outcome["signatures"] == SIGNERS and outcome["chain"],
        ),
        figures.demand("  deadlocks", str(outcome["deadlocks"]), "0", kept=outcome["deadlocks"] == 0),
    ]
