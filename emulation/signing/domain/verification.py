"""What the verification page and the command say about a file or a printed code: one headline, five answers, the signers.

The ledger is asked first. Only a file that it does not know is inspected, elsewhere and with limits; its findings come in here. A
known file is not inspected on the page: its digest is that of bytes which were verified when they were stored.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from emulation.lib import clock
from emulation.organisation.domain import units
from emulation.signing import kinds
from emulation.signing.domain import answers, enclosed, headlines, ledger, on_paper, strangers
from emulation.signing.domain.answers import Answers, Holds
from emulation.signing.domain.headlines import Headline, Tone
from emulation.signing.domain.ledger import Found, Place, Record
from emulation.signing.findings import Inspection, Problem, SignatureFinding
from emulation.signing.inspection import unverifiable
from emulation.signing.kinds import Enclosure
from emulation.signing.models import SigningRound, Slot

logger = logging.getLogger(__name__)
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SignerRow:
    """Who signed for a unit, in what capacity, and when by the system's own clock."""

    number: int
    unit: str
    role: str
    person: str
    title: str
    signed_at: datetime


@dataclass(frozen=True)
class Other:
    """Another document, and where it is verified."""

    title: str
    token: str


@dataclass(frozen=True)
class Verification:
    """Everything that is said. `compare` is what to look for on the paper; `technical` is for specialists; `successor` replaced it;
    `carrier` is the signed document with which it goes out unsigned.
    """

    headline: Headline
    answers: Answers
    signers: tuple[SignerRow, ...] = ()
    compare: Rows = ()
    technical: Rows = field(default=())
    is_sample: bool = False
    on_paper: bool = False
    successor: Other | None = None
    carrier: Other | None = None

    @property
    def is_valid(self) -> bool:
        """The final, intact, complete document that still holds; as far as the ledger knows."""
        return self.headline.tone is Tone.OK

    @property
    def signed_on(self) -> date | None:
        """The day of all signatures, when it is one and the same."""
        days = {clock.local(row.signed_at).date() for row in self.signers}
        return days.pop() if len(days) == 1 else None

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for programs."""
        return asdict(self)


def of_look(look: ledger.Look) -> Verification | None:
    """What the ledger says of a file; None when it does not know it."""
    found = look.found
    if found:
        return _guarded(lambda: _of_file(found, look.sha256), look.sha256, look.size)
    return _enclosed(look.sha256, look.size)


def of_code(record: Record) -> Verification:
    """What is said to somebody who holds a paper with this document's code."""
    return _guarded(lambda: _of_code(record), record.round.current.sha256, record.round.current.size)


def of_inspection(inspection: Inspection) -> Verification:
    """What is said of a file that had to be inspected. Asks the ledger once more: it may know the file by now."""
    known = ledger.by_sha256(inspection.sha256)
    if known:
        return _guarded(lambda: _of_file(known, inspection.sha256), inspection.sha256, inspection.size)
    if carried := _enclosed(inspection.sha256, inspection.size):
        return carried
    titles = ledger.titles_by_certificates([signature.certificate_sha256 for signature in strangers.ours(inspection)])
    return Verification(
        headline=headlines.of_inspection(inspection, titles),
        answers=strangers.of_inspection(inspection),
        technical=_inspected(inspection),
    )


def _guarded(verify: Callable[[], Verification], sha256: str, size: int) -> Verification:
    """Whatever goes wrong, the answer is "cannot be verified", never "valid" and never an error page."""
    try:
        return verify()
    except Exception:
        logger.exception("a record of the ledger cannot be read")
        inspection = unverifiable(Problem.UNREADABLE, sha256=sha256, size=size)
        return Verification(
            headlines.of_inspection(inspection, []), strangers.of_inspection(inspection), technical=_inspected(inspection)
        )


def _of_file(found: Found, sha256: str) -> Verification:
    record = found.record
    if record.round.on_paper:
        given = on_paper.answers_of_file(found)
        headline = on_paper.headline_of_file(found, given)
        signed = record.slots if found.place is Place.SCAN else []
    else:
        given = answers.of_file(found)
        headline = headlines.of_file(found, given)
        signed = record.signed_in(found.revision)
    return Verification(
        headline=headline,
        answers=given,
        signers=_rows(signed),
        technical=((_("Mã băm của tệp (SHA-256)"), sha256), *_recorded(record, signed)),
        is_sample=record.round.is_sample,
        on_paper=record.round.on_paper,
        successor=_other(record.round.successor),
    )


def _enclosed(sha256: str, size: int) -> Verification | None:
    found = kinds.enclosure(sha256)
    return _guarded(lambda: _of_enclosure(found, sha256), sha256, size) if found else None


def _of_enclosure(found: Enclosure, sha256: str) -> Verification:
    given = enclosed.answers_of(found)
    return Verification(
        headline=enclosed.headline_of(found, given),
        answers=given,
        technical=((_("Mã băm của tệp (SHA-256)"), sha256),),
        is_sample=units.is_demonstration(),
        successor=_other(found.successor),
        carrier=_other(found.carrier),
    )


