"""Write the lock files anew (`make lock`, needs a network): requirements/*.txt and package-lock.json.

No address may stand in them: where packages come from is a setting of the machine that installs them.
"""

import json
import subprocess
import sys
from pathlib import Path

from prepare import ROOT, npm

COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes", "--no-header"]


def main() -> None:
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    compile_requirements("run", "pyproject.toml", *upgrade)
    compile_requirements("test", "pyproject.toml", "--group=test", "--constraint=requirements/run.txt", *upgrade)
    compile_requirements("node", "--group=node", *upgrade)
    lock_front_end()


def compile_requirements(purpose: str, *arguments: str) -> None:
    program = str(Path(sys.executable).parent / COMPILE[0])
    subprocess.run([program, *COMPILE[1:], *arguments, f"--output-file=requirements/{purpose}.txt"], check=True, cwd=ROOT)


def lock_front_end() -> None:
    options = ["--package-lock-only", "--omit-lockfile-registry-resolved", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*npm(), "install", *options, "--loglevel=error"], check=True, cwd=ROOT)
    file = ROOT / "package-lock.json"
    lock = json.loads(file.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
