"""Files that come with a remark: what they are is found in their bytes, never believed from their name."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs.models.remarks import MOST_ATTACHMENTS, MOST_BYTES, Remark, RemarkAttachment
from emulation.lib import file_types
from emulation.lib.file_types import MEDIA_TYPES, claimed_type, tidy_name
from emulation.records.domain import documents

ACCEPTED = (file_types.PDF, file_types.DOCX, file_types.PNG, file_types.JPEG)
_KIND = "attachment"


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Examined:
    """A file whose content is what its name says."""

    name: str
    media_type: str
    data: bytes


def examine(uploads: Sequence[Upload]) -> list[Examined]:
    """Check number, size and true type of the files. Raises `ValidationError` with a sentence for each fault."""
    faults = []
    if len(uploads) > MOST_ATTACHMENTS:
        faults.append(_("Mỗi ý kiến kèm nhiều nhất %(n)d tệp.") % {"n": MOST_ATTACHMENTS})
    found: list[Examined] = []
    for upload in uploads[:MOST_ATTACHMENTS]:
        name = tidy_name(upload.name)
        fault = file_types.fault(name, upload.data, accepted=ACCEPTED, most_bytes=MOST_BYTES)
        faults += [fault] if fault else []
        if not fault:
            found.append(Examined(name, MEDIA_TYPES[claimed_type(name)], upload.data))
    if faults:
        raise ValidationError({"attachments": faults})
    return found


def keep(remark: Remark, files: Sequence[Examined]) -> list[RemarkAttachment]:
    """Keep the bytes by their hash and note them with the remark; the same bytes are kept once.

    They are kept in the order of their hashes, so that two who send the same files do not wait for each other.
    """
    by_hash = {hashlib.sha256(file.data).hexdigest(): file.data for file in files}
    kept = {digest: documents.keep_once(_KIND, data) for digest, data in sorted(by_hash.items())}
    return [
        RemarkAttachment.objects.create(
            remark=remark,
            order=order,
            name=file.name,
            media_type=file.media_type,
            revision=kept[hashlib.sha256(file.data).hexdigest()],
        )
        for order, file in enumerate(files, start=1)
    ]
