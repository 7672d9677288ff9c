"""The one sentence at the head of the verification page, and the advice under it, as a layman reads them.

The sentence never says more than the five answers together. A printed code earns no green: it can be copied onto any paper.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from emulation.signing.domain import answers, strangers
from emulation.signing.domain.answers import Answers, Holds, Intact
from emulation.signing.domain.ledger import Found, Place, Record
from emulation.signing.domain.strangers import Stranger
from emulation.signing.enums import RoundState
from emulation.signing.findings import Inspection
from emulation.signing.models import SigningRound


class Tone(StrEnum):
    """How the page is coloured. OK is kept for a checked file that is final, intact and in force."""

    OK = "ok"
    INFO = "info"
    WAIT = "wait"
    LATE = "late"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Headline:
    """What the result is called by programs, its colour and icon, its sentence, and a line of advice."""

    outcome: str
    tone: Tone
    icon: str
    sentence: str
    note: str


def of_file(found: Found, given: Answers) -> Headline:
    """For a file that the ledger knows."""
    if given.standing.code == Holds.VOIDED:
        return voided(found.record)
    if found.place is Place.APPENDED:
        return _appended(found)
    if found.place is Place.FINAL:
        return _final(found, given)
    return _not_final(found)


def of_code(record: Record, given: Answers) -> Headline:
    """For a printed code, by camera or typed."""
    if given.standing.code == Holds.VOIDED:
        return voided(record, title=True)
    title = {"title": record.round.title, "of": record.round.body_name, "n": record.planned, "k": record.signed}
    if given.intact.code == Intact.COPY_DAMAGED:
        sentence = _("Mã này thuộc %(title)s, nhưng bản lưu trên hệ thống không còn như lúc ký.") % title
        return Headline(
            "damaged",
            Tone.LATE,
            "file-alert",
            sentence,
            _("Không dùng tờ giấy này làm căn cứ; báo ngay cho cơ quan thường trực."),
        )
    copied = _("Mã QR có thể bị sao chép: hãy đối chiếu tờ giấy với ngày ký, số trang, số nội dung và người ký dưới đây.")
    if not record.is_complete:
        sentence = _("Mã này thuộc %(title)s, đang ký: mới có %(k)d/%(n)d chữ ký, chưa có hiệu lực.") % title
        return Headline("code_unfinished", Tone.WAIT, "file-time", sentence, copied)
    day = {**title, "day": answers.day_of(record.round.standing_since)}
    if given.standing.code == Holds.REPLACED:
        return Headline(
            "replaced", Tone.WAIT, "file-time", _("Mã này thuộc %(title)s, đã được thay thế từ ngày %(day)s.") % day, copied
        )
    if given.standing.code == Holds.REVOKED:
        return Headline(
            "revoked", Tone.LATE, "file-alert", _("Mã này thuộc %(title)s, đã bị thu hồi từ ngày %(day)s.") % day, copied
        )
    return Headline("code", Tone.INFO, "qrcode", _("Mã này thuộc %(title)s, đã ký đủ %(n)d/%(n)d.") % title, copied)


def of_inspection(inspection: Inspection, titles: list[str]) -> Headline:
    """For a file that the ledger does not know; `titles` are documents from which its certificates come."""
    kind = strangers.kind_of(inspection)
    unknown = _("Hệ thống không lưu tệp này nên không xác minh được; điều đó chưa có nghĩa là tệp giả.")
    saved = _(
        "Tệp có thể đã được in ra rồi quét lại, hoặc lưu lại bằng phần mềm khác. Hãy xin tệp gốc của đơn vị, hoặc nhập mã in trên trang ký."
    )
    if kind is Stranger.UNVERIFIABLE:
        reason = next((str(strangers.REASONS[problem]) for problem in inspection.problems if problem in strangers.REASONS), "")
        advice = _("Điều đó chưa có nghĩa là tệp giả: hãy xin tệp gốc của đơn vị, hoặc nhập mã in trên trang ký.")
        note = f"{reason} {advice}".strip()
        return Headline(kind, Tone.NEUTRAL, "file-unknown", _("Không xác minh được tệp này."), note)
    if kind is Stranger.TAMPERED:
        sentence = _("Tệp này mang chữ ký của hệ thống nhưng không còn nguyên vẹn: không dùng tệp này.")
        return Headline(kind, Tone.LATE, "file-alert", sentence, _origin(titles))
    if kind is Stranger.OURS_UNRECORDED:
        sentence = _("Tệp này mang chữ ký của hệ thống nhưng không có trong sổ lưu, nên không xác minh được.")
        return Headline(kind, Tone.WAIT, "file-unknown", sentence, _("Không dùng tệp này; hãy báo cho cơ quan thường trực."))
    if kind is Stranger.FOREIGN:
        note = _("Tệp có chữ ký do nơi khác cấp: hãy hỏi nơi đã cấp chữ ký đó.")
        return Headline(kind, Tone.NEUTRAL, "file-unknown", unknown, note)
    return Headline(kind, Tone.NEUTRAL, "file-unknown", unknown, saved)


def _final(found: Found, given: Answers) -> Headline:
    record = found.record
    said = {"copy": record.copy, "n": record.planned, "day": answers.day_of(record.round.standing_since)}
    title = titled(record.round)
    if given.standing.code == Holds.REPLACED:
        sentence = _("Tệp này là %(copy)s đã ký đủ %(n)d/%(n)d, không bị thay đổi, nhưng đã được thay thế từ ngày %(day)s.")
        return Headline("replaced", Tone.WAIT, "file-time", sentence % said, title)
    if given.standing.code == Holds.REVOKED:
        sentence = _("Tệp này là %(copy)s đã ký đủ %(n)d/%(n)d, không bị thay đổi, nhưng đã bị thu hồi từ ngày %(day)s.")
        return Headline("revoked", Tone.LATE, "file-alert", sentence % said, title)
    sentence = _("Tệp này là %(copy)s đã ký đủ %(n)d/%(n)d, không bị thay đổi, đang có hiệu lực.")
    return Headline("valid", Tone.OK, "file-check", sentence % said, title)


def _not_final(found: Found) -> Headline:
    record = found.record
    said = {"copy": record.copy, "k": found.revision.number, "n": record.planned, "m": record.signed}
    if found.place is Place.NEWEST:
        sentence = _("Tệp này là %(copy)s đang ký: mới có %(k)d/%(n)d chữ ký, chưa có hiệu lực.")
        return Headline("unfinished", Tone.WAIT, "file-time", sentence % said, titled(record.round))
    newest = _("đã có bản ký đủ %(n)d/%(n)d.") if record.is_complete else _("bản mới nhất có %(m)d/%(n)d chữ ký.")
    if found.place is Place.FROZEN:
        sentence = _("Tệp này là %(copy)s chưa có chữ ký nào (0/%(n)d)")
        end = f"; {newest}" if record.signed else "."
        return Headline("frozen", Tone.WAIT, "file-time", sentence % said + end % said, titled(record.round))
    sentence = _("Tệp này là bản cũ, mới có %(k)d/%(n)d chữ ký; ")
    advice = _("Hãy xin bản mới nhất.")
    return Headline("superseded", Tone.WAIT, "file-time", (sentence + newest) % said, f"{titled(record.round)} {advice}")


def _appended(found: Found) -> Headline:
    sentence = _("Tệp này đã bị thêm nội dung vào sau %(copy)s do hệ thống lưu: không dùng tệp này.") % {
        "copy": found.record.copy
    }
    return Headline("appended", Tone.LATE, "file-alert", sentence, _origin([_plain_title(found.record.round)]))


def voided(record: Record, *, title: bool = False) -> Headline:
    """For what was called off; `title`: asked with a printed code."""
    said = {"day": answers.day_of(record.round.voided_at), "title": record.round.title}
    if title:
        sentence = _("Mã này thuộc %(title)s. Bản này đã bị hủy ngày %(day)s: không dùng tờ giấy này.") % said
    else:
        sentence = _("Bản này đã bị hủy ngày %(day)s, các chữ ký trong đó không còn giá trị.") % said
    note = titled(record.round)
    if _has_later_round(record.round):
        advice = _("Văn bản đã được mở ký lại: hãy xin bản mới.")
        note = f"{note} {advice}"
    return Headline("voided", Tone.LATE, "file-alert", sentence, note)


def _has_later_round(row: SigningRound) -> bool:
    later = SigningRound.objects.filter(kind=row.kind, subject_id=row.subject_id, number__gt=row.number)
    return later.exclude(state=RoundState.VOIDED).exists()


def _origin(titles: list[str]) -> str:
    """Where the genuine one is to be had."""
    advice = _("Việc mở rồi lưu lại bằng phần mềm khác cũng gây ra điều này. Hãy xin lại tệp gốc của đơn vị.")
    if not titles:
        return advice
    belongs = _("Chữ ký trong tệp thuộc: %(titles)s.") % {"titles": "; ".join(titles)}
    return f"{belongs} {advice}"


def titled(row: SigningRound) -> str:
    """The document's title and whose it is, as a sentence."""
    return f"{_plain_title(row)}."


def _plain_title(row: SigningRound) -> str:
    return _("%(title)s của %(of)s") % {"title": row.title, "of": row.body_name}
