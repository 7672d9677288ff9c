"""Campaigns in some of their phases, for the walk over all addresses."""

from blocs.domain.attachments import Upload
from scoring.domain import evidence, explanations
from scoring.enums import Layer, Phase
from scoring.models import EvidenceFile, Explanation
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def build() -> dict[str, CampaignCast]:
    """A campaign in its first phase, one in which a member has explained, one to be ratified."""
    made = {f"in {phase}": campaigns.campaign(phase) for phase in (Phase.SELF, Phase.REPLY, Phase.RATIFY)}
    reply = made["in reply"]
    member = reply.members[0]
    explanations.send(reply.sheet(member, Layer.CONSOLIDATED), reply.leaf("4").key, actor=member, text="Có hồ sơ.")
    own = made["in self"]
    files = evidence.examine([Upload("bien-ban.pdf", PDF)])
    evidence.attach(own.sheet(own.members[0]), own.leaf("1").key, files, actor=own.members[0])
    return made


def keys(kind: str, of: CampaignCast) -> dict[str, object]:
    """Real keys for an address of this kind."""
    if kind == "bloc":
        return {"pk": of.bloc.bloc_year.pk}
    if kind == "explanation":
        return {"pk": of.pk, "row": Explanation.objects.get(campaign=of.pk).pk}
    if kind == "own sheet":
        return {"pk": of.sheet(of.members[0]).pk}
    if kind == "own cell":
        return {"pk": of.sheet(of.members[0]).pk, "key": of.leaf("1").key}
    if kind == "own file":
        return {"pk": of.sheet(of.members[0]).pk, "file": EvidenceFile.objects.get(sheet__campaign=of.pk).pk}
    if kind == "bloc's cell":
        return {"pk": of.sheet(of.members[0], Layer.CONSOLIDATED).pk, "key": of.leaf("1").key}
    if kind == "bloc's sheet":
        return {"pk": of.sheet(of.members[0], Layer.CONSOLIDATED).pk}
    return {"pk": of.pk}
