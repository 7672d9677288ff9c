"""Files that go with sections of a report. What a file is, its bytes say, never its name."""

import hashlib
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs.domain.attachments import Examined
from emulation.lib import clock
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit, documents
from emulation.records.events import Event
from emulation.reports import policies
from emulation.reports.domain.material import signed_version
from emulation.reports.domain.periods import outline_text
from emulation.reports.domain.writing import begin, lock
from emulation.reports.models import Report, ReportFile
from emulation.reports.texts import report_of

MOST_FILES = 20
_KIND = "report file"


def attach(report: Report, section: str, files: Sequence[Examined], *, actor: Actor) -> list[ReportFile]:
    """Keep examined files with a section; what is there already stays one file. Raises `Refused`, `ValidationError` ("attached")."""
    # Bytes are kept before the report is locked, in the order of their hashes: nobody waits for bytes, nor two for each other.
    enforce(policies.may_write(report, actor))
    by_hash = {hashlib.sha256(file.data).hexdigest(): file for file in files}
    with transaction.atomic():
        kept = [(documents.keep_once(_KIND, file.data), file) for _digest, file in sorted(by_hash.items())]
        report = lock(report, actor)
        if section not in {row.key for row in outline_text(report.period.outline).sections if row.parent}:
            raise Refused(refuse(_("Đề cương không còn mục này để viết.")))
        known = set(report.files.filter(section=section, removed_at=None).values_list("revision", flat=True))
        fresh = [(revision, file) for revision, file in kept if revision.pk not in known]
        if len(known) + len(fresh) > MOST_FILES:
            raise ValidationError({"attached": _("Mỗi mục nhiều nhất %(n)d tệp.") % {"n": MOST_FILES}})
        rows = [
            ReportFile.objects.create(
                report=report,
                section=section,
                revision=revision,
                name=file.name,
                media_type=file.media_type,
                added_at=clock.now(),
                added_label=actor.label[:300],
            )
            for revision, file in fresh
        ]
        if rows:
            begin(report)
            added = [{"name": row.name, "sha256": row.revision.sha256} for row in rows]
            audit.log(Event.REPORT_FILES_CHANGED, stream=report.stream, actor=actor, section=section, added=added)
    return rows


@transaction.atomic
def remove(file: ReportFile, *, actor: Actor) -> ReportFile:
    """Take a file off while the report may be written; its bytes and its row stay known. Raises `Refused`."""
    report = lock(file.report, actor)
    file = ReportFile.objects.select_for_update(of=("self",)).select_related("revision").get(pk=file.pk)
    if file.removed_at is None:
        file.removed_at = clock.now()
        file.save(update_fields=["removed_at"])
        gone = {"name": file.name, "sha256": file.revision.sha256}
        audit.log(Event.REPORT_FILES_CHANGED, stream=report.stream, actor=actor, section=str(file.section), removed=gone)
    return file


def readable(report: Report, sha256: str, actor: Actor | None) -> ReportFile | None:
    """The file with these bytes: any of its own to the unit, to others one that belongs to the newest signed version."""
    file = report.files.filter(revision__sha256=sha256).select_related("revision").first()
    if file is None or report.is_own(actor):
        return file
    version = signed_version(report)
    signed = report_of(version.content).sections if version else ()
    return file if any(line.sha256 == sha256 for section in signed for line in section.files) else None
