"""The lines of the permission matrix that ask about joint activities and boards; asked about a row that is never stored."""

from collections.abc import Callable
from typing import Any

from emulation.reports import activity_policies as policies
from emulation.reports import board_policies as boards
from emulation.reports.models import Activity

LEADS = "office leader leader-staff"
DEPUTIES = "deputy deputy-staff"
MEMBERS = "member member-kt member-bare member-staff secretary"


def lines(line: Callable[..., Any]) -> dict[str, Any]:
    """A line for each policy, in the bloc without a document; the activity is one that the member hosted."""

    def one(ask: Callable[[Any, Any], Any], allowed: str) -> Any:
        return line(ask, {"none": allowed}, ("none",))

    def of_member(scene: Any) -> Activity:
        return Activity(pk=-1, bloc_year=scene.bloc_year, host=scene.bloc.members[0].unit)

    return {
        "reports.may_enter_activity": one(
            lambda scene, actor: policies.may_enter_activity(scene.bloc_year, actor), f"{LEADS} {DEPUTIES} {MEMBERS}"
        ),
        "reports.may_enter_for": one(
            lambda scene, actor: policies.may_enter_for(scene.bloc_year, scene.bloc.members[0].unit_id, actor),
            f"{LEADS} {MEMBERS}",
        ),
        "reports.may_change_activity": one(
            lambda scene, actor: policies.may_change_activity(of_member(scene), actor), f"{LEADS} {MEMBERS}"
        ),
        "reports.may_watch_bloc": one(
            lambda scene, actor: boards.may_watch_bloc(scene.bloc_year, actor), f"office director {LEADS} {DEPUTIES}"
        ),
        "reports.may_watch_province": one(lambda _scene, actor: boards.may_watch_province(actor), "office other-office director"),
        "reports.may_count_activity": one(lambda scene, actor: policies.may_count_activity(scene.bloc_year, actor), LEADS),
    }
