"""What is due in campaigns: sheets of the phase in which each stands, the last day to explain and to answer, the signing of results."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.domain.dues import around, visible
from emulation.inbox.dues import Asked, Due
from scoring.enums import ExplanationState, Layer, Phase
from scoring.models import CampaignPhase, Explanation, Sheet
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
    """What the phases at work wait for; two queries for any number of campaigns, three where units explain."""
    blocs = visible(asked)
    running = CampaignPhase.objects.filter(campaign__bloc_year__in=blocs, phase=F("campaign__phase"), closes_on__isnull=False)
    rows = list(running.select_related("campaign").order_by("campaign"))
    scorers = _scorers([row for row in rows if row.phase in LAYERS])
    for row in rows:
        row.campaign.bloc_year = blocs[row.campaign.bloc_year_id]
        yield from _of(row, scorers)
    yield from _answers([row for row in rows if row.phase == Phase.REPLY])


def _scorers(rows: list[CampaignPhase]) -> dict[tuple[int, str], set[int]]:
    """By campaign and layer, the units that have sheets to hand in."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    if rows:
        sheets = Sheet.objects.filter(campaign__in=[row.campaign_id for row in rows]).exclude(state__in=SUBMITTED).order_by()
        for campaign, layer, scorer in sheets.values_list("campaign", "layer", "scorer").distinct():
            found[campaign, layer].add(scorer)
    return found


def _answers(rows: list[CampaignPhase]) -> Iterator[Due]:
    """What units explained is answered by who scored them for the bloc, before the phase closes."""
    replying = {row.campaign_id: row for row in rows}
    if not replying:
        return
    scored = Sheet.objects.filter(campaign=OuterRef("campaign"), unit=OuterRef("unit"), layer=Layer.CONSOLIDATED)
    waiting = Explanation.objects.filter(campaign__in=replying, state=ExplanationState.OPEN).order_by()
    found = waiting.annotate(scorer=Subquery(scored.values("scorer")[:1])).values_list("campaign", "scorer").distinct()
    for pk, scorer in sorted(found):
        row, subject = replying[pk], f"answer:{pk}"
        about = {"title": row.campaign.title, **around(row.campaign.bloc_year)}
        page = reverse("explanations", args=[pk])
        assert row.closes_on is not None
        yield Due(f"{subject}:{scorer}", subject, _("Trả lời giải trình của đơn vị"), scorer, row.closes_on, page, **about)


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
