"""What is due in campaigns: sheets of the phase in which each stands, the last day to explain and to answer, the signing of results."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.domain.dues import around, visible
from emulation.inbox.dues import Asked, Due
from scoring.enums import ExplanationState, Layer, Phase
from scoring.models import CampaignPhase, Explanation
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
    """What the phases at work wait for; one query for any number of campaigns."""
    blocs = visible(asked)
    running = CampaignPhase.objects.filter(campaign__bloc_year__in=blocs, phase=F("campaign__phase"), closes_on__isnull=False)
    wanted = ~Q(campaign__sheets__state__in=SUBMITTED) | Q(campaign__sheets__layer=Layer.CONSOLIDATED)
    explained = Explanation.objects.filter(
        campaign=OuterRef("campaign"), unit=OuterRef("sheet__unit"), state=ExplanationState.OPEN
    )
    found = running.select_related("campaign").annotate(sheet=FilteredRelation("campaign__sheets", condition=wanted))
    told = found.annotate(
        layer=F("sheet__layer"), scorer=F("sheet__scorer"), state=F("sheet__state"), is_explained=Exists(explained)
    )
    rows: dict[int, CampaignPhase] = {}
    scorers: dict[tuple[int, str], set[int]] = defaultdict(set)
    answering: dict[int, set[int]] = defaultdict(set)
    for row in told.order_by("campaign").distinct():  # once for each layer and unit that have sheets to hand in, or to answer for
        rows[row.pk], known = row, row.__dict__
        if known["state"] not in SUBMITTED:
            scorers[row.campaign_id, known["layer"]].add(known["scorer"])
        if row.phase == Phase.REPLY and known["layer"] == Layer.CONSOLIDATED and known["is_explained"]:
            answering[row.pk].add(known["scorer"])
    for phase in rows.values():
        phase.campaign.bloc_year = blocs[phase.campaign.bloc_year_id]
        yield from _of(phase, scorers)
        yield from _answers(phase, answering[phase.pk])


def _answers(row: CampaignPhase, scorers: Iterable[int]) -> Iterator[Due]:
    """What units explained is answered by who scored them for the bloc, before the phase closes."""
    page, subject = reverse("explanations", args=[row.campaign_id]), f"answer:{row.campaign_id}"
    about = {"title": row.campaign.title, **around(row.campaign.bloc_year)}
    assert row.closes_on is not None
    for scorer in sorted(scorers):
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
