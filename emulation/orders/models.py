"""Files that are made in the background: who asked for which, how far it is. Row and file go after a day."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from emulation.lib import clock
from emulation.orders.enums import FINISHED, OrderState
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit

KEPT = timedelta(days=1)
# Longer than a full queue takes: after that, no worker is coming.
WAITED_ENOUGH = timedelta(minutes=30)

_Order = TypeVar("_Order", bound="FileOrder")


class OrderQuerySet(models.QuerySet[_Order]):
    def visible_to(self, actor: Actor | None) -> Self:
        """What the actor himself asked for in this position, as long as it is kept. Nobody else ever gets it."""
        if actor is None or actor.unit is None:
            return self.none()
        return self.filter(asker=actor.user_id, asked_in=actor.unit_id, asked_at__gt=clock.now() - KEPT)


class FileOrder(models.Model):
    """A file somebody asked for. `made_of` is the hash of all that it says, so that it names the same file for whoever asks."""

    token = models.UUIDField(unique=True, default=uuid.uuid4)
    made_of = models.CharField(max_length=64)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("người xuất"))
    asked_in = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("yêu cầu lúc"), default=clock.now)
    state = models.CharField(_("tình trạng"), max_length=10, choices=OrderState.choices, default=OrderState.WAITING)
    finished_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["asker", "asked_in", "made_of"], condition=~Q(state=OrderState.FAILED), name="%(class)s_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False) | ~Q(state__in=FINISHED) & Q(finished_at=None),
                name="%(class)s_finished_has_its_time",
            ),
        ]

    @property
    def ending(self) -> str:
        """The kind of file, as its name ends."""
        return "pdf"

    @property
    def label(self) -> str:
        """What a notice calls it, in Vietnamese."""
        raise NotImplementedError

    @property
    def page(self) -> str:
        """Where whoever asked watches it being made."""
        raise NotImplementedError

    @property
    def path(self) -> Path:
        """Where the file lies once it is ready."""
        return Path(settings.EXPORTS_DIR) / f"{self.made_of}.{self.ending}"

    @property
    def kept_until(self) -> datetime:
        """When it goes."""
        return self.asked_at + KEPT

    @property
    def has_failed(self) -> bool:
        """Whether there will be no file: something broke, or nobody came to make it."""
        given_up = self.state not in FINISHED and self.asked_at < clock.now() - WAITED_ENOUGH
        return given_up or self.state == OrderState.FAILED

    @property
    def is_ready(self) -> bool:
        """Whether the file can be fetched."""
        return self.state == OrderState.READY and self.path.is_file()

    @property
    def is_awaited(self) -> bool:
        """Whether there is something to wait for."""
        return self.state not in FINISHED and not self.has_failed


class PrintOrder(FileOrder):
    """A print whose HTML was settled when it was asked for: it holds what that person could read at that moment, and nothing else."""

    title = models.CharField(_("văn bản"), max_length=300)
    html = models.TextField()
    file_name = models.CharField(max_length=200)
    # The page from which it was asked for.
    back = models.CharField(max_length=300)

    class Meta(FileOrder.Meta):
        verbose_name = _("bản in tạo ngầm")
        verbose_name_plural = _("bản in tạo ngầm")

    def __str__(self) -> str:
        return str(self.token)

    @property
    def label(self) -> str:
        return self.title

    @property
    def page(self) -> str:
        return reverse("print_order", args=[self.token])
