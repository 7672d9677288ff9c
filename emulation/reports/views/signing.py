"""How a report is signed: by the commander of its unit; taking it back before that, its pages and file."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from blocs.domain import previews
from blocs.views.documents import WIDTHS
from blocs.views.signing_pages import Place, SigningPages, Words, send_signed, signed_picture
from emulation.organisation.access import ActedRequest, acting
from emulation.reports.domain import reading
from emulation.reports.domain.report_kind import KIND
from emulation.reports.models import Report
from emulation.reports.views.periods import MENU
from emulation.reports.views.reports import find_report, folder
from emulation.signing.models import Slot


def place(report: Report) -> Place:
    """Where a report stands, for the pages on which it is signed."""
    period = report.period
    crumbs = [
        (_("Báo cáo"), reverse("periods")),
        (period.title, reverse("period", args=[period.pk])),
        (report.unit.name, reverse("report", args=[report.pk])),
    ]
    return Place(crumbs, f"{report.unit.name} · {period.bloc_year.full_name}")


def _not_yours(slots: Sequence[Slot]) -> str:
    return _("Báo cáo do chỉ huy %(unit)s ký.") % {"unit": slots[0].unit_name}


def _words() -> Words:
    return Words(
        noun=_("báo cáo"),
        refusal=_("Báo cáo chưa nộp; người soạn được báo lý do, lấy lại để sửa rồi trình lại."),
        void=_("Lấy lại báo cáo để sửa"),
        voided=_("Đã lấy lại báo cáo; đồng chí sửa rồi trình lại."),
        void_link=_("Lấy lại để sửa…"),
    )


PAGES = SigningPages(
    kind=KIND, name="report", page="report", menu=MENU, find=find_report, place=place, not_yours=_not_yours, words=_words
)


@require_safe
@acting(MENU)
@cache_control(private=True, max_age=86_400, immutable=True)
def report_picture(request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
    """A page of the signed bytes, to the unit also of a preview."""
    report = find_report(request, pk)
    if reading.may_see_round(report, sha256, request.actor) and (found := signed_picture(KIND, pk, sha256, page, size)):
        return found
    picture = previews.preview_picture(folder(report), sha256, page, WIDTHS[size]) if report.is_own(request.actor) else None
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@require_safe
@acting(MENU)
def report_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The signed file; to the unit also what waits for its signature."""
    report = find_report(request, pk)
    signing_round = reading.readable_round(report, request.actor)
    if signing_round is None:
        raise Http404
    return send_signed(signing_round)
