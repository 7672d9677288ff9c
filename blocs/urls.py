"""Addresses of blocs and documents."""

from typing import ClassVar

from django.urls import include, path, register_converter

from blocs.enums import DocumentKind
from blocs.views import (
    blocs,
    comparing,
    desk,
    discussion,
    documents,
    drafts,
    ending,
    hall,
    library,
    paper,
    remark_files,
    remarks,
    signing,
    versions,
    voided,
    word,
)


class Sha256Converter:
    """64 hex digits."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FramePartConverter(Sha256Converter):
    """The parts of a draft that belong to the document's own row."""

    regex = "mo-dau|noi-nhan|ngay-ky"


class ClauseActConverter(Sha256Converter):
    """Up, down, take out, put back."""

    regex = "len|xuong|go|dua-lai"


class IndicatorActConverter(Sha256Converter):
    """Up, down, take out, confirm what was kept from last year."""

    regex = "len|xuong|go|da-ra"


class PictureSizeConverter(Sha256Converter):
    """Thumbnail or page."""

    regex = "nho|vua"


class DocumentKindConverter:
    """The kinds of a bloc's documents by the words of their addresses."""

    words: ClassVar[dict[str, str]] = {
        "giao-uoc": DocumentKind.COVENANT,
        "quy-dinh": DocumentKind.SCORING,
        "de-cuong": DocumentKind.OUTLINE,
        "quy-che": DocumentKind.REGULATION,
    }
    regex = "|".join(words)

    def to_python(self, value: str) -> str:
        return self.words[value]

    def to_url(self, value: str) -> str:
        return next(word for word, kind in self.words.items() if kind == value)


register_converter(DocumentKindConverter, "document_kind")
register_converter(Sha256Converter, "sha256")
register_converter(FramePartConverter, "frame_part")
register_converter(ClauseActConverter, "clause_act")
register_converter(IndicatorActConverter, "indicator_act")
register_converter(PictureSizeConverter, "size")

