"""What is said of a document that is signed with pens: the same five answers and one headline, never a word of electronic signatures.

Nothing here is green. The system keeps a picture of the paper and the word of two persons; it cannot judge ink.
"""

from django.utils.translation import gettext as _

from emulation.signing.domain import answers, headlines
from emulation.signing.domain.answers import DOCUMENT_OF_CODE, Answer, Answers, Complete, Holds, Intact, Signers
from emulation.signing.domain.headlines import Headline, Tone
from emulation.signing.domain.ledger import Found, Place, Record
from emulation.signing.enums import RoundState, SlotRole


def answers_of_file(found: Found) -> Answers:
    """About a file that the ledger knows: the print for signing, or a scan."""
    record = found.record
    is_scan = found.place in (Place.SCAN, Place.LOOSE_SCAN)
    return Answers(
        file=_file(found),
        intact=_intact(found),
        signers=_signers(record) if found.place is Place.SCAN else Answer(Signers.NONE, _nobody(is_scan=is_scan)),
        complete=_complete(record) if found.place is Place.SCAN else _not_by_this_file(record),
        standing=_standing_of_file(found),
    )


def answers_of_code(record: Record) -> Answers:
    """About the document of a printed code; nothing is said about the paper in somebody's hand."""
    said = {"title": record.round.title, "of": record.round.body_name}
    words = _("%(title)s của %(of)s, ký trên giấy.") % said
    if record.is_complete:
        words = _("%(title)s của %(of)s. Đã ký trên giấy; hệ thống lưu bản chụp.") % said
    return Answers(
        file=Answer(DOCUMENT_OF_CODE, words),
        intact=_kept(record),
        signers=_signers(record),
        complete=_complete(record),
        standing=_standing(record),
    )


def headline_of_file(found: Found, given: Answers) -> Headline:
    """For the print for signing, or a scan of it."""
    record = found.record
    if given.standing.code == Holds.VOIDED:
        return headlines.voided(record)
    said = {"noun": _(record.noun), "n": record.planned, "day": answers.day_of(record.round.standing_since)}
    note = headlines.titled(record.round)
    if found.place is Place.APPENDED:
        sentence = _("Tệp này đã bị thêm nội dung vào sau bản in để ký do hệ thống lưu: không dùng tệp này.")
        return Headline("appended", Tone.LATE, "file-alert", sentence, note)
    if found.place is Place.LOOSE_SCAN:
        sentence = _("Tệp này là bản chụp đã được tải lên, nhưng chưa có người thứ hai xác nhận: chưa dùng làm căn cứ.")
        return Headline("loose_scan", Tone.WAIT, "file-time", sentence, note)
    if found.place is Place.SCAN:
        return _scan_headline(given, said, note)
    if record.is_complete:
        sentence = _("Tệp này là bản in để ký, chưa có chữ ký nào; %(noun)s đã ký trên giấy, hệ thống lưu bản chụp.") % said
    else:
        sentence = _("Tệp này là bản in để ký, chưa có chữ ký nào; hệ thống chưa ghi nhận %(noun)s đã ký trên giấy.") % said
    return Headline("frozen", Tone.WAIT, "file-time", sentence, note)


def headline_of_code(record: Record, given: Answers) -> Headline:
    """For a printed code."""
    if given.standing.code == Holds.VOIDED:
        return headlines.voided(record, title=True)
    said = {"title": record.round.title, "n": record.planned, "day": answers.day_of(record.round.standing_since)}
    if given.intact.code == Intact.COPY_DAMAGED:
        sentence = _("Mã này thuộc %(title)s, nhưng bản lưu trên hệ thống không còn như lúc ký.") % said
        advice = _("Không dùng tờ giấy này làm căn cứ; báo ngay cho cơ quan thường trực.")
        return Headline("damaged", Tone.LATE, "file-alert", sentence, advice)
    note = _("Mã QR có thể bị sao chép: hãy đối chiếu tờ giấy với ngày ký, số trang, số nội dung và người ký dưới đây.")
    if not record.is_complete:
        sentence = _("Mã này thuộc %(title)s, ký trên giấy; hệ thống chưa ghi nhận đã ký đủ, chưa có hiệu lực.") % said
        return Headline("code_unfinished", Tone.WAIT, "file-time", sentence, note)
    if given.standing.code == Holds.REPLACED:
        sentence = _("Mã này thuộc %(title)s, đã ký trên giấy, đã được thay thế từ ngày %(day)s.") % said
        return Headline("replaced", Tone.WAIT, "file-time", sentence, note)
    if given.standing.code == Holds.REVOKED:
        sentence = _("Mã này thuộc %(title)s, đã ký trên giấy, đã bị thu hồi từ ngày %(day)s.") % said
        return Headline("revoked", Tone.LATE, "file-alert", sentence, note)
    sentence = _("Mã này thuộc %(title)s. Đã ký trên giấy %(n)d/%(n)d; hệ thống lưu bản chụp.") % said
    return Headline("paper", Tone.INFO, "qrcode", sentence, note)


