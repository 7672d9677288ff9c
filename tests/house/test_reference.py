"""The reference in docs/ is what the code says."""

import subprocess
import sys

from tests.house.tree import ROOT


def test_the_reference_is_fresh() -> None:
    done = subprocess.run([sys.executable, "deploy/reference.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run `python deploy/reference.py`"
