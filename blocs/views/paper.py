"""Signing covenants and their like on paper."""

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain import signing
from blocs.domain.signing_kind import KINDS
from blocs.models import BlocDocument
from blocs.views.documents import find, round_pages
from blocs.views.paper_pages import PaperPages
from blocs.views.signing_pages import Place


def _place(document: BlocDocument) -> Place:
    title = document.printed_title
    return Place([(title, reverse("document", args=[document.pk]))], f"{title} · {document.bloc_year.full_name}")


PAGES = PaperPages(
    kinds=KINDS,
    prefix="",
    page="document",
    pdf="document_pdf",
    menu="documents",
    find=find,
    newest=signing.current_round,
    pages=lambda _document, signing_round: round_pages(signing_round),
    place=_place,
    recorded=lambda: _("Đã ghi nhận; người thứ hai của khối trưởng, khối phó hoặc thường trực xác nhận."),
)