def _scan_headline(given: Answers, said: dict[str, object], note: str) -> Headline:
    if given.standing.code == Holds.REPLACED:
        sentence = _("Tệp này là bản chụp %(noun)s đã ký trên giấy %(n)d/%(n)d, đã được thay thế từ ngày %(day)s.") % said
        return Headline("replaced", Tone.WAIT, "file-time", sentence, note)
    if given.standing.code == Holds.REVOKED:
        sentence = _("Tệp này là bản chụp %(noun)s đã ký trên giấy %(n)d/%(n)d, đã bị thu hồi từ ngày %(day)s.") % said
        return Headline("revoked", Tone.LATE, "file-alert", sentence, note)
    sentence = _("Đã ký trên giấy; hệ thống lưu bản chụp. Tệp này đúng là bản chụp đó, %(noun)s đã ký %(n)d/%(n)d.") % said
    advice = _("Hệ thống không kiểm tra được chữ ký tay: hai người đã đối chiếu tờ giấy và xác nhận.")
    return Headline("paper", Tone.INFO, "file-text", sentence, f"{note} {advice}")


def _file(found: Found) -> Answer:
    kept = _("Hệ thống lưu đúng tệp này từ %(time)s.") % {"time": answers.time_of(found.revision.created_at)}
    sentences = {
        Place.SCAN: _("Bản chụp của văn bản đã ký trên giấy. %(kept)s"),
        Place.LOOSE_SCAN: _("Bản chụp chưa được xác nhận. %(kept)s"),
        Place.APPENDED: _("Phần đầu trùng với bản in để ký do hệ thống lưu, phần sau do nơi khác thêm vào."),
    }
    return Answer(found.place, sentences.get(found.place, _("Bản in để ký, chưa có chữ ký nào. %(kept)s")) % {"kept": kept})


def _intact(found: Found) -> Answer:
    if found.place is Place.APPENDED:
        return Answer(Intact.APPENDED, _("Không. Có nội dung được thêm vào sau, nằm ngoài bản do hệ thống lưu."))
    if found.scan:
        return Answer(Intact.INTACT, _("Đúng bản chụp mà hệ thống lưu. Hệ thống không kiểm tra được tờ giấy và chữ ký tay."))
    return Answer(Intact.INTACT, _("Nguyên vẹn. Không có nội dung nào bị sửa, thêm hoặc bớt."))


def _kept(record: Record) -> Answer:
    paper = _("Trang này không xác nhận được bản giấy.")
    if not record.copy_is_intact:
        damaged = _("Bản lưu trên hệ thống không còn như lúc ký: báo ngay cho cơ quan thường trực.")
        return Answer(Intact.COPY_DAMAGED, f"{damaged} {paper}")
    what = _("Bản chụp lưu trên hệ thống nguyên vẹn.") if record.paper else _("Bản in để ký lưu trên hệ thống nguyên vẹn.")
    return Answer(Intact.COPY_INTACT, f"{what} {paper}")


def _signers(record: Record) -> Answer:
    if record.paper is None:
        return Answer(Signers.NONE, _("Hệ thống chưa ghi nhận ai ký."))
    witnesses = sum(slot.role == SlotRole.WITNESS for slot in record.slots)
    said = {"n": len(record.slots) - witnesses, "w": witnesses, "day": f"{record.paper.signed_on:%d/%m/%Y}"}
    people = _("%(n)d chỉ huy đơn vị ký tay trên giấy ngày %(day)s.") % said
    if witnesses:
        people = _("%(n)d chỉ huy đơn vị và %(w)d người chứng kiến ký tay trên giấy ngày %(day)s.") % said
    how = _("Hai người đã đối chiếu và ghi nhận. Không có chữ ký điện tử.")
    sample = _("Đây là văn bản mẫu để trình diễn, không ràng buộc ai.")
    return Answer(Signers.PAPER, " ".join([people, how, *([sample] if record.round.is_sample else [])]))


def _nobody(*, is_scan: bool) -> str:
    if is_scan:
        return _("Chưa ai xác nhận những người ký trên bản chụp này.")
    return _("Tệp này chưa có chữ ký nào; chữ ký nằm trên bản giấy.")


def _complete(record: Record) -> Answer:
    if record.is_complete:
        return Answer(
            Complete.COMPLETE, _("Đủ %(n)d/%(n)d, theo bản chụp đã được người thứ hai xác nhận.") % {"n": record.planned}
        )
    return Answer(Complete.INCOMPLETE, _("Chưa ghi nhận: cần %(n)d chữ ký trên giấy.") % {"n": record.planned})


def _not_by_this_file(record: Record) -> Answer:
    return Answer(Complete.INCOMPLETE, _("Không xét theo tệp này. %(paper)s") % {"paper": _complete(record).sentence})


def _standing(record: Record) -> Answer:
    if record.round.state == RoundState.OPEN:
        return Answer(Holds.NOT_YET, _("Chưa có hiệu lực: hệ thống chưa ghi nhận đã ký đủ trên giấy."))
    return answers.standing(record)


def _standing_of_file(found: Found) -> Answer:
    answer = _standing(found.record)
    if answer.code != Holds.IN_FORCE or found.place is Place.SCAN:
        return answer
    return Answer(Holds.NOT_THIS_FILE, _("Văn bản đang có hiệu lực theo bản giấy đã ký, không phải theo tệp này."))
