"""Who may do what with a document that is no covenant: the questions that answer otherwise, for every role and state."""

import pytest

from blocs import policies
from blocs.enums import AdoptionBasis, DocumentKind, DocumentState
from tests import builders

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]

DRAFTERS = {"leader", "leader-staff", "deputy", "deputy-staff"}
STATES = {
    "draft": DocumentState.DRAFT,
    "discussion": DocumentState.DISCUSSION,
    "adopted": DocumentState.ADOPTED,
    "checked": DocumentState.ADOPTED,
    "signing": DocumentState.SIGNING,
    "signed": DocumentState.SIGNED,
    "attached": DocumentState.ATTACHED,
}
# The question, and who is allowed in which states; nobody in all others.
QUESTIONS = {
    "may_edit": {"draft discussion": {"office", *DRAFTERS}},
    "may_set_signing_details": {"draft discussion adopted checked": {"office", *DRAFTERS}},
    "may_publish": {"draft discussion": DRAFTERS},
    "may_adopt": {"discussion": {"office", "leader", "deputy"}},
    "may_redraft": {"adopted checked": {"office", "leader", "deputy"}},
    "may_open_signing": {"checked": {"office", "leader"}},
    "may_attach": {"checked": {"office", "leader"}},
    "may_register": {},
}


@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what_with_a_regulation(state):
    made = builders.document(STATES[state], kind=DocumentKind.REGULATION)
    if state == "checked":
        builders.check(made)
    row = made.row
    version = row.versions.order_by("-number").first()
    checked = set(version.checks.values_list("kind", flat=True)) if version else set()
    more = {
        "may_open_signing": [checked],
        "may_attach": [checked, AdoptionBasis.CONFERENCE],
    }
    wrong = []
    for role, actor in _actors(made).items():
        for name, allowed in QUESTIONS.items():
            asked = [row, row.bloc_year.leader.unit_id, actor] if name == "may_register" else [row, actor, *more.get(name, [])]
            verdict = getattr(policies, name)(*asked)
            expected = {who for states, roles in allowed.items() if state in states.split() for who in roles}
            if bool(verdict) != (role in expected):
                wrong.append(f"{name}: {role}: {verdict.reason}")
            assert verdict or verdict.reason.endswith(".")
    assert wrong == []


def _actors(made):
    return {
        "nobody": None,
        "office": made.office,
        "other-office": builders.staff(builders.another_office()),
        "leader": made.leader,
        "leader-staff": builders.staff(made.leader.unit),
        "deputy": made.deputy,
        "deputy-staff": builders.staff(made.deputy.unit),
        "member": made.members[0],
        "member-staff": builders.staff(made.members[0].unit),
        "stranger": builders.commander(builders.unit()),
    }
