"""Evidence: files that show what a unit entered or explains. What a file is, its bytes say, never its name."""

import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.attachments import Examined, Upload
from emulation.lib import clock, file_types, virus_scan
from emulation.lib.verdict import Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit, documents
from emulation.records.events import Event
from scoring import campaign_policies as policies
from scoring.domain.reading import sealed_text
from scoring.domain.sheets import lock, lock_in_phase
from scoring.models import EvidenceFile, Sheet

ACCEPTED = (file_types.PDF, file_types.DOCX, file_types.XLSX, file_types.PNG, file_types.JPEG)
MOST_BYTES = 10 * 1024 * 1024
MOST_AT_ONCE = 10
MOST_FILES = 20
_KIND = "evidence"


def examine(uploads: Sequence[Upload]) -> list[Examined]:
    """Check number, size, true type and the office's scanner. Raises `ValidationError` ("attached") with a sentence for each fault."""
    faults = []
    if not uploads:
        faults.append(_("Chọn ít nhất một tệp."))
    if len(uploads) > MOST_AT_ONCE:
        faults.append(_("Mỗi lần gửi nhiều nhất %(n)d tệp.") % {"n": MOST_AT_ONCE})
    found: list[Examined] = []
    for upload in uploads[:MOST_AT_ONCE]:
        name = file_types.tidy_name(upload.name)
        fault = file_types.fault(name, upload.data, accepted=ACCEPTED, most_bytes=MOST_BYTES) or _scanned(name, upload.data)
        if fault:
            faults.append(fault)
        else:
            found.append(Examined(name, file_types.MEDIA_TYPES[file_types.claimed_type(name)], upload.data))
    if faults:
        raise ValidationError({"attached": faults})
    return found


def attach(
    sheet: Sheet, key: str, files: Sequence[Examined], *, actor: Actor, for_explanation: bool = False
) -> list[EvidenceFile]:
    """Keep examined files with a criterion; what is there already stays one file. `for_explanation`: with the explanation of it.

    Raises `Refused`, `ValidationError` ("attached").
    """
    # Kept before the sheet is locked, in the order of their hashes: nobody waits for bytes, nor two for each other.
    enforce(_may_change(sheet, actor, for_explanation=for_explanation))
    by_hash = {hashlib.sha256(file.data).hexdigest(): file for file in files}
    with transaction.atomic():
        kept = [(documents.keep_once(_KIND, file.data), file) for _digest, file in sorted(by_hash.items())]
        sheet = lock_in_phase(sheet) if for_explanation else lock(sheet)
        enforce(_may_change(sheet, actor, for_explanation=for_explanation))
        if key not in sealed_text(sheet.campaign.criteria_set).leaf_of:
            raise Refused(refuse(_("Bộ tiêu chí không có tiêu chí này.")))
        there = sheet.evidence.filter(key=key, for_explanation=for_explanation, removed_at=None)
        known = set(there.values_list("revision", flat=True))
        fresh = [(revision, file) for revision, file in kept if revision.pk not in known]
        if len(known) + len(fresh) > MOST_FILES:
            raise ValidationError({"attached": _("Mỗi tiêu chí nhiều nhất %(n)d tệp.") % {"n": MOST_FILES}})
        rows = [
            EvidenceFile(
                sheet=sheet,
                key=key,
                for_explanation=for_explanation,
                revision=revision,
                name=file.name,
                media_type=file.media_type,
                added_at=clock.now(),
                added_label=actor.label[:300],
            )
            for revision, file in fresh
        ]
        for row in rows:
            row.save()
        added = [{"name": row.name, "sha256": row.revision.sha256} for row in rows]
        if added:
            audit.log(Event.EVIDENCE_CHANGED, stream=sheet.stream, actor=actor, criterion=key, added=added)
    return rows


@transaction.atomic
def remove(file: EvidenceFile, *, actor: Actor) -> EvidenceFile:
    """Take a file off while the sheet may be written; its bytes and its row stay known. Taken off twice is taken off once.

    What came with an explanation was sent with it, and is read by who answers: it stays.
    """
    sheet = lock(file.sheet)
    if file.for_explanation:
        raise Refused(refuse(_("Tệp đã gửi kèm giải trình, không gỡ được nữa.")))
    enforce(policies.may_attach_evidence(sheet, actor))
    file = EvidenceFile.objects.select_for_update(of=("self",)).select_related("revision").get(pk=file.pk)
    if file.removed_at is None:
        file.removed_at = clock.now()
        file.save(update_fields=["removed_at"])
        gone = {"name": file.name, "sha256": file.revision.sha256}
        audit.log(Event.EVIDENCE_CHANGED, stream=sheet.stream, actor=actor, criterion=str(file.key), removed=gone)
    return file


def _may_change(sheet: Sheet, actor: Actor, *, for_explanation: bool) -> Verdict:
    return policies.may_explain(sheet, actor) if for_explanation else policies.may_attach_evidence(sheet, actor)


def _scanned(name: str, data: bytes) -> str:
    try:
        virus_scan.scan(settings.VIRUS_SCAN_COMMAND, data)
    except virus_scan.Infected as refused:
        return _("Tệp “%(name)s” bị phần mềm quét mã độc từ chối: %(reason)s") % {"name": name, "reason": str(refused) or "–"}
    return ""
