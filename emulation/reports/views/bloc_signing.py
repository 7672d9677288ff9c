"""How the report of a bloc is signed: by the commander of the leader unit."""

from collections.abc import Sequence

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.views.signing_pages import Place, SigningPages, Words
from emulation.lib.verdict import Refused, refuse
from emulation.organisation.access import ActedRequest
from emulation.reports.domain.bloc_report_kind import KIND
from emulation.reports.models import BlocReport
from emulation.reports.views.periods import MENU
from emulation.signing.models import Slot


def find_bloc_report(request: ActedRequest, pk: int) -> BlocReport:
    """The report, if the actor may see it; 404 otherwise, or `Refused` while what he has read before is being mended."""
    report = BlocReport.objects.visible_to(request.actor).full().filter(pk=pk).first()
    if report is None:
        get_object_or_404(BlocReport.objects.told_to(request.actor), pk=pk)
        raise Refused(refuse(_("Báo cáo của khối đang được trả lại để sửa; khối trưởng ký gửi bản mới thì đơn vị xem được.")))
    return report


def _place(report: BlocReport) -> Place:
    crumbs = [
        (report.period.title, reverse("period", args=[report.period_id])),
        (_("Báo cáo của khối"), reverse("bloc_report", args=[report.pk])),
    ]
    return Place(crumbs, f"{report.period.title} · {report.period.bloc_year.full_name}")


def _not_yours(slots: Sequence[Slot]) -> str:
    return _("Báo cáo của khối do chỉ huy %(unit)s ký.") % {"unit": slots[0].unit_name}


def _words() -> Words:
    return Words(
        noun=_("báo cáo của khối"),
        refusal=_("Báo cáo chưa được gửi khi còn người từ chối; đơn vị khối trưởng lấy lại để sửa."),
        void=_("Lấy lại báo cáo của khối để sửa"),
        voided=_("Đã lấy lại; báo cáo của khối sửa được."),
        void_link=_("Lấy lại để sửa…"),
    )


PAGES = SigningPages(
    kind=KIND,
    name="bloc_report",
    page="bloc_report",
    menu=MENU,
    find=find_bloc_report,
    place=_place,
    not_yours=_not_yours,
    words=_words,
)
