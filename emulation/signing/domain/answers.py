"""The five separate answers about a file or a printed code: which it is, intact, signed by whom, complete, still in force.

They are kept apart on purpose: a file may be genuine and superseded, intact and voided. Each has a code for programs and a sentence
for a layman, who reads no word here about digests or certificates.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.records.models import Revision
from emulation.signing.domain.ledger import Found, Place, Record
from emulation.signing.enums import RoundState, SlotRole, Standing
from emulation.signing.models import Slot


class Intact(StrEnum):
    INTACT = "intact"
    APPENDED = "appended"
    CHANGED = "changed"
    COPY_INTACT = "copy_intact"
    COPY_DAMAGED = "copy_damaged"
    UNKNOWN = "unknown"


class Signers(StrEnum):
    NONE = "none"
    SPECIALISED = "specialised"
    SAMPLE = "sample"
    FOREIGN = "foreign"
    PAPER = "paper"
    UNKNOWN = "unknown"


class Complete(StrEnum):
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


class Holds(StrEnum):
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    VOIDED = "voided"
    REPLACED = "replaced"
    REVOKED = "revoked"
    NOT_THIS_FILE = "not_this_file"
    UNKNOWN = "unknown"


# What the first answer says beside the places of the ledger.
UNKNOWN_FILE = "unknown"
DOCUMENT_OF_CODE = "document"


@dataclass(frozen=True)
class Answer:
    """A code for programs and a sentence for people."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Answers:
    """The five, each on its own."""

    file: Answer
    intact: Answer
    signers: Answer
    complete: Answer
    standing: Answer


def of_file(found: Found) -> Answers:
    """The answers about a file that the ledger knows, or with whose beginning it does."""
    record, revision = found.record, found.revision
    appended = found.place is Place.APPENDED
    return Answers(
        file=_file(found),
        intact=_appended() if appended else Answer(Intact.INTACT, _("Nguyên vẹn. Không có nội dung nào bị sửa, thêm hoặc bớt.")),
        signers=signers(record, record.signed_in(revision), appended=appended),
        complete=_complete_file(record, revision),
        standing=_standing_of_file(found),
    )


def of_code(record: Record) -> Answers:
    """The answers about the document to which a printed code belongs; nothing is said about the paper itself."""
    return Answers(
        file=Answer(DOCUMENT_OF_CODE, _document_words(record)),
        intact=_copy(record),
        signers=signers(record, record.slots),
        complete=_complete_document(record),
        standing=standing(record),
    )


def signers(record: Record, slots: list[Slot], *, appended: bool = False) -> Answer:
    """Who signed, in what capacity, and how far that can be relied on."""
    if not slots:
        return Answer(Signers.NONE, _("Chưa có ai ký."))
    people = _people(slots)
    if appended:
        people = _("Trong phần hệ thống lưu: %(people)s Phần thêm vào không được tính.") % {"people": people}
    sample = record.round.is_sample
    return Answer(Signers.SAMPLE if sample else Signers.SPECIALISED, f"{people} {trust_words(sample=sample)}")


def _people(slots: list[Slot]) -> str:
    roles = {slot.role for slot in slots}
    if roles == {SlotRole.SECRETARY, SlotRole.CHAIR}:
        return _("Thư ký và chủ trì hội nghị, mỗi người một chữ ký riêng.")
    if roles == {SlotRole.SECRETARY}:
        return _("Thư ký hội nghị, một chữ ký.")
    if roles == {SlotRole.CHAIR}:
        return _("Chủ trì hội nghị, một chữ ký.")
    witnesses = sum(slot.role == SlotRole.WITNESS for slot in slots)
    said = {"n": len(slots) - witnesses, "w": witnesses}
    if not witnesses:
        return _("%(n)d chỉ huy đơn vị, mỗi người một chữ ký riêng.") % said
    if not said["n"]:
        return _("%(w)d người chứng kiến.") % said
    return _("%(n)d chỉ huy đơn vị và %(w)d người chứng kiến, mỗi người một chữ ký riêng.") % said


def trust_words(*, sample: bool) -> str:
    """The level of trust (Law 20/2023/QH15, art. 22): never the signature of a public duty."""
    if sample:
        return _("Mức tin cậy: chữ ký mẫu để trình diễn, không ràng buộc ai.")
    return _(
        "Mức tin cậy: cao nhất là chữ ký điện tử chuyên dùng do hệ thống cấp (Điều 22 Luật Giao dịch điện tử năm 2023), "
        "không phải chữ ký số công vụ."
    )


