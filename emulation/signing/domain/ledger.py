"""What the ledger knows of a file: by its digest alone, no PDF is read to find out.

The ledger is asked before any cryptography, because signatures can all be good in a file that is not the document: its last
revision cut off, a stranger's signature added, other words filled in.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from emulation.records import storage
from emulation.records.models import Revision
from emulation.signing import kinds
from emulation.signing.enums import PaperState, RoundState
from emulation.signing.models import PaperRecord, Scan, ScanFile, SigningRound, Slot

_PIECE = 256 * 1024
# Databases take a limited number of values in one question.
_AT_ONCE = 500
# The same file may have been handed in again after its record was given back.
_SCANS = 20


class Readable(Protocol):
    """An open file, or an upload."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, place: int, /) -> Any: ...


class Place(StrEnum):
    """What a known file is among the revisions of its document."""

    FINAL = "final"
    NEWEST = "newest"
    SUPERSEDED = "superseded"
    FROZEN = "frozen"
    APPENDED = "appended"
    SCAN = "scan"
    LOOSE_SCAN = "loose_scan"


@dataclass(frozen=True)
class Record:
    """A round as the ledger has it: how many were to sign, who has signed and in which revision."""

    round: SigningRound

    @cached_property
    def fields(self) -> list[str]:
        """The signature fields that the manifest names. Raises `ValueError` when it is not the manifest that was printed."""
        if hashlib.sha256(self.round.manifest.encode()).hexdigest() != self.round.manifest_sha256:
            raise ValueError("the manifest was changed")
        return [slot["field"] for slot in json.loads(self.round.manifest)["slots"]]

    @property
    def planned(self) -> int:
        """How many signatures the manifest asks for."""
        return len(self.fields)

    @cached_property
    def slots(self) -> list[Slot]:
        """The signed slots in the order of signing. A voided round keeps them."""
        signed = [slot for slot in self.round.slots.all() if slot.revision_id or slot.paper_record_id]
        return sorted(signed, key=lambda slot: (_revision_number(slot), slot.number))

    @property
    def signed(self) -> int:
        """How many signatures the newest revision has."""
        return len(self.slots)

    @property
    def noun(self) -> str:
        """What a person calls the document: "giao ước"."""
        return kinds.get(self.round.kind).noun

    @property
    def copy(self) -> str:
        """What a person calls a copy of it: "bản giao ước"; of minutes, whose name says it already, "biên bản hội nghị"."""
        noun = _(self.noun)
        return noun if self.noun.startswith("biên bản") else _("bản %(noun)s") % {"noun": noun}

    @property
    def is_complete(self) -> bool:
        """The round was completed, and its newest revision (or its paper) carries every signature that the manifest asks for."""
        in_file = self.planned if self.round.on_paper else self.round.current.number
        return self.round.state == RoundState.COMPLETED and self.signed == self.planned == in_file

    @cached_property
    def paper(self) -> PaperRecord | None:
        """The confirmed record of the signing on paper."""
        return next((row for row in self.round.paper_records.all() if row.state == PaperState.CONFIRMED), None)

    @cached_property
    def scan_digests(self) -> list[str]:
        """The SHA-256 of the files of the confirmed scan, in their order."""
        return [file.revision.sha256 for file in self.paper.scan.files.all()] if self.paper else []

    @cached_property
    def copy_is_intact(self) -> bool:
        """Whether the stored bytes of the newest revision, and of the scan of a paper, still have their digest."""
        try:
            for digest in (self.round.current.sha256, *self.scan_digests):
                storage.read(digest)
        except storage.BytesBroken:
            return False
        return True

    def signed_in(self, revision: Revision) -> list[Slot]:
        """The slots whose signature this revision carries; what is only printed for signing carries none."""
        return [] if self.round.on_paper else [slot for slot in self.slots if _revision_number(slot) <= revision.number]


