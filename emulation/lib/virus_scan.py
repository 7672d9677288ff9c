"""A hook for the office's own virus scanner: a command that is given every uploaded file on its standard input.

An exit code of 0 lets the file in; any other refuses it, with the command's last line as the reason. So does a command that cannot
be started or that does not answer in time: a file that nobody has looked at is not let in.
"""

import shlex
import subprocess

TIMEOUT = 60


class Infected(ValueError):
    """The scanner refused the file. The text is its reason, perhaps empty."""


def scan(command: str, data: bytes) -> None:
    """Hand the bytes to the command; nothing is done when there is none. Raises `Infected`."""
    if not command:
        return
    try:
        done = subprocess.run(shlex.split(command), input=data, capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Infected(str(error)) from error
    if done.returncode:
        said = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace").strip().splitlines()
        raise Infected(said[-1][:200] if said else "")