def standing(record: Record) -> Answer:
    """Whether the document of this round still holds."""
    if record.round.state == RoundState.VOIDED:
        sentence = _("Không. Lần ký này đã bị hủy ngày %(day)s, các chữ ký không còn giá trị.")
        return Answer(Holds.VOIDED, sentence % {"day": day_of(record.round.voided_at)})
    if not record.is_complete:
        missing = record.planned - record.signed
        if missing < 1:
            return Answer(
                Holds.UNKNOWN, _("Không xác định được: sổ lưu của hệ thống không khớp. Báo ngay cho cơ quan thường trực.")
            )
        return Answer(Holds.NOT_YET, _("Chưa có hiệu lực: còn thiếu %(n)d chữ ký.") % {"n": missing})
    if record.round.standing == Standing.IN_FORCE:
        return Answer(Holds.IN_FORCE, _("Đang có hiệu lực. Chưa bị hủy, thay thế hoặc thu hồi."))
    said = {"day": day_of(record.round.standing_since), "reason": record.round.standing_reason}
    if record.round.standing == Standing.REPLACED:
        return Answer(Holds.REPLACED, _("Không. Đã được thay thế từ ngày %(day)s: %(reason)s") % said)
    return Answer(Holds.REVOKED, _("Không. Đã bị thu hồi từ ngày %(day)s: %(reason)s") % said)


def day_of(moment: datetime | None) -> str:
    """A moment's date as people write it, by the clock of Việt Nam."""
    return f"{clock.local(moment):%d/%m/%Y}" if moment else ""


def time_of(moment: datetime) -> str:
    """A moment as people write it: time, then date."""
    local = clock.local(moment)
    return _("%(time)s ngày %(day)s") % {"time": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"}


def _file(found: Found) -> Answer:
    revision, newest = found.revision, found.record.round.current
    if found.place is Place.APPENDED:
        return Answer(found.place, _("Phần đầu trùng với một bản do hệ thống lưu, phần sau do nơi khác thêm vào."))
    kept = _("Hệ thống lưu đúng tệp này từ %(time)s.") % {"time": time_of(revision.created_at)}
    said = {"kept": kept, "k": revision.number, "n": newest.number}
    voided = found.record.round.state == RoundState.VOIDED
    newest_words = _("Bản đã hủy, có %(k)d chữ ký. %(kept)s") if voided else _("Bản mới nhất, có %(k)d chữ ký. %(kept)s")
    sentences = {
        Place.FINAL: _("Bản cuối cùng, có đủ chữ ký. %(kept)s"),
        Place.NEWEST: newest_words,
        Place.SUPERSEDED: _("Bản cũ: bản thứ %(k)d trong %(n)d bản lần lượt được ký. %(kept)s"),
        Place.FROZEN: _("Bản đã chốt nội dung, chưa có chữ ký nào. %(kept)s"),
    }
    return Answer(found.place, sentences[found.place] % said)


def _document_words(record: Record) -> str:
    said = {"title": record.round.title, "of": record.round.body_name}
    if record.is_complete:
        return _("%(title)s của %(of)s, bản cuối cùng.") % said
    if record.round.state == RoundState.OPEN:
        return _("%(title)s của %(of)s, đang trong quá trình ký.") % said
    return _("%(title)s của %(of)s, lần ký đã bị hủy.") % said


def _appended() -> Answer:
    return Answer(Intact.APPENDED, _("Không. Có nội dung được thêm vào sau, nằm ngoài bản do hệ thống lưu."))


def _copy(record: Record) -> Answer:
    paper = _("Trang này không xác nhận được bản giấy.")
    if record.copy_is_intact:
        intact = _("Bản lưu trên hệ thống nguyên vẹn.")
        return Answer(Intact.COPY_INTACT, f"{intact} {paper}")
    damaged = _("Bản lưu trên hệ thống không còn như lúc ký: báo ngay cho cơ quan thường trực.")
    return Answer(Intact.COPY_DAMAGED, f"{damaged} {paper}")


def _complete_file(record: Record, revision: Revision) -> Answer:
    has, wanted = len(record.signed_in(revision)), record.planned
    if has == wanted:
        return Answer(Complete.COMPLETE, _("Đủ %(n)d/%(n)d.") % {"n": wanted})
    sentence = _("Chưa đủ: tệp này có %(k)d/%(n)d chữ ký.") % {"k": has, "n": wanted}
    if record.signed > has:
        sentence += " " + _("Bản mới nhất trên hệ thống có %(m)d/%(n)d.") % {"m": record.signed, "n": wanted}
    return Answer(Complete.INCOMPLETE, sentence)


def _complete_document(record: Record) -> Answer:
    if record.signed == record.planned:
        return Answer(Complete.COMPLETE, _("Đủ %(n)d/%(n)d.") % {"n": record.planned})
    return Answer(Complete.INCOMPLETE, _("Chưa đủ: mới có %(k)d/%(n)d chữ ký.") % {"k": record.signed, "n": record.planned})


def _standing_of_file(found: Found) -> Answer:
    """What holds is the final revision; an earlier or altered file has no force of its own."""
    answer = standing(found.record)
    if answer.code != Holds.IN_FORCE or found.place is Place.FINAL:
        return answer
    words = _("Văn bản đang có hiệu lực theo bản đã ký đủ %(n)d/%(n)d, không phải theo tệp này.")
    return Answer(Holds.NOT_THIS_FILE, words % {"n": found.record.planned})
