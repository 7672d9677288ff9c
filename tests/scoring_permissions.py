"""Who may do what with criteria sets: the lines of the permission matrix that speak of scoring.

In the state "none" the bloc's regulation has a working set, in "draft" it has none yet.
"""

from collections.abc import Callable
from typing import Any

from blocs.enums import DocumentKind
from blocs.models import BlocDocument
from scoring import policies
from scoring.domain import criteria
from scoring.domain.usual_set import usual_set
from scoring.enums import SetState
from scoring.models import CriteriaSet
from tests import builders
from tests.builders import BlocCast

DRAFTERS = "leader leader-staff deputy deputy-staff"


def lines(line: Callable[..., Any]) -> dict[str, Any]:
    """A line for each policy."""

    def working(scene: Any) -> CriteriaSet:
        return CriteriaSet(document=scene.regulation, state=SetState.DRAFT)

    return {
        "scoring.may_start_criteria": line(
            lambda scene, actor: policies.may_start_criteria(scene.regulation, actor), {"draft": f"office {DRAFTERS}"}, ("draft",)
        ),
        "scoring.may_start_criteria@started": line(
            lambda scene, actor: policies.may_start_criteria(scene.regulation, actor), {}, ("none",)
        ),
        "scoring.may_edit_criteria": line(
            lambda scene, actor: policies.may_edit_criteria(working(scene), actor), {"none": f"office {DRAFTERS}"}, ("none",)
        ),
        "scoring.may_edit_criteria@adopted": line(
            lambda scene, actor: policies.may_edit_criteria(
                CriteriaSet(document=scene.regulation, state=SetState.ADOPTED), actor
            ),
            {},
            ("none",),
        ),
        "scoring.may_start_outline": line(
            lambda scene, actor: policies.may_start_outline(scene.regulation.report_outline_draft, actor),
            {"draft": f"office {DRAFTERS}"},
            ("draft",),
        ),
        "scoring.may_edit_outline": line(
            lambda scene, actor: policies.may_edit_outline(scene.regulation.report_outline_draft, actor),
            {"draft": f"office {DRAFTERS}"},
            ("draft",),
        ),
        "scoring.may_copy_criteria": line(
            lambda scene, actor: policies.may_copy_criteria(scene.regulation.criteria_sets.get(), actor),
            {"none": f"office {DRAFTERS}"},
            ("none",),
        ),
    }


def regulation_of(cast: BlocCast, state: str) -> BlocDocument | None:
    """The bloc's scoring regulation in the states that the lines speak of."""
    if state not in ("none", "draft"):
        return None
    made = builders.document(kind=DocumentKind.SCORING, of=cast)
    if state == "none":
        criteria.start(made.row, actor=made.leader, text=usual_set())
    row = made.row
    row.report_outline_draft = builders.document(kind=DocumentKind.OUTLINE, of=cast).row if state == "draft" else None
    return row
