"""The lines of the permission matrix that ask about campaigns, sheets and results; asked about rows that are never stored."""

from collections.abc import Callable
from typing import Any

from scoring import campaign_policies as policies
from scoring.enums import Layer, Phase, SetState, SheetState
from scoring.models import Campaign, CampaignPhase, CriteriaSet, Explanation, Sheet, Snapshot

LEADS = "office leader leader-staff"
OWN = "member member-kt member-bare member-staff secretary"
COMMANDERS = "member member-kt member-bare"


def campaign(scene: Any, phase: str) -> Campaign:
    """A campaign of the bloc in this phase, with all phases and nothing in it."""
    made = Campaign(pk=-1, bloc_year=scene.bloc_year, phase=phase)
    dates = [CampaignPhase(phase=row) for row in Phase if row != Phase.PUBLISHED]
    empty: dict[str, list[Any]] = {"snapshots": [], "recusals": [], "withdrawals": [], "dates": dates}
    made._prefetched_objects_cache = empty  # type: ignore[attr-defined]  # what a page brings along
    return made


def sheet(scene: Any, phase: str, layer: str, state: str = SheetState.OPEN) -> Sheet:
    """A sheet about the member; in cross-scoring one that the member fills in about the leader."""
    member, leader = scene.bloc.members[0].unit, scene.bloc.leader.unit
    unit, scorer = {Layer.SELF: (member, member), Layer.CROSS: (leader, member)}.get(Layer(layer), (member, leader))
    return Sheet(campaign=campaign(scene, phase), unit=unit, scorer=scorer, layer=layer, state=state)


def lines(line: Callable[..., Any]) -> dict[str, Any]:
    """A line for each policy."""
    return {**_of_campaigns(line), **_of_sheets(line), **_of_results(line)}


def _askers(line: Callable[..., Any]) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
    """Lines about anything, about a campaign in a phase, about a sheet in its place; all asked in the bloc without a document."""

    def one(ask: Callable[[Any, Any], Any], allowed: str) -> Any:
        return line(ask, {"none": allowed} if allowed else {}, ("none",))

    def of_campaign(ask: Callable[..., Any], phase: str, allowed: str) -> Any:
        return one(lambda scene, actor: ask(campaign(scene, phase), actor), allowed)

    def of_sheet(ask: Callable[..., Any], place: tuple[str, str, str], allowed: str) -> Any:
        return one(lambda scene, actor: ask(sheet(scene, *place), actor), allowed)

    return one, of_campaign, of_sheet


def _of_campaigns(line: Callable[..., Any]) -> dict[str, Any]:
    one, of_campaign, _of_sheet = _askers(line)
    adopted = CriteriaSet(state=SetState.ADOPTED)
    return {
        "scoring.may_open_campaign": one(lambda scene, actor: policies.may_open_campaign(scene.bloc_year, adopted, actor), LEADS),
        "scoring.may_open_campaign@without criteria": one(
            lambda scene, actor: policies.may_open_campaign(scene.bloc_year, None, actor), ""
        ),
        "scoring.leading": one(lambda scene, actor: policies.leading(scene.bloc_year, actor), LEADS),
        "scoring.may_change_campaign": of_campaign(policies.may_change_campaign, Phase.SELF, LEADS),
        "scoring.may_change_campaign@published": of_campaign(policies.may_change_campaign, Phase.PUBLISHED, ""),
        "scoring.may_move_on": of_campaign(policies.may_move_on, Phase.SELF, LEADS),
        "scoring.may_move_on@to publication": of_campaign(policies.may_move_on, Phase.RATIFY, ""),
        "scoring.may_step_back": of_campaign(policies.may_step_back, Phase.CROSS, LEADS),
        "scoring.may_step_back@first": of_campaign(policies.may_step_back, Phase.SELF, ""),
        "scoring.may_renew": of_campaign(policies.may_renew, Phase.SELF, LEADS),
        "scoring.may_renew@later": of_campaign(policies.may_renew, Phase.CROSS, ""),
        "scoring.may_withdraw_unit": of_campaign(policies.may_withdraw_unit, Phase.CROSS, "office"),
    }


def _of_sheets(line: Callable[..., Any]) -> dict[str, Any]:
    one, _of_campaign, of_sheet = _askers(line)
    own, handed_in = (Phase.SELF, Layer.SELF, SheetState.OPEN), (Phase.CROSS, Layer.SELF, SheetState.SUBMITTED)
    bloc_s = (Phase.REPLY, Layer.CONSOLIDATED, SheetState.SUBMITTED)
    return {
        "scoring.may_enter": of_sheet(policies.may_enter, own, OWN),
        "scoring.may_enter@handed in": of_sheet(policies.may_enter, handed_in, ""),
        "scoring.may_submit": of_sheet(policies.may_submit, own, COMMANDERS),
        "scoring.may_return": of_sheet(policies.may_return, handed_in, LEADS),
        "scoring.may_accept": of_sheet(policies.may_accept, handed_in, LEADS),
        "scoring.may_accept@open": of_sheet(policies.may_accept, own, ""),
        "scoring.may_follow": of_sheet(policies.may_follow, handed_in, LEADS),
        "scoring.may_recuse": of_sheet(policies.may_recuse, (Phase.CROSS, Layer.CROSS, SheetState.OPEN), OWN),
        "scoring.may_recuse@oneself": of_sheet(policies.may_recuse, own, ""),
        "scoring.may_attach_evidence": of_sheet(policies.may_attach_evidence, own, OWN),
        "scoring.may_explain": of_sheet(policies.may_explain, bloc_s, OWN),
        "scoring.may_answer": one(
            lambda scene, actor: policies.may_answer(Explanation(), sheet(scene, *bloc_s), actor), "leader leader-staff"
        ),
    }


def _of_results(line: Callable[..., Any]) -> dict[str, Any]:
    one, of_campaign, _of_sheet = _askers(line)
    return {
        "scoring.may_see_running": of_campaign(policies.may_see_running, Phase.RATIFY, f"{LEADS} deputy deputy-staff director"),
        "scoring.may_see_running@appraised": of_campaign(policies.may_see_running, Phase.APPRAISE, "office"),
        "scoring.may_see_running@earlier": of_campaign(policies.may_see_running, Phase.CONSOLIDATE, ""),
        "scoring.may_see_results": of_campaign(policies.may_see_results, Phase.RATIFY, f"{LEADS} deputy deputy-staff director"),
        "scoring.may_compute": of_campaign(policies.may_compute, Phase.RATIFY, LEADS),
        "scoring.may_decide_tie": of_campaign(policies.may_decide_tie, Phase.RATIFY, LEADS),
        "scoring.may_prepare_standings": of_campaign(policies.may_prepare_standings, Phase.RATIFY, LEADS),
        "scoring.may_prepare_standings@earlier": of_campaign(policies.may_prepare_standings, Phase.APPRAISE, ""),
        "scoring.may_open_standings": one(
            lambda scene, actor: policies.may_open_standings(Snapshot(campaign=campaign(scene, Phase.RATIFY)), actor),
            "office leader",
        ),
        "scoring.may_correct": of_campaign(policies.may_correct, Phase.PUBLISHED, "office"),
        "scoring.may_correct@unpublished": of_campaign(policies.may_correct, Phase.RATIFY, ""),
    }
