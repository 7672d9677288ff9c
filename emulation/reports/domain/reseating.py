"""When a bloc has other seats in mid-period: who comes reports too, and who signs for the bloc is still its leader."""

from django.utils.translation import gettext as _

from blocs.models import BlocYear
from emulation.lib.verdict import Refused, refuse
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports.domain import periods
from emulation.reports.domain.bloc_report_kind import KIND
from emulation.reports.enums import BlocReportState
from emulation.reports.models import BlocReport, ReportPeriod
from emulation.signing.enums import RoundState
from emulation.signing.models import Slot


def follow(bloc_year: BlocYear, actor: Actor) -> None:
    """Ask the units that came for the reports that the bloc has not sent yet; a report of who left stays as it is.

    Raises `Refused` while the leader of before is to sign the bloc's report.
    """
    _demand_its_signer(bloc_year)
    waiting = ReportPeriod.objects.full().filter(bloc_year=bloc_year).exclude(bloc_report__state=BlocReportState.SENT)
    for period in waiting:
        asked = set(period.reports.values_list("unit", flat=True))
        if fresh := [seat for seat in period.bloc_year.ordered_seats if seat.unit_id not in asked]:
            periods.ask(period, fresh, actor)
            audit.log(Event.PERIOD_CHANGED, stream=period.stream, actor=actor, asked=[seat.unit_id for seat in fresh])


def _demand_its_signer(bloc_year: BlocYear) -> None:
    signing = BlocReport.objects.filter(period__bloc_year=bloc_year, state=BlocReportState.SIGNING)
    slots = Slot.objects.filter(round__kind=KIND, round__subject_id__in=signing.values("pk"), round__state=RoundState.OPEN)
    if slot := slots.exclude(unit=bloc_year.leader.unit_id).first():
        words = _("Báo cáo của khối đang chờ chỉ huy %(unit)s ký: ký xong hoặc lấy lại rồi mới đổi khối trưởng.")
        raise Refused(refuse(words % {"unit": slot.unit_name}))
