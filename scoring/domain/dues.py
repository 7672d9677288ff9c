"""What is due in campaigns: the sheets of the phase in which each stands, the last day to explain, the signing of the result."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.domain.dues import around, visible
from emulation.inbox.dues import Asked, Due
from scoring.enums import Layer, Phase
from scoring.models import CampaignPhase, Sheet
from scoring.models.sheets import SUBMITTED

# Whose sheets a phase waits for.
LAYERS = {
    Phase.SELF: Layer.SELF,
    Phase.CROSS: Layer.CROSS,
    Phase.CONSOLIDATE: Layer.CONSOLIDATED,
    Phase.APPRAISE: Layer.APPRAISED,
}
WORK = {
    Phase.SELF: _("Tự chấm điểm và nộp"),
    Phase.CROSS: _("Chấm chéo đơn vị bạn"),
    Phase.CONSOLIDATE: _("Chấm điểm cho khối"),
    Phase.REPLY: _("Giải trình điểm, nếu có"),
    Phase.APPRAISE: _("Thẩm định điểm"),
    Phase.RATIFY: _("Xác nhận kết quả chấm điểm"),
}


def dues(asked: Asked) -> Iterable[Due]:
    """What the phases at work wait for; two queries for any number of campaigns."""
    blocs = visible(asked)
    running = CampaignPhase.objects.filter(campaign__bloc_year__in=blocs, phase=F("campaign__phase"), closes_on__isnull=False)
    rows = list(running.select_related("campaign").order_by("campaign"))
    scorers = _scorers([row for row in rows if row.phase in LAYERS])
    for row in rows:
        row.campaign.bloc_year = blocs[row.campaign.bloc_year_id]
        yield from _of(row, scorers)


def _scorers(rows: list[CampaignPhase]) -> dict[tuple[int, str], set[int]]:
    """By campaign and layer, the units that have sheets to hand in."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    if rows:
        sheets = Sheet.objects.filter(campaign__in=[row.campaign_id for row in rows]).exclude(state__in=SUBMITTED).order_by()
        for campaign, layer, scorer in sheets.values_list("campaign", "layer", "scorer").distinct():
            found[campaign, layer].add(scorer)
    return found


def _of(row: CampaignPhase, scorers: dict[tuple[int, str], set[int]]) -> Iterator[Due]:
    campaign, phase = row.campaign, Phase(row.phase)
    assert row.closes_on is not None
    if phase in LAYERS:
        units = sorted(scorers.get((campaign.pk, LAYERS[phase]), ()))
    elif phase == Phase.REPLY:
        units = [seat.unit_id for seat in campaign.bloc_year.ordered_seats]
    else:
        units = [campaign.bloc_year.leader.unit_id]
    page, subject = reverse("campaign", args=[campaign.pk]), f"score:{campaign.pk}:{phase}"
    about = around(campaign.bloc_year)
    is_open = phase == Phase.REPLY  # nobody has to explain anything: its last day is only good to know
    for unit in units:
        key = f"{subject}:{unit}"
        yield Due(key, subject, WORK[phase], unit, row.closes_on, page, title=campaign.title, is_meeting=is_open, **about)