urlpatterns = [
    path("khoi/", blocs.bloc_list, name="blocs"),
    path("khoi/lap/", blocs.bloc_new, name="bloc_new"),
    path("khoi/<int:pk>/", blocs.bloc_page, name="bloc"),
    path("khoi/<int:pk>/sua/", blocs.bloc_edit, name="bloc_edit"),
    path("khoi/<int:pk>/soan/<document_kind:kind>/", drafts.document_start, name="document_start"),
    path("van-ban/", documents.document_list, name="documents"),
    path("van-ban/<int:pk>/", documents.document_page, name="document"),
    path("van-ban/<int:pk>/tep.pdf", documents.document_pdf, name="document_pdf"),
    path("van-ban/<int:pk>/vong-<int:number>.pdf", documents.round_pdf, name="round_pdf"),
    path("van-ban/<int:pk>/vong-<int:number>/", voided.voided_round, name="voided_round"),
    path("van-ban/<int:pk>/ban-<int:number>/", versions.version_page, name="version"),
    path("van-ban/<int:pk>/ban-<int:number>.pdf", versions.version_pdf, name="version_pdf"),
    path("van-ban/<int:pk>/so-sanh/", comparing.compare_page, name="compare"),
    path("van-ban/<int:pk>/so-sanh.pdf", comparing.compare_pdf, name="compare_pdf"),
    path("van-ban/<int:pk>/gop-y.pdf", remark_files.remarks_pdf, name="remarks_pdf"),
    path("van-ban/<int:pk>/gop-y.docx", remark_files.remarks_docx, name="remarks_docx"),
    path("van-ban/<int:pk>/gop-y/", remarks.remark_list, name="remarks"),
    path("van-ban/<int:pk>/gop-y/them/", remarks.remark_new, name="remark_new"),
    path("van-ban/<int:pk>/gop-y/<int:number>/", remarks.remark_page, name="remark"),
    path("van-ban/<int:pk>/gop-y/<int:number>/trao-doi/", remarks.remark_reply, name="remark_reply"),
    path("van-ban/<int:pk>/gop-y/<int:number>/tra-loi/", remarks.remark_answer, name="remark_answer"),
    path("van-ban/<int:pk>/gop-y/<int:number>/cau-chu/", remarks.remark_wording, name="remark_wording"),
    path("van-ban/<int:pk>/gop-y/<int:number>/rut/", remarks.remark_withdraw, name="remark_withdraw"),
    path("van-ban/<int:pk>/gop-y/<int:number>/tep-<int:order>/", remark_files.remark_file, name="remark_file"),
    path("van-ban/<int:pk>/trang/<sha256:sha256>/<int:page>-<size:size>.png", documents.round_picture, name="document_page"),
    path("van-ban/<int:pk>/ban-xem/<sha256:key>/<int:page>-<size:size>.png", documents.preview_picture, name="preview_page"),
    path("van-ban/<int:pk>/ban-<int:number>.docx", word.version_word, name="version_word"),
    path("van-ban/<int:pk>/soan/", drafts.draft, name="draft"),
    path("van-ban/<int:pk>/soan/thu-vien/", library.library, name="library"),
    path("van-ban/<int:pk>/soan/du-thao.docx", word.draft_word, name="draft_word"),
    path("van-ban/<int:pk>/soan/xem-truoc/", drafts.draft_preview, name="draft_preview"),
    path("van-ban/<int:pk>/soan/danh-hieu/", drafts.save_registrations, name="save_registrations"),
    path("van-ban/<int:pk>/soan/muc/them/", drafts.clause_add, name="clause_add"),
    path("van-ban/<int:pk>/soan/muc/<int:clause_pk>/", drafts.save_clause, name="save_clause"),
    path("van-ban/<int:pk>/soan/muc/<int:clause_pk>/<clause_act:act>/", drafts.clause_act, name="clause_act"),
    path("van-ban/<int:pk>/soan/chi-tieu/them/", drafts.indicator_add, name="indicator_add"),
    path("van-ban/<int:pk>/soan/chi-tieu/<int:indicator_pk>/", drafts.save_indicator, name="save_indicator"),
    path("van-ban/<int:pk>/soan/chi-tieu/<int:indicator_pk>/<indicator_act:act>/", drafts.indicator_act, name="indicator_act"),
    path("van-ban/<int:pk>/soan/<frame_part:part>/", drafts.save_frame, name="save_frame"),
    path("van-ban/<int:pk>/cong-bo/", discussion.publish, name="publish"),
    path("van-ban/<int:pk>/y-kien/", discussion.stand, name="stand"),
    path("van-ban/<int:pk>/thong-nhat/", discussion.adopt, name="adopt"),
    path("van-ban/<int:pk>/thong-qua-tai-hoi-nghi/", discussion.publish_and_adopt, name="publish_and_adopt"),
    path("van-ban/<int:pk>/nhac/", discussion.remind, name="remind"),
    path("van-ban/<int:pk>/lay-y-kien-lai/", discussion.redraft, name="redraft"),
    path("van-ban/<int:pk>/kiem-tra/<slug:kind>/", discussion.check, name="check"),
    path("van-ban/<int:pk>/kem-bien-ban/", signing.attach, name="attach"),
    path("van-ban/<int:pk>/mo-ky/", signing.open_signing, name="open_signing"),
    path("van-ban/<int:pk>/ky/", signing.sign, name="sign"),
    path("van-ban/<int:pk>/tu-choi/", signing.refuse_signing, name="refuse_signing"),
    path("van-ban/<int:pk>/rut-tu-choi/", signing.withdraw_refusal, name="withdraw_refusal"),
    path("van-ban/<int:pk>/mo-luot/", signing.open_group, name="open_group"),
    path("van-ban/<int:pk>/thay-the/", ending.replace, name="document_replace"),
    path("van-ban/<int:pk>/thu-hoi/", ending.revoke, name="document_revoke"),
    *paper.PAGES.paths("van-ban/<int:pk>/"),
    path("van-ban/<int:pk>/huy-vong-ky/", signing.void_round, name="void_round"),
    path("van-ban/<int:pk>/trinh-chieu/", hall.hall_page, name="hall"),
    path("van-ban/<int:pk>/trinh-chieu/o-ky/", hall.hall_poll, name="hall_poll"),
    path("van-ban/<int:pk>/ban-ky/", desk.desk_page, name="desk"),
    path("van-ban/<int:pk>/ban-ky/<int:number>/", desk.desk_sign, name="desk_sign"),
    path("", include("blocs.conference_urls")),
]
