"""Who sees whose points in which phase. In every phase each unit has figures that would show if they leaked."""

import pytest
from django.test import Client
from django.urls import reverse

from emulation.records.models import AuditEntry
from scoring.computing import compute
from scoring.domain import layers, sheets, sight
from scoring.domain.layers import gather
from scoring.enums import Layer, Phase, SheetState
from scoring.models import Campaign, Entry, Sheet
from tests import builders
from tests.scoring import campaigns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper"), pytest.mark.any_database]

# A reason in each sheet of a layer: what must not be read by who may not see the sheet.
SECRETS = {Layer.CROSS: "BÍ MẬT chấm chéo", Layer.CONSOLIDATED: "BÍ MẬT khối chấm", Layer.APPRAISED: "BÍ MẬT thẩm định"}


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def campaign_with_secrets(phase):
    """A campaign in which every sheet of every layer holds something of its own."""
    made = campaigns.campaign(Phase.SELF)
    while True:
        for sheet in Sheet.objects.full().filter(campaign=made.pk, submitted_at=None).exclude(state=SheetState.LOCKED):
            if sheet.layer == Layer.SELF:
                made.fill_all(sheet, made.commanders.index(made.scorer(sheet)))
            else:
                made.fill(sheet, "4", given_points="7", reason=f"{SECRETS[sheet.layer]} {sheet.pk}")
        if made.row.phase == phase:
            return made
        for sheet in Sheet.objects.full().filter(campaign=made.pk, submitted_at=None).exclude(state=SheetState.LOCKED):
            made.submit(sheet)
        campaigns.verbs.move_on(made.row, actor=made.leader)


def roles(made):
    stranger = builders.commander(builders.unit())
    return {
        "leader": made.leader,
        "deputy": made.deputy,
        "member": made.members[0],
        "office": made.office,
        "director": builders.director(),
        "stranger": stranger,
        "administrator": builders.administrator(),
    }


# Of which sheets each role sees the points: "own" self sheet, "peers" self sheets, and those of the layers "about" one's own unit,
# "by" one's own unit, or of "all" units.
SEEN = {
    Phase.SELF: {"leader": {"own"}, "deputy": {"own"}, "member": {"own"}, "office": set()},
    Phase.CROSS: {"leader": {"own", "peers", "cross by"}, "member": {"own", "peers", "cross by"}, "office": {"peers", "own"}},
    Phase.APPRAISE: {
        "member": {"own", "cross by", "cross about", "consolidated about"},
        "office": {"own", "peers", "cross all", "consolidated all", "appraised all"},
    },
    Phase.RATIFY: {
        "member": {"own", "cross by", "cross about", "consolidated about", "appraised about"},
        "leader": {"own", "peers", "cross all", "consolidated all", "appraised all"},
        "deputy": {"own", "peers", "cross all", "consolidated all", "appraised all"},
        "director": {"own", "peers", "cross all", "consolidated all", "appraised all"},
    },
}


def kinds(sheet, actor):
    """What a sheet is toward the actor."""
    if sheet.layer == Layer.SELF:
        return {"own" if sheet.unit_id == actor.unit_id or not actor.unit_id else "peers", "all"} | (
            {"own"} if actor.is_office or actor.is_provincial_leader else set()
        )
    found = {f"{sheet.layer} all"}
    if sheet.scorer_id == actor.unit_id:
        found.add(f"{sheet.layer} by")
    if sheet.unit_id == actor.unit_id:
        found.add(f"{sheet.layer} about")
    return found


@pytest.mark.parametrize("phase", [Phase.SELF, Phase.CROSS, Phase.APPRAISE, Phase.RATIFY])
def test_every_page_as_every_role(phase):
    made = campaign_with_secrets(phase)
    wrong = []
    for role, actor in roles(made).items():
        client = client_of(actor)
        allowed = SEEN[phase].get(role)
        for sheet in Sheet.objects.full().filter(campaign=made.pk):
            expected = bool(allowed and kinds(sheet, actor) & allowed)
            if role in ("stranger", "administrator"):
                expected = False
            elif allowed is None:
                continue
            page = reverse("sheet", args=[sheet.pk])
            cell = reverse("sheet_cell", args=[sheet.pk, made.leaf("4").key])
            found = [client.get(page), client.get(cell)]
            if {answer.status_code for answer in found} != {200 if expected else 404}:
                wrong.append(f"{role}: {sheet.layer} of {sheet.unit_id} by {sheet.scorer_id}: {found[0].status_code}")
            wrong += [f"{role} reads {secret}" for secret in leaked(made, actor, found)]
    assert wrong == []


def leaked(made, actor, answers):
    """The reasons on these pages that stand in sheets which the actor may not see."""
    hidden = Entry.objects.filter(sheet__campaign=made.pk).exclude(reason="")
    hidden = hidden.exclude(sheet__in=Sheet.objects.visible_to(actor)).values_list("reason", flat=True)
    text = "".join(answer.content.decode() for answer in answers if answer.status_code == 200)
    return [reason for reason in hidden if f"{reason}<" in text or f"{reason}." in text]


