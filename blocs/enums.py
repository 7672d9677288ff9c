"""Fixed lists of blocs and documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy


class DocumentKind(TextChoices):
    """The documents that a bloc agrees on in a year. The key is the kind of a signing round and the head of an audit stream."""

    COVENANT = "covenant", pgettext_lazy("kind", "Giao ước thi đua")
    SCORING = "scoring_regulation", pgettext_lazy("kind", "Quy định tiêu chí chấm điểm")
    OUTLINE = "report_outline", pgettext_lazy("kind", "Đề cương báo cáo sơ kết, tổng kết")
    REGULATION = "operating_regulation", pgettext_lazy("kind", "Quy chế hoạt động của khối")


# What a person calls a document of each kind in a sentence; a page translates it where it shows it.
NOUNS = {
    DocumentKind.COVENANT: gettext_noop("giao ước"),
    DocumentKind.SCORING: gettext_noop("quy định"),
    DocumentKind.OUTLINE: gettext_noop("đề cương"),
    DocumentKind.REGULATION: gettext_noop("quy chế"),
}

# Kinds whose clauses print as articles ("Điều 1."); the others have Roman sections with numbered clauses.
WITH_ARTICLES = (DocumentKind.SCORING, DocumentKind.REGULATION)


class BlocWord(TextChoices):
    """Both words are used for the same thing; a bloc has one of them."""

    KHOI = "khoi", _("Khối")
    CUM = "cum", _("Cụm")


class SeatRole(TextChoices):
    LEADER = "leader", _("Khối trưởng")
    DEPUTY = "deputy", _("Khối phó")
    MEMBER = "member", _("Thành viên")


# How a bloc is called in its name and in documents, whatever language the screen has.
BLOC_WORDS = {BlocWord.KHOI: "Khối", BlocWord.CUM: "Cụm"}


# The same words stand in documents; a page translates them where it shows them.
ROLE_LABELS = {
    (BlocWord.KHOI, SeatRole.LEADER): gettext_noop("Khối trưởng"),
    (BlocWord.KHOI, SeatRole.DEPUTY): gettext_noop("Khối phó"),
    (BlocWord.CUM, SeatRole.LEADER): gettext_noop("Cụm trưởng"),
    (BlocWord.CUM, SeatRole.DEPUTY): gettext_noop("Cụm phó"),
}


def role_label(word: str, role: str) -> str:
    """The role as this bloc calls it: "Khối trưởng" or "Cụm trưởng"."""
    return ROLE_LABELS.get((BlocWord(word), SeatRole(role)), "Thành viên")


class DocumentState(TextChoices):
    DRAFT = "draft", _("Đang soạn")
    DISCUSSION = "discussion", _("Lấy ý kiến")
    ADOPTED = "adopted", _("Đã thông qua")
    SIGNING = "signing", _("Đang ký")
    SIGNED = "signed", _("Đã ký")
    ATTACHED = "attached", _("Ban hành kèm biên bản")
    REPLACED = "replaced", _("Đã được thay thế")
    REVOKED = "revoked", _("Đã bị thu hồi")


# What is in force, and what was: nothing of it changes any more.
ISSUED = (DocumentState.SIGNED, DocumentState.ATTACHED)
ENDED = (DocumentState.REPLACED, DocumentState.REVOKED)
CLOSED = (*ISSUED, *ENDED)
# Agreed on and not ended, whether or not everybody has signed yet.
SETTLED = (DocumentState.ADOPTED, DocumentState.SIGNING, *ISSUED)


class ClauseKind(TextChoices):
    SECTION = "section", _("Mục lớn (I, II…)")
    CLAUSE = "clause", _("Nội dung (1, 2…)")


class ClausePart(TextChoices):
    """Before or after the tables of targets and titles."""

    BODY = "body", _("Nội dung giao ước")
    IMPLEMENTATION = "implementation", _("Tổ chức thực hiện")


class Direction(TextChoices):
    HIGHER = "higher", _("Từ mức này trở lên (≥)")
    LOWER = "lower", _("Không quá mức này (≤)")
    EXACT = "exact", _("Đúng mức này")


class Title(TextChoices):
    """Emulation titles of collectives, high to low (Law 06/2022/QH15, art. 20)."""

    GOVERNMENT_FLAG = "government_flag", _("Cờ thi đua của Chính phủ")
    MINISTRY_FLAG = "ministry_flag", _("Cờ thi đua của Bộ Công an")
    PROVINCE_FLAG = "province_flag", _("Cờ thi đua của UBND tỉnh")
    VICTORY_UNIT = "victory_unit", _("Đơn vị Quyết thắng")
    ADVANCED_UNIT = "advanced_unit", _("Đơn vị Tiên tiến")


class Opinion(TextChoices):
    AGREE = "agree", _("Thống nhất")
    RESERVE = "reserve", _("Thống nhất, bảo lưu ý kiến")
    REMARK = "remark", _("Có ý kiến")


class RemarkPlace(TextChoices):
    WHOLE = "whole", _("Toàn văn bản")
    CLAUSE = "clause", _("Nội dung")
    INDICATOR = "indicator", _("Chỉ tiêu")


class RemarkState(TextChoices):
    OPEN = "open", _("Chờ trả lời")
    ACCEPTED = "accepted", _("Tiếp thu")
    REJECTED = "rejected", _("Không tiếp thu")
    PARKED = "parked", _("Để lại hội nghị")
    WITHDRAWN = "withdrawn", _("Đơn vị đã rút")


# Still to be decided: nothing but an answer or its own unit ends it.
UNDECIDED = (RemarkState.OPEN, RemarkState.PARKED)


class AdoptionBasis(TextChoices):
    CONSENSUS = "consensus", _("Tất cả đơn vị thống nhất")
    LAPSE = "lapse", _("Hết hạn lấy ý kiến, đơn vị không trả lời coi như thống nhất")
    CONFERENCE = "conference", _("Thống nhất tại hội nghị")


class VoteRule(TextChoices):
    """How many of those present must be in favour for a decision to be taken."""

    ALL = "all", _("Tất cả đơn vị có mặt đồng ý")
    TWO_THIRDS = "two_thirds", _("Từ hai phần ba số đơn vị có mặt đồng ý")
    MAJORITY = "majority", _("Quá nửa số đơn vị có mặt đồng ý")


class CheckKind(TextChoices):
    """Two checks by two persons before freezing (Decree 30/2020, art. 12)."""

    CONTENT = "content", _("Nội dung")
    FORM = "form", _("Thể thức")


class LeadersPlace(TextChoices):
    """Where leader and deputy stand in the signature grid."""

    FIRST = "first", _("Khối trưởng, khối phó ký đầu")
    LAST = "last", _("Khối trưởng, khối phó ký cuối")


class ConferenceKind(TextChoices):
    SIGNING = "signing", _("Hội nghị ký giao ước")
    INTERIM = "interim", _("Hội nghị sơ kết")
    FINAL = "final", _("Hội nghị tổng kết")


class ConferenceState(TextChoices):
    PLANNED = "planned", _("Đang chuẩn bị")
    HELD = "held", _("Đã họp, đang ghi kết quả")
    CLOSED = "closed", _("Đã kết thúc")


class AttendanceRole(TextChoices):
    """What somebody is at a conference, in the order in which minutes name them."""

    CHAIR = "chair", _("Chủ trì")
    SECRETARY = "secretary", _("Thư ký")
    DELEGATE = "delegate", _("Đại biểu")
    GUEST = "guest", _("Khách mời")


class MinutesState(TextChoices):
    DRAFT = "draft", _("Đang soạn")
    SIGNING = "signing", _("Đang ký")
    SIGNED = "signed", _("Đã ký")
