"""Files that the ledger does not know, waiting for their inspection in the background.

The bytes lie under a random name that no request can choose, readable by this account only, and go as soon as they are inspected.
What was found stays for a day, so that the page can be loaded again.
"""

import json
import os
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks import task

from emulation.lib import clock
from emulation.signing import inspection
from emulation.signing.domain import authorities
from emulation.signing.domain.ledger import Look, Readable
from emulation.signing.findings import Inspection, Problem
from emulation.signing.models import VerificationJob

RESULT_KEPT = timedelta(days=1)
# Longer than a full queue takes: after that, no worker is coming.
WAITED_ENOUGH = timedelta(minutes=30)
LOCK_FILE = "inspection.lock"
_HEADER = b"%PDF-"
_PIECE = 256 * 1024


class QueueFull(Exception):
    """Too many files wait already."""


def submit(stream: Readable, look: Look) -> VerificationJob:
    """Keep an unknown file and have it inspected in the background; what is no PDF at all is answered at once.

    Raises `QueueFull`.
    """
    sweep()
    stream.seek(0)
    head = stream.read(len(_HEADER))
    if head != _HEADER:
        return _answered(look, Problem.NOT_PDF)
    if VerificationJob.objects.filter(finished_at=None).count() >= settings.VERIFY_QUEUE:
        raise QueueFull
    job = VerificationJob(sha256=look.sha256, size=look.size, created_at=clock.now())
    path = path_of(job.token)
    try:
        lay_down(stream, path)
        with transaction.atomic():
            job.save()
            inspect_upload.enqueue(str(job.token))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return job


def ahead_of(job: VerificationJob) -> int:
    """How many files wait before this one."""
    return VerificationJob.objects.filter(finished_at=None, pk__lt=job.pk).count()


def found(job: VerificationJob) -> Inspection | None:
    """What the inspection found, once it is done."""
    return Inspection.from_json(json.dumps(job.result)) if job.finished_at else None


@task()
def inspect_upload(token: str) -> None:
    """Inspect a waiting file in a child process, keep what was found and delete the bytes. Doing it twice does it once."""
    job = VerificationJob.objects.filter(token=token, finished_at=None).first()
    if job is None:
        return
    path = path_of(job.token)
    try:
        result = inspection.inspect_in_child(
            path, roots=authorities.trusted_roots(), lock_path=Path(settings.VAR_DIR) / LOCK_FILE
        )
    except inspection.InspectorBusy:
        result = _nothing(job, Problem.TIME_LIMIT)
    except Exception:  # noqa: BLE001 - a stranger's file may break anything, and none of it may become more than "cannot be verified"
        result = _nothing(job, Problem.UNREADABLE)
    finally:
        path.unlink(missing_ok=True)
    if (result.sha256, result.size) != (job.sha256, job.size):
        result = _nothing(job, Problem.UNREADABLE)
    _finish(job, result)


def sweep() -> int:
    """Delete bytes that nobody will inspect any more and answers older than a day; returns how many files and answers went."""
    moment = clock.now()
    gone, _by_model = VerificationJob.objects.filter(finished_at__lt=moment - RESULT_KEPT).delete()
    for job in VerificationJob.objects.filter(finished_at=None, created_at__lt=moment - WAITED_ENOUGH):
        _finish(job, _nothing(job, Problem.TIME_LIMIT))
    waiting = {str(token) for token in VerificationJob.objects.filter(finished_at=None).values_list("token", flat=True)}
    for path in _kept():
        with suppress(FileNotFoundError):  # somebody else sweeps too
            # A file younger than its row may become is left to the request that is writing it.
            if path.name not in waiting and moment.timestamp() - path.stat().st_mtime > WAITED_ENOUGH.total_seconds():
                path.unlink()
                gone += 1
    return gone


def path_of(token: uuid.UUID) -> Path:
    """Where the bytes of a job lie while it waits."""
    return Path(settings.UPLOADS_DIR) / str(token)


def lay_down(stream: Readable, path: Path) -> None:
    """Write bytes from outside into a new file that only this account can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stream.seek(0)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
        while piece := stream.read(_PIECE):
            file.write(piece)


def _kept() -> list[Path]:
    folder = Path(settings.UPLOADS_DIR)
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _answered(look: Look, problem: Problem) -> VerificationJob:
    job = VerificationJob(sha256=look.sha256, size=look.size, created_at=clock.now())
    _finish(job, _nothing(job, problem))
    return job


def _nothing(job: VerificationJob, problem: Problem) -> Inspection:
    return inspection.unverifiable(problem, sha256=job.sha256, size=job.size)


def _finish(job: VerificationJob, result: Inspection) -> None:
    job.result, job.finished_at = json.loads(result.as_json()), clock.now()
    job.save()
