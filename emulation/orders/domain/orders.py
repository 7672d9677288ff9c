"""What all files have in common that are made in the background: asked for once, laid down whole or not at all, told, swept."""

import logging
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.lib.verdict import Refused, refuse
from emulation.orders.enums import FINISHED, OrderState
from emulation.orders.models import KEPT, WAITED_ENOUGH, FileOrder, OrderQuerySet
from emulation.organisation.actors import Actor
from emulation.organisation.models import User

# So many files may wait for one person at a time.
MOST_WAITING = 5
# Who waited longer than this may have gone on to something else, and is told.
_WORTH_A_NOTICE = timedelta(seconds=5)
_log = logging.getLogger(__name__)

Order = TypeVar("Order", bound=FileOrder)


def known(rows: OrderQuerySet[Order], made_of: str, actor: Actor) -> Order | None:
    """The same file, asked for before by the same person and still to be had. Raises `Refused` when too many are waiting.

    One person's orders queue behind his account: who presses twice asks once.
    """
    User.objects.select_for_update(of=("self",)).get(pk=actor.user_id)
    mine = rows.visible_to(actor)
    if row := mine.filter(made_of=made_of).exclude(state=OrderState.FAILED).first():
        if row.is_ready or row.state not in FINISHED:
            return row
        row.delete()
    if mine.exclude(state__in=FINISHED).count() >= MOST_WAITING:
        words = _("Đồng chí đang có %(n)d tệp chờ xuất; đợi xong rồi xuất tiếp.")
        raise Refused(refuse(words % {"n": MOST_WAITING}))
    return None


def begin(row: FileOrder, task: Any) -> None:
    """Store the order and give it to the worker, unless somebody else has had the same file made."""
    if row.path.is_file():
        row.state, row.finished_at = OrderState.READY, row.asked_at
    row.save()
    if row.state == OrderState.WAITING:
        task.enqueue(str(row.token))


def make(row: FileOrder, produce: Callable[[], bytes]) -> None:
    """Lay down what `produce` gives. Whatever fails leaves no file and is told."""
    try:
        with translation.override("vi"):
            _lay_down(row.path, produce())
    except Exception:  # noqa: BLE001 - whoever asked is told, and the reason stands in the log
        _log.exception("%s %s failed", row._meta.model_name, row.token)
        _finish(row, OrderState.FAILED)
    else:
        _finish(row, OrderState.READY)


def reach(row: FileOrder, state: OrderState) -> None:
    """Say how far it is; whoever waits sees it."""
    _unfinished(row).update(state=state)


def sweep() -> int:
    """Delete rows and files older than a day, give up what no worker came for; returns how many went."""
    moment, gone = clock.now(), 0
    needed: set[str] = set()
    for kind in FileOrder.__subclasses__():
        rows: models.QuerySet[Any] = kind.objects.all()
        gone += rows.filter(asked_at__lt=moment - KEPT).delete()[0]
        stuck = rows.exclude(state__in=FINISHED).filter(asked_at__lt=moment - WAITED_ENOUGH)
        stuck.update(state=OrderState.FAILED, finished_at=moment)
        needed |= set(rows.exclude(state=OrderState.FAILED).values_list("made_of", flat=True))
    folder = Path(settings.EXPORTS_DIR)
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # somebody else sweeps too
            # A file younger than its row may become is left to the worker that is writing it.
            if path.stem not in needed and moment.timestamp() - path.stat().st_mtime > WAITED_ENOUGH.total_seconds():
                path.unlink()
                gone += 1
    return gone


def _lay_down(path: Path, data: bytes) -> None:
    """Only a whole file comes to stand under its name, readable by this account alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


@transaction.atomic
def _finish(row: FileOrder, state: OrderState) -> None:
    moment = clock.now()
    _unfinished(row).update(state=state, finished_at=moment)
    if moment - row.asked_at <= _WORTH_A_NOTICE:
        return
    words = "đã xuất xong, tải được trong một ngày." if state == OrderState.READY else "không xuất được; mở trang để thử lại."
    with translation.override("vi"):
        text = f"{row.label} {words}"
    notices.tell([row.asker_id], text, path=row.page)


def _unfinished(row: FileOrder) -> models.QuerySet[Any]:
    return type(row).objects.filter(pk=row.pk).exclude(state__in=FINISHED)
