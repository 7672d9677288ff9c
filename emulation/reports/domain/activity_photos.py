"""Photographs of joint activities: add, take away, read."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.photos import redrawn
from emulation.lib import clock, vietnamese
from emulation.organisation.actors import Actor
from emulation.records import storage
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports.domain.activities import lock
from emulation.reports.models import Activity, ActivityPhoto

MOST_PHOTOS = 20


@transaction.atomic
def add(activity: Activity, *, actor: Actor, data: bytes, caption: str = "") -> ActivityPhoto:
    """Add a photograph, drawn anew without what the camera wrote. Adding one twice is adding it once.

    Raises `Refused`, `ValidationError` ("photos").
    """
    activity = lock(activity, actor)
    drawn = redrawn(data)
    sha256 = storage.keep(drawn.large)
    if known := activity.photos.filter(sha256=sha256).first():
        return known
    if activity.photos.count() >= MOST_PHOTOS:
        raise ValidationError({"photos": _("Mỗi hoạt động có nhiều nhất %(most)d ảnh.") % {"most": MOST_PHOTOS}})
    photo = ActivityPhoto(
        activity=activity,
        sha256=sha256,
        small_sha256=storage.keep(drawn.small),
        width=drawn.width,
        height=drawn.height,
        caption=vietnamese.nfc(caption).strip(),
        added_by=actor.user,
        added_at=clock.now(),
    )
    photo.full_clean(exclude=["added_by"])
    photo.save()
    audit.log(Event.ACTIVITY_PHOTOS_CHANGED, stream=activity.stream, actor=actor, added=sha256, caption=photo.caption)
    return photo


@transaction.atomic
def take_away(photo: ActivityPhoto, *, actor: Actor) -> None:
    """Take a photograph away; nobody is shown it any more. Raises `Refused`."""
    activity = lock(photo.activity, actor)
    if ActivityPhoto.objects.filter(pk=photo.pk).delete()[0]:
        audit.log(Event.ACTIVITY_PHOTOS_CHANGED, stream=activity.stream, actor=actor, removed=photo.sha256)


def read(photo: ActivityPhoto, *, small: bool) -> bytes:
    """The JPEG. Raises `storage.BytesBroken` when it is gone or was changed."""
    return storage.read(photo.small_sha256 if small else photo.sha256)


def kept() -> Iterator[str]:
    """The digests of all bytes that photographs need."""
    for pair in ActivityPhoto.objects.values_list("sha256", "small_sha256"):
        yield from pair
