"""Photographs of a conference: add, caption, take away, read."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.conference_rows import lock_to_record
from blocs.models import Conference, Photo
from emulation.lib import clock, photographs, vietnamese
from emulation.organisation.actors import Actor
from emulation.records import storage
from emulation.records.domain import audit
from emulation.records.events import Event

MOST_PHOTOS = 40


@transaction.atomic
def add(conference: Conference, *, actor: Actor, data: bytes, caption: str = "") -> Photo:
    """Add a photograph: JPEG or PNG by its content, drawn anew without what the camera wrote. Adding one twice is adding it once.

    Raises `Refused`, `ValidationError`.
    """
    conference = lock_to_record(conference, actor)
    drawn = redrawn(data)
    sha256 = storage.keep(drawn.large)
    if known := conference.photos.filter(sha256=sha256).first():
        return known
    if conference.photos.count() >= MOST_PHOTOS:
        raise ValidationError({"photos": _("Mỗi hội nghị có nhiều nhất %(most)d ảnh.") % {"most": MOST_PHOTOS}})
    photo = Photo(
        conference=conference,
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
    audit.log(Event.PHOTO_CHANGED, stream=conference.stream, actor=actor, added=sha256, caption=photo.caption)
    return photo


def redrawn(data: bytes) -> photographs.Photograph:
    """The picture as it is kept. Raises `ValidationError` ("photos") when it is none."""
    try:
        return photographs.redraw(data)
    except photographs.NotAPhotograph as error:
        raise ValidationError(
            {"photos": _("Tệp không phải ảnh JPEG hoặc PNG đọc được, hoặc ảnh quá lớn (trên 12 MB).")}
        ) from error


@transaction.atomic
def take_away(photo: Photo, *, actor: Actor) -> None:
    """Take a photograph away; nobody is shown it any more. Raises `Refused`."""
    conference = lock_to_record(photo.conference, actor)
    Photo.objects.filter(pk=photo.pk).delete()
    audit.log(Event.PHOTO_CHANGED, stream=conference.stream, actor=actor, removed=photo.sha256)


def read(photo: Photo, *, small: bool) -> bytes:
    """The JPEG. Raises `storage.BytesBroken` when it is gone or was changed."""
    return storage.read(photo.small_sha256 if small else photo.sha256)


def kept() -> Iterator[str]:
    """The digests of all bytes that photographs need."""
    for pair in Photo.objects.values_list("sha256", "small_sha256"):
        yield from pair