@dataclass(frozen=True)
class Found:
    """A known revision, or (`is_appended`) the longest known revision with which a file begins, or a file of a known `scan`."""

    record: Record
    revision: Revision
    is_appended: bool = False
    scan: Scan | None = None

    @property
    def place(self) -> Place:
        """What the file is among the revisions of its document."""
        if self.is_appended:
            return Place.APPENDED
        if self.scan:
            paper = self.record.paper
            return Place.SCAN if paper and paper.scan_id == self.scan.pk else Place.LOOSE_SCAN
        if self.revision.number == 0:
            return Place.FROZEN
        if self.revision.pk != self.record.round.current_id:
            return Place.SUPERSEDED
        return Place.FINAL if self.record.is_complete else Place.NEWEST


@dataclass(frozen=True)
class Look:
    """Digest and size of a file, and what the ledger knows of it (None: nothing)."""

    sha256: str
    size: int
    found: Found | None


def look_up(stream: Readable) -> Look:
    """Ask the ledger about an open file; it is left at its start."""
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    for piece in _pieces(stream):
        digest.update(piece)
        size += len(piece)
    sha256 = digest.hexdigest()
    found = by_sha256(sha256) or _beginning_of(stream, size)
    stream.seek(0)
    return Look(sha256, size, found)


def by_sha256(sha256: str) -> Found | None:
    """The known revision with this digest, or the scan to which a file with it belongs."""
    revision = Revision.objects.filter(sha256=sha256, document__round__isnull=False).first()
    return _found(revision) if revision else _scanned(sha256)


def by_token(token: str) -> Record | None:
    """The round of a QR code."""
    # PostgreSQL cannot even be asked about a zero byte.
    return _record(token=token) if token.isprintable() else None


def by_code(code: str) -> Record | None:
    """The round of a typed code, in the spelling in which it was issued."""
    return _record(short_code=code)


def titles_by_certificates(digests: list[str]) -> list[str]:
    """Titles of the documents in which these certificates signed."""
    rounds = SigningRound.objects.filter(slots__certificate_sha256__in=digests).order_by("pk").distinct()
    return list(dict.fromkeys(f"{row.title}, {row.body_name}" for row in rounds))


def _record(**wanted: str) -> Record | None:
    row = _rounds().filter(**wanted).first()
    return Record(row) if row else None


def _found(revision: Revision, *, is_appended: bool = False) -> Found:
    return Found(Record(_rounds().get(document_id=revision.document_id)), revision, is_appended)


def _scanned(sha256: str) -> Found | None:
    files = ScanFile.objects.filter(revision__sha256=sha256).select_related("scan", "revision").order_by("-scan")
    found = [Found(Record(_rounds().get(pk=file.scan.round_id)), file.revision, scan=file.scan) for file in files[:_SCANS]]
    return next((one for one in found if one.place is Place.SCAN), found[0] if found else None)


def _rounds() -> Any:
    papers = Prefetch("paper_records", PaperRecord.objects.select_related("scan").prefetch_related("scan__files__revision"))
    return SigningRound.objects.select_related("authority", "current", "successor").prefetch_related("slots__revision", papers)


def _beginning_of(stream: Readable, size: int) -> Found | None:
    """The longest known revision with which the file begins: all are hashed in one reading."""
    sizes = Revision.objects.filter(size__lt=size, document__round__isnull=False).order_by("size")
    digests = list(_digests_at(stream, list(sizes.values_list("size", flat=True).distinct())))
    best: Revision | None = None
    for start in range(0, len(digests), _AT_ONCE):
        part = digests[start : start + _AT_ONCE]
        longest = Revision.objects.filter(sha256__in=part, document__round__isnull=False).order_by("-size").first()
        if longest and (best is None or longest.size > best.size):
            best = longest
    return _found(best, is_appended=True) if best else None


def _digests_at(stream: Readable, sizes: list[int]) -> Iterator[str]:
    """The digest of the first bytes of the file, for each of these sizes in rising order."""
    stream.seek(0)
    digest, place = hashlib.sha256(), 0
    for size in sizes:
        for piece in _pieces(stream, size - place):
            digest.update(piece)
        place = size
        yield digest.copy().hexdigest()


def _pieces(stream: Readable, most: int | None = None) -> Iterator[bytes]:
    left = most
    while left is None or left > 0:
        piece = stream.read(_PIECE if left is None else min(_PIECE, left))
        if not piece:
            return
        if left is not None:
            left -= len(piece)
        yield piece


def _revision_number(slot: Slot) -> int:
    return slot.revision.number if slot.revision else 0