def _of_code(record: Record) -> Verification:
    if record.round.on_paper:
        given = on_paper.answers_of_code(record)
        headline = on_paper.headline_of_code(record, given)
    else:
        given = answers.of_code(record)
        headline = headlines.of_code(record, given)
    return Verification(
        headline=headline,
        answers=given,
        signers=_rows(record.slots),
        compare=() if given.standing.code == Holds.VOIDED else _to_compare(record),
        technical=((_("Mã băm của bản lưu (SHA-256)"), record.round.current.sha256), *_recorded(record, record.slots)),
        is_sample=record.round.is_sample,
        on_paper=record.round.on_paper,
        successor=_other(record.round.successor),
    )


def _other(row: SigningRound | None) -> Other | None:
    if row is None:
        return None
    said = {"title": row.title, "of": row.body_name, "day": f"{row.document_date:%d/%m/%Y}"}
    return Other(_("%(title)s của %(of)s, ngày %(day)s") % said, row.token)


def _rows(slots: list[Slot]) -> tuple[SignerRow, ...]:
    ordered = sorted(slots, key=lambda slot: slot.number)
    return tuple(_row(slot) for slot in ordered)


def _row(slot: Slot) -> SignerRow:
    assert slot.signed_at is not None
    title = f"{slot.signer_title} ({slot.capacity_mark})" if slot.capacity_mark else slot.signer_title
    return SignerRow(slot.number, slot.unit_name, slot.role_label, slot.ranked_signer, title, slot.signed_at)


def _to_compare(record: Record) -> Rows:
    row = record.round
    signed_on = ((_("Ngày ký trên giấy"), f"{record.paper.signed_on:%d/%m/%Y}"),) if record.paper else ()
    return (
        (_("Ngày ghi trên văn bản"), f"{row.document_date:%d/%m/%Y}"),
        *signed_on,
        (_("Số trang"), str(row.page_count)),
        (_("Số nội dung"), str(row.clause_count)),
        (_("Mã kiểm tra nội dung"), row.short_hash),
        (pgettext("plural", "Người ký"), str(record.signed) if record.is_complete else f"{record.signed}/{record.planned}"),
    )


def _recorded(record: Record, slots: list[Slot]) -> Rows:
    row = record.round
    kept = _("khớp với sổ lưu") if record.copy_is_intact else _("KHÔNG khớp với sổ lưu")
    if row.authority is None:
        return _recorded_on_paper(record, kept)
    return (
        (_("Bản mới nhất trên hệ thống (SHA-256)"), f"{row.current.sha256}, {kept}"),
        (_("Vòng ký"), str(row.number)),
        (_("Bản kê người ký và ô ký (SHA-256)"), row.manifest_sha256),
        (_("Đơn vị cấp chứng thư"), row.authority.name),
        (_("Khóa của đơn vị cấp (SHA-256)"), row.authority.key_hash),
        *((_("Chứng thư của %(unit)s (SHA-256)") % {"unit": slot.unit_name}, slot.certificate_sha256 or "") for slot in slots),
    )


def _recorded_on_paper(record: Record, kept: str) -> Rows:
    row, paper = record.round, record.paper
    rows: Rows = (
        (_("Bản in để ký (SHA-256)"), f"{row.current.sha256}, {kept}"),
        (_("Vòng ký"), str(row.number)),
        (_("Bản kê người ký và ô ký (SHA-256)"), row.manifest_sha256),
        (_("Số bản gốc"), str(row.originals)),
    )
    if paper is None:
        return rows
    scans = (
        (_("Tệp %(n)d của bản chụp (SHA-256)") % {"n": number}, digest) for number, digest in enumerate(record.scan_digests, 1)
    )
    code = _("đã đọc và khớp") if paper.scan.has_code else _("không đọc được: %(reason)s") % {"reason": paper.no_code_reason}
    people = ((_("Người ghi nhận"), paper.recorded_label), (_("Người xác nhận"), paper.decided_label))
    return (*rows, *scans, (_("Mã QR trên bản chụp"), code), *people)


def _inspected(inspection: Inspection) -> Rows:
    rows = [(_("Mã băm của tệp (SHA-256)"), inspection.sha256), (_("Số chữ ký"), str(len(inspection.signatures)))]
    if inspection.problems:
        rows.append((_("Vấn đề"), strangers.fault_words(inspection)))
    # Not by the name of its field: that is a stranger's text, which could read like a verdict of ours.
    found = enumerate(inspection.signatures, start=1)
    return (*rows, *((_("Chữ ký thứ %(n)d") % {"n": number}, _signature_words(signature)) for number, signature in found))


def _signature_words(found: SignatureFinding) -> str:
    """A name only when a certificate of ours vouches for it."""
    who = f"{found.signer}, {found.organisation}" if found.trusted else _("chứng thư không do hệ thống này cấp")
    how = _("chữ ký khớp") if found.is_sound else _("chữ ký không đạt")
    return f"{who}; {how}; {found.certificate_sha256}"
