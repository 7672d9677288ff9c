"""How a province's summary is signed: by a provincial leader."""

from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.views.signing_pages import Place, SigningPages, Words
from emulation.lib.verdict import Refused, refuse
from emulation.organisation.access import ActedRequest
from emulation.reports.domain.province_kind import KIND
from emulation.reports.models import ProvinceReport
from emulation.reports.views.periods import MENU
from emulation.signing.models import Slot


def find_province_report(request: ActedRequest, pk: int) -> ProvinceReport:
    """The summary, if the actor may see it; 404 otherwise, or `Refused` while what he has read before is being mended."""
    report = ProvinceReport.objects.visible_to(request.actor).full().filter(pk=pk).first()
    if report is None:
        get_object_or_404(ProvinceReport.objects.told_to(request.actor), pk=pk)
        raise Refused(
            refuse(_("Báo cáo của tỉnh đang được mở lại để sửa; lãnh đạo Công an tỉnh ký bản mới thì đơn vị xem được."))
        )
    return report


def _place(report: ProvinceReport) -> Place:
    crumbs = [
        (_("Báo cáo của tỉnh"), reverse("province_reports")),
        (report.period_title, reverse("province_report", args=[report.pk])),
    ]
    return Place(crumbs, f"{report.period_title} · {report.province.name}")


def _not_yours(slots: Sequence[Slot]) -> str:
    return _("Báo cáo tổng hợp của tỉnh do lãnh đạo %(unit)s ký.") % {"unit": slots[0].unit_name}


def _words() -> Words:
    return Words(
        noun=_("báo cáo tổng hợp của tỉnh"),
        refusal=_("Báo cáo chưa có hiệu lực khi còn người từ chối; cơ quan thường trực lấy lại để sửa."),
        void=_("Lấy lại báo cáo của tỉnh để sửa"),
        voided=_("Đã lấy lại; báo cáo của tỉnh sửa được."),
        void_link=_("Lấy lại để sửa…"),
    )


PAGES = SigningPages(
    kind=KIND,
    name="province_report",
    page="province_report",
    menu=MENU,
    find=find_province_report,
    place=_place,
    not_yours=_not_yours,
    words=_words,
)