def test_an_open_sheet_shows_points_that_know_nothing_of_the_others():
    """Half for the target, the rest against the best of the bloc: with the others' figures the points would be others."""
    made = campaigns.campaign()
    own, best = made.sheet(made.members[0]), made.sheet(made.leader)
    made.fill(best, "3", target="100", actual="200")
    before = _points(made, own)
    made.fill(own, "3", target="100", actual="110")
    alone = _points(made, own)
    assert (before, alone) == ("0,00", "40,00")  # the only one in sight leads
    made.fill(best, "3", target="100", actual="900")
    assert _points(made, own) == alone
    html = client_of(made.members[0]).get(reverse("sheet", args=[own.pk])).content.decode()
    assert "tạm tính" in html
    assert 'value="900"' not in html
    assert ">900<" not in html


def test_when_every_sheet_is_in_sight_the_points_are_those_of_the_bloc():
    made = campaigns.campaign(Phase.CROSS)
    own = made.sheet(made.members[0])
    seen = sight.look(own, made.members[0])
    key = made.leaf("3").key
    assert not seen.is_provisional(key)
    unit = gather(Sheet.objects.filter(campaign=made.pk))
    assert len(unit) == 3
    assert seen.result.outcomes[key].points == _of_the_bloc(made, own)


def test_who_has_not_handed_in_sees_no_peer():
    made = campaigns.campaign(Phase.SELF)
    late = made.members[0]
    for actor in (made.leader, made.deputy):
        made.fill_all(made.sheet(actor))
        made.submit(made.sheet(actor))
    campaigns.verbs.move_on(made.row, actor=made.leader)
    page = reverse("sheet", args=[made.sheet(made.leader).pk])
    assert client_of(late).get(page).status_code == 404
    made.fill_all(made.sheet(late))
    made.submit(made.sheet(late))
    assert client_of(late).get(page).status_code == 200


def _points(made, sheet):
    html = client_of(made.scorer(sheet)).get(reverse("sheet", args=[sheet.pk])).content.decode()
    row = html.split(f'id="tc-{made.leaf("3").key}"')[1].split("</tr>")[0]
    return row.split("data-points>")[1].split("<")[0]


def _of_the_bloc(made, sheet):
    """What the engine gives when it computes the whole bloc."""

    campaign = Campaign.objects.full().get(pk=made.pk)
    units = gather(Sheet.objects.filter(campaign=campaign))
    known = layers.known_facts(campaign, units)
    cells = {str(unit): layers.cells(row, known, made.text.leaf_of, upto=Layer.SELF) for unit, row in units.items()}
    return compute(made.text, cells).units[str(sheet.unit_id)].outcomes[made.leaf("3").key].points


def test_what_a_peer_never_handed_in_stays_with_him():
    made = campaigns.campaign(Phase.CROSS)
    peer, about = made.members[0], made.deputy
    draft = made.sheet(about, Layer.CROSS, peer)
    made.fill(draft, "4", given_points="7", reason="BÍ MẬT viết dở")
    campaigns.verbs.move_on(made.row, actor=made.leader)
    while made.row.phase != Phase.RATIFY:
        campaigns.leave(made)
    Campaign.objects.filter(pk=made.pk).update(phase=Phase.PUBLISHED)
    for actor in (made.leader, made.deputy, made.office, builders.director()):
        assert not Sheet.objects.visible_to(actor).filter(pk=draft.pk).exists()
    assert Sheet.objects.visible_to(peer).filter(pk=draft.pk).exists()


def test_an_endless_number_in_an_address_is_no_number():
    made = campaigns.campaign()
    client = client_of(made.leader)
    for address in (reverse("campaigns") + "?nam=", reverse("standings", args=[made.pk]) + "?ban="):
        assert client.get(address + "1" * 5000).status_code == 200


def test_the_audit_pages_of_the_office_tell_no_points():
    made = campaigns.campaign(Phase.SELF)
    made.fill(made.sheet(made.leader), "2", target="100", actual="77")
    made.fill(made.sheet(made.leader), "1", state="exempt", reason="BÍ MẬT tự chấm")
    for row in AuditEntry.objects.filter(event="score_entered"):
        for address in ("admin:records_auditentry_changelist", "admin:records_auditentry_change"):
            page = client_of(made.office).get(reverse(address, args=[row.pk] if address.endswith("change") else []))
            assert page.status_code == 200
            assert "BÍ MẬT" not in page.content.decode()
            assert "&#x27;77&#x27;" not in page.content.decode()
            assert row.data["criterion"] in page.content.decode()


def test_what_a_peer_took_back_stays_with_him():
    made = campaigns.campaign(Phase.CROSS)
    peer, about = made.members[0], made.deputy
    draft = made.submit(made.sheet(about, Layer.CROSS, peer))
    sheets.send_back(draft, actor=peer, reason="Chấm lại.")
    made.fill(draft, "4", given_points="7", reason="BÍ MẬT viết lại")
    campaigns.verbs.move_on(made.row, actor=made.leader)
    while made.row.phase != Phase.RATIFY:
        for actor in (made.leader, made.deputy, made.office):
            assert not Sheet.objects.visible_to(actor).filter(pk=draft.pk).exists(), made.row.phase
        campaigns.leave(made)
    assert Sheet.objects.visible_to(peer).filter(pk=draft.pk).exists()
