"""The five answers about a file of which the ledger knows nothing, from what its inspection found.

Names in a file are shown only when a certificate of ours vouches for them: on a page of the agency, a stranger's claim would look
like the agency's word. A sound signature alone never makes a file ours; only the ledger does.
"""

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emulation.signing.domain.answers import UNKNOWN_FILE, Answer, Answers, Complete, Holds, Intact, Signers
from emulation.signing.findings import FileState, Inspection, Problem, SignatureFinding


class Stranger(StrEnum):
    """What an unknown file turned out to be."""

    UNVERIFIABLE = "unverifiable"
    UNSIGNED = "unsigned"
    FOREIGN = "foreign"
    TAMPERED = "tampered"
    OURS_UNRECORDED = "ours_unrecorded"


# Why nothing could be said about a file, as its sender reads it.
REASONS = {
    Problem.NOT_PDF: gettext_lazy("Tệp này không phải là tệp PDF."),
    Problem.TOO_LARGE: gettext_lazy("Tệp quá lớn."),
    Problem.TOO_MANY_PAGES: gettext_lazy("Tệp có quá nhiều trang."),
    Problem.ENCRYPTED: gettext_lazy("Tệp được khóa bằng mật khẩu."),
    Problem.UNREADABLE: gettext_lazy("Tệp bị hỏng, bị cắt bớt hoặc không đọc được."),
    Problem.TIME_LIMIT: gettext_lazy("Việc kiểm tra không xong trong thời gian cho phép."),
    Problem.MEMORY_LIMIT: gettext_lazy("Việc kiểm tra tệp này cần quá nhiều bộ nhớ."),
}

# What is wrong with a file that could be read; shown among the technical details only.
FAULTS = {
    Problem.FIELDS_DIFFER: gettext_lazy("các ô ký không đúng như bản kê"),
    Problem.FOREIGN_FIELD: gettext_lazy("có ô nhập lạ"),
    Problem.FOREIGN_ANNOTATION: gettext_lazy("có ghi chú hoặc dấu thêm vào trang"),
    Problem.ACTIVE_CONTENT: gettext_lazy("có mã lệnh, tệp kèm hoặc lớp ẩn"),
    Problem.DUPLICATE_SIGNATURE: gettext_lazy("một chữ ký hiện ở hai ô"),
    Problem.DUPLICATE_CERTIFICATE: gettext_lazy("một chứng thư ký hai lần"),
    Problem.NOT_INTACT: gettext_lazy("nội dung không khớp với chữ ký"),
    Problem.NOT_TRUSTED: gettext_lazy("chứng thư không do hệ thống này cấp"),
    Problem.NOT_PLAIN: gettext_lazy("chữ ký không thuộc loại hệ thống này tạo ra"),
    Problem.NOT_COVERED: gettext_lazy("có phần không được chữ ký nào bao trùm"),
    Problem.CHANGED: gettext_lazy("tệp bị sửa sau khi ký"),
}


def kind_of(inspection: Inspection) -> Stranger:
    """What the inspected file is, for an unknown one."""
    if inspection.state is FileState.UNVERIFIABLE:
        return Stranger.UNVERIFIABLE
    if inspection.state is FileState.UNSIGNED:
        return Stranger.UNSIGNED
    if inspection.state is FileState.SOUND:
        return Stranger.OURS_UNRECORDED
    return Stranger.TAMPERED if ours(inspection) else Stranger.FOREIGN


def ours(inspection: Inspection) -> list[SignatureFinding]:
    """The signatures whose certificate one of our roots has issued, whatever else is wrong with them."""
    return [signature for signature in inspection.signatures if signature.root_key_hash]


def of_inspection(inspection: Inspection) -> Answers:
    """The answers about a file that the ledger does not know."""
    kind = kind_of(inspection)
    return Answers(
        file=Answer(UNKNOWN_FILE, _("Không có trong sổ lưu của hệ thống.")),
        intact=_intact(kind),
        signers=_signers(kind, inspection),
        complete=Answer(Complete.UNKNOWN, _("Không xác định được: hệ thống không có bản kê người ký của tệp này.")),
        standing=Answer(Holds.UNKNOWN, _("Không xác định được.")),
    )


def fault_words(inspection: Inspection) -> str:
    """Everything that is wrong with the file, in one line."""
    words = {**REASONS, **FAULTS}
    return ", ".join(str(words[problem]).rstrip(".") for problem in inspection.problems)


def _intact(kind: Stranger) -> Answer:
    if kind is Stranger.TAMPERED:
        return Answer(Intact.CHANGED, _("Không. Nội dung hoặc chữ ký trong tệp đã bị sửa."))
    if kind is Stranger.OURS_UNRECORDED:
        return Answer(Intact.UNKNOWN, _("Chữ ký khớp với nội dung, nhưng hệ thống không lưu tệp này nên không kết luận được."))
    return Answer(Intact.UNKNOWN, _("Không xác định được."))


def _signers(kind: Stranger, inspection: Inspection) -> Answer:
    count = len(inspection.signatures)
    if kind is Stranger.UNVERIFIABLE:
        return Answer(Signers.UNKNOWN, _("Không xác định được."))
    if kind is Stranger.UNSIGNED:
        return Answer(Signers.NONE, _("Tệp không có chữ ký điện tử nào."))
    if kind is Stranger.FOREIGN:
        sentence = _("Tệp có %(n)d chữ ký điện tử không do hệ thống này cấp; trang này không đánh giá được các chữ ký đó.")
        return Answer(Signers.FOREIGN, sentence % {"n": count})
    sentence = _("Tệp có %(n)d chữ ký điện tử, trong đó %(ours)d chữ ký mang tên hệ thống này; không dùng làm căn cứ được.")
    return Answer(Signers.UNKNOWN, sentence % {"n": count, "ours": len(ours(inspection))})
