"""A newer criteria set under a campaign that is still self-scoring: what goes on, what has to be looked at again, whom it touches."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from blocs.domain import discussion
from blocs.enums import DocumentKind
from emulation.inbox.models import Notice
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry
from scoring.domain import campaigns as verbs
from scoring.domain import explanations, importing, renewing, sheets, verifying
from scoring.domain.campaigns import adopted_set
from scoring.domain.enclosing import working_set
from scoring.domain.outlines import set_of
from scoring.domain.reading import set_text
from scoring.enums import EntryState, ExplanationState, Layer, Phase, SheetState
from scoring.models import Explanation, Sheet
from tests import builders
from tests.builders import DocumentCast
from tests.scoring import campaigns
from tests.scoring.campaigns import CampaignCast, without_evidence
from tests.scoring.regulations import SMALL

pytestmark = pytest.mark.django_db
REASON = "Hội nghị thống nhất bộ tiêu chí mới."
# Criterion 2 counts cases instead of a share, 4 is gone, 5 is new, 3 gives fewer points.
NEWER = (
    SMALL.replace("2 | Giải quyết tin báo | 15 | percent | %", "2 | Giải quyết tin báo | 15 | count // Điểm mỗi lần = 1")
    .replace("I.2 | Điều tra | 40", "I.2 | Điều tra | 30")
    .replace("3 | Khám phá án | 40", "3 | Khám phá án | 30")
    .replace("I | Chuyên môn | 60", "I | Chuyên môn | 50")
    .replace("II | Phong trào | 40", "II | Phong trào | 50")
    .replace("4 | Chất lượng | 40 | manual // Bước điểm = 0.5", "5 | Cải cách hành chính | 50 | yes_no")
)


def adopt_newer(made: CampaignCast, outline: str = NEWER) -> DocumentCast:
    """Let the bloc discuss and adopt its regulation once more, with this set."""
    document = made.bloc.bloc_year.documents.get(kind=DocumentKind.SCORING)
    cast = DocumentCast(document.pk, made.bloc)
    discussion.redraft(cast.row, actor=made.leader, reason=REASON)
    working = working_set(cast.row)
    keyed = {row.code: row.key for row in made.row.criteria_set.criteria.all()}
    text = without_evidence(replace(set_of(outline, total="100", seed="newer"), grades=[]))
    new = {row.key: str(keyed.get(row.code, row.key)) for row in text.criteria}
    rows = [replace(row, key=new[row.key], parent=new.get(row.parent, "")) for row in text.criteria]
    importing.take_in(cast.row, actor=made.leader, seen=importing.seen_of(working), text=replace(text, criteria=rows))
    builders.publish(cast)
    builders.adopt(cast)
    assert set_text(adopted_set(made.bloc.bloc_year)).sha256 != made.row.criteria_set.content_sha256
    return cast


def scored() -> CampaignCast:
    """All units have filled in, the member has not handed in yet."""
    made = campaigns.campaign()
    for place, actor in enumerate(made.commanders):
        made.fill_all(made.sheet(actor), place)
        if actor not in made.members:
            made.submit(made.sheet(actor))
    return made


def renew(made: CampaignCast) -> None:
    found = renewing.renewal(made.row)
    renewing.renew(made.row, actor=made.leader, reason=REASON, seen_sha256=found.new_set.content_sha256)


def test_nothing_to_renew():
    made = campaigns.campaign()
    assert renewing.renewal(made.row) is None
    with pytest.raises(Refused, match="vừa thay đổi"):
        renewing.renew(made.row, actor=made.leader, reason=REASON, seen_sha256="")


def test_it_says_what_changes_and_whose_score():
    made = scored()
    adopt_newer(made)
    found = renewing.renewal(made.row)
    assert {(change.sentence.split(":")[0], change.scores) for change in found.changes} >= {("4 Chất lượng", True)}
    assert {(row.unit.pk, tuple(row.rescored), tuple(row.emptied), row.comes_back) for row in found.touched} == {
        (actor.unit_id, ("2", "3"), ("2", "4"), actor not in made.members) for actor in made.commanders
    }


def test_what_fits_goes_on_and_what_does_not_is_emptied_with_its_history():
    made = scored()
    adopt_newer(made)
    renew(made)
    sheet = made.sheet(made.leader)
    cells = {str(row.key): row for row in sheet.entries.all()}
    states = {leaf.code: cells[leaf.key].state for leaf in made.text.leaves if leaf.key in cells}
    assert states == {"1": EntryState.ENTERED, "2": EntryState.EMPTY, "3": EntryState.ENTERED}
    last = AuditEntry.objects.filter(stream__key=sheet.stream, event="score_entered").latest("seq").data
    assert (last["before"]["value"], last["after"]["value"]) == ({"target": "100", "actual": "100"}, {})
    assert (sheet.state, sheet.returned_because) == (SheetState.RETURNED, REASON)
    assert made.sheet(made.members[0]).state == SheetState.OPEN
    assert Notice.objects.filter(recipient=made.members[0].user, text__contains="bộ tiêu chí mới").exists()


def test_the_units_fill_the_holes_and_hand_in_again_without_being_late():
    made = scored()
    adopt_newer(made)
    renew(made)
    sheet = made.sheet(made.leader)
    with pytest.raises(ValidationError) as error:
        made.submit(sheet)
    assert len(error.value.message_dict) == 2
    made.fill(sheet, "2", count=7)
    made.fill(sheet, "5", yes=True)
    assert made.submit(sheet).state == SheetState.SUBMITTED
    assert not made.sheet(made.leader).is_late


def test_only_while_units_score_themselves():
    made = campaigns.campaign(Phase.CROSS)
    adopt_newer(made)
    with pytest.raises(Refused, match="còn tự chấm"):
        renew(made)


def went_back(made: CampaignCast) -> None:
    """Step back to self-scoring, phase by phase."""
    while made.row.phase != Phase.SELF:
        verbs.step_back(made.row, actor=made.leader, reason=REASON)


def judged() -> CampaignCast:
    """A peer, the bloc and the office gave the member points of their own; then the bloc went back and adopted a newer set."""
    made = campaigns.campaign(Phase.CROSS)
    member = made.members[0]
    peer = made.sheet(member, Layer.CROSS, by=made.deputy)
    made.fill(peer, "2", target="100", actual="50")
    made.fill(peer, "3", given_points="20")
    made.submit(peer)
    campaigns.leave(made)
    bloc = made.sheet(member, Layer.CONSOLIDATED)
    for code, points in (("2", "9"), ("3", "35"), ("4", "30")):
        made.fill(bloc, code, given_points=points)
    campaigns.leave(made)
    explanations.send(made.sheet(member, Layer.CONSOLIDATED), made.leaf("4").key, actor=member, text="Đã làm đủ.")
    went_back(made)
    adopt_newer(made)
    return made


def test_points_and_facts_of_every_layer_are_measured_by_the_new_set():
    """Criterion 3 gives at most 30 now, 2 counts cases, 4 is gone."""
    made = judged()
    member = made.members[0]
    found = renewing.renewal(made.row)
    others = {row.sheet.layer: (row.unit.pk, row.emptied, row.comes_back) for row in found.touched if not row.is_own}
    assert others == {
        Layer.CROSS: (member.unit_id, ["2"], True),
        Layer.CONSOLIDATED: (member.unit_id, ["3", "4"], True),
    }
    assert [(row.unit_id, str(row.key)) for row in found.ended] == [(member.unit_id, made.leaf("4").key)]
    renew(made)
    bloc = made.sheet(member, Layer.CONSOLIDATED)
    kept = {str(row.key): (row.state, row.points) for row in bloc.entries.all()}
    assert kept[made.leaf("2").key] == (EntryState.ENTERED, 9)
    assert kept[made.leaf("3").key] == (EntryState.EMPTY, None)
    last = AuditEntry.objects.filter(stream__key=bloc.stream, event="score_entered").latest("seq").data
    assert (last["code"], last["before"]["points"], last["after"]["points"]) == ("3", "35.00", None)
    assert (bloc.state, bloc.returned_because) == (SheetState.RETURNED, REASON)
    told = Notice.objects.get(recipient=made.deputy.user, text__contains="phải chấm lại")
    assert f"{member.unit.name} (2)" in told.text


def test_an_explanation_of_what_is_no_more_is_closed_and_told():
    made = judged()
    renew(made)
    row = Explanation.objects.get()
    assert (row.state, REASON in row.answer, "4 không còn" in row.answer) == (ExplanationState.KEPT, True, True)
    assert list(verifying.broken()) == []
    assert Notice.objects.filter(recipient=made.members[0].user, text__contains="không còn trong bộ tiêu chí mới").exists()


def test_an_accepted_sheet_comes_back_too():
    made = scored()
    sheets.accept(made.sheet(made.deputy), actor=made.leader)
    adopt_newer(made)
    renew(made)
    assert made.sheet(made.deputy).state == SheetState.RETURNED


def test_what_others_gave_is_named_to_who_may_read_it_and_counted_for_the_rest(client):
    made = judged()
    client.force_login(made.leader.user)
    page = client.get(reverse("campaign_renew", args=[made.pk])).content.decode()
    bloc = made.sheet(made.members[0], Layer.CONSOLIDATED)
    assert Sheet.objects.visible_to(made.leader).filter(pk=bloc.pk).exists()
    assert "không còn tính: 3, 4" in page
    client.force_login(made.office.user)
    page = client.get(reverse("campaign_renew", args=[made.pk])).content.decode()
    assert not Sheet.objects.visible_to(made.office).filter(pk=bloc.pk).exists()
    assert "không còn tính: 3, 4" not in page
    assert "2 ô phải nhập lại hoặc không còn tính" in page
    assert "khép lại, đơn vị được báo" in page


def test_not_by_what_nobody_was_shown():
    made = scored()
    adopt_newer(made)
    with pytest.raises(Refused, match="vừa thay đổi"):
        renewing.renew(made.row, actor=made.leader, reason=REASON, seen_sha256="0" * 64)


def test_the_page(client):
    made = scored()
    adopt_newer(made)
    client.force_login(made.leader.user)
    address = reverse("campaign_renew", args=[made.pk])
    assert address in client.get(reverse("campaign", args=[made.pk])).content.decode()
    page = client.get(address).content.decode()
    assert "phải nộp lại" in page
    assert "Điểm có thể đổi ở:" in page
    sha256 = renewing.renewal(made.row).new_set.content_sha256
    assert client.post(address, {"set": sha256, "reason": " "}).status_code == 422
    assert client.post(address, {"set": sha256, "reason": REASON}).status_code == 302
    assert "theo bộ tiêu chí mới nhất" in client.get(address).content.decode()
    client.force_login(made.members[0].user)
    assert client.get(address).status_code == 403
