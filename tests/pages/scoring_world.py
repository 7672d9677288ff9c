"""Campaigns in some of their phases, for the walk over all addresses."""

from scoring.domain import explanations
from scoring.enums import Layer, Phase
from scoring.models import Explanation
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast


def build() -> dict[str, CampaignCast]:
    """A campaign in its first phase, one in which a member has explained, one to be ratified."""
    made = {f"in {phase}": campaigns.campaign(phase) for phase in (Phase.SELF, Phase.REPLY, Phase.RATIFY)}
    reply = made["in reply"]
    member = reply.members[0]
    explanations.send(reply.sheet(member, Layer.CONSOLIDATED), reply.leaf("4").key, actor=member, text="Có hồ sơ.")
    return made


def keys(kind: str, of: CampaignCast) -> dict[str, object]:
    """Real keys for an address of this kind."""
    if kind == "bloc":
        return {"pk": of.bloc.bloc_year.pk}
    if kind == "explanation":
        return {"pk": of.pk, "row": Explanation.objects.get(campaign=of.pk).pk}
    if kind == "own sheet":
        return {"pk": of.sheet(of.members[0]).pk}
    return {"pk": of.pk}
