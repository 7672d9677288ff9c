"""Campaigns in some of their phases, for the walk over all addresses."""

from blocs.domain.attachments import Upload
from scoring.domain import evidence, explanations, exports, standings, standings_kind
from scoring.enums import ExportKind, Layer, Phase
from scoring.models import EvidenceFile, Explanation, Export, Snapshot
from tests import builders
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def build() -> dict[str, CampaignCast]:
    """A campaign in its first phase, one in which a member has explained, one to be ratified, one that is published."""
    made = {f"in {phase}": campaigns.campaign(phase) for phase in (Phase.SELF, Phase.REPLY, Phase.RATIFY)}
    reply = made["in reply"]
    member = reply.members[0]
    explanations.send(reply.sheet(member, Layer.CONSOLIDATED), reply.leaf("4").key, actor=member, text="Có hồ sơ.")
    own = made["in self"]
    files = evidence.examine([Upload("bien-ban.pdf", PDF)])
    evidence.attach(own.sheet(own.members[0]), own.leaf("1").key, files, actor=own.members[0])
    ratify, published = made["in ratify"], campaigns.campaign(Phase.RATIFY)
    standings.prepare(ratify.row, actor=ratify.leader)
    snapshot = standings.prepare(published.row, actor=published.leader)
    signing_round = standings.open_signing(snapshot, actor=published.leader)
    for slot, actor in zip(signing_round.slots.order_by("number"), (published.leader, published.deputy), strict=True):
        builders.sign(slot, actor=actor)
    member = published.members[0]
    exports.ask(published.row, actor=member, kind=ExportKind.WORKBOOK)
    return {**made, "published scores": published}


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
    return _of_results(kind, of)


def _of_results(kind: str, of: CampaignCast) -> dict[str, object]:
    if kind in ("snapshot", "snapshot picture"):
        snapshot = Snapshot.objects.get(campaign=of.pk)
        return {"pk": snapshot.pk, **(_picture(snapshot) if kind == "snapshot picture" else {})}
    if kind == "export":
        return {"token": Export.objects.get(campaign=of.pk).token}
    if kind == "unit":
        return {"pk": of.pk, "unit": of.leader.unit_id}
    return {"pk": of.pk}


def _picture(snapshot: Snapshot) -> dict[str, object]:
    signing_round = standings_kind.current_round(snapshot)
    assert signing_round is not None
    return {"sha256": signing_round.current.sha256, "page": 1, "size": "nho"}
