"""Who may do what in which state: one line for each policy, for every role and every state that a covenant comes into.

A new policy fails here until it has its line. What a policy refuses, it must give a reason for.
"""

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType

import pytest

from blocs import policies as blocs
from blocs.enums import AdoptionBasis, CheckKind, DocumentState
from blocs.models import BlocDocument, BlocYear, Conference, Remark
from emulation.lib.verdict import Verdict
from emulation.organisation import policies as organisation
from emulation.organisation.actors import Actor
from emulation.signing import policies as signing
from emulation.signing.domain import rounds
from emulation.signing.enums import SigningOrder
from tests import (
    activity_permissions,
    builders,
    campaign_permissions,
    meeting_permissions,
    report_permissions,
    scoring_permissions,
)
from tests.builders import BlocCast, DocumentCast
from tests.house.tree import ROOT, files
from tests.signing import scanned

# Who asks. "member-kt" is a deputy head with a live basis for signing on behalf, "member-bare" one without.
ROLES = [
    "nobody", "administrator", "office", "other-office", "director", "leader", "leader-staff", "deputy", "deputy-staff",
    "member", "member-kt", "member-bare", "member-staff", "secretary", "stranger",
]  # fmt: skip
DRAFTERS = "leader leader-staff deputy deputy-staff"
MEMBERS = "member member-kt member-bare member-staff secretary"
# The members sign first, so the leader's slot waits. In "refused" and "half" the member has refused, or signed.
STATES = [
    "none", "draft", "discussion", "adopted", "checked", "signing", "refused", "half", "signed", "voided", "paper", "paper_recorded",
]  # fmt: skip


@dataclass
class Scene:
    """A bloc in one of the states, and all who may ask."""

    bloc: BlocCast
    made: DocumentCast | None
    actors: dict[str, Actor | None] = field(default_factory=dict)
    # Conferences by their state, in the bloc without a document: they do not depend on one.
    meetings: dict[str, Conference] = field(default_factory=dict)
    regulation: BlocDocument | None = None  # see scoring_permissions

    @property
    def document(self):
        return self.made.row

    @property
    def bloc_year(self):
        return BlocYear.objects.full().get(pk=self.bloc.bloc_year.pk)

    @property
    def checked(self):
        return set(self.made.version.checks.values_list("kind", flat=True)) if self.document.versions.exists() else set()

    @property
    def member_slot(self):
        return self.made.slot(self.bloc.members[0])

    @property
    def leader_slot(self):
        return self.made.slot(self.bloc.leader)

    @property
    def remark(self):
        return Remark(document=self.document, unit=self.bloc.members[0].unit)

    @property
    def record(self):
        """What the deputy's staff has recorded of the signing on paper."""
        return self.made.round.paper_records.select_related("round").get()

    @property
    def version(self):
        found = self.made.version
        found.document = self.document
        return found


Question = Callable[[Scene, Actor | None], Verdict]
SIGNING_STATES = ["signing", "refused", "half", "signed", "voided"]


@dataclass(frozen=True)
class Line:
    """How the policy is asked, and who is allowed in which states; nobody in all others. `states`: where it can be asked."""

    ask: Question
    allowed: dict[str, str]
    states: tuple[str, ...] = tuple(STATES)

    def expected(self, state: str) -> set[str]:
        return {role for states, roles in self.allowed.items() if state in states.split() for role in roles.split()}


WITH_DOCUMENT = tuple(STATES[1:])
ALWAYS = " ".join(STATES)
OPEN = "draft discussion voided"
UNFROZEN = "draft discussion adopted checked voided"
COMMANDERS = "leader deputy member member-kt member-bare"

LINES = {
    "organisation.may_keep_organisation": Line(
        lambda _scene, actor: organisation.may_keep_organisation(actor), {ALWAYS: "office other-office administrator"}
    ),
    "organisation.may_change_account": Line(
        lambda scene, actor: organisation.may_change_account(scene.bloc.members[0].user, actor),
        {ALWAYS: "office other-office administrator"},
    ),
    "organisation.may_change_account@an administrator's": Line(
        lambda scene, actor: organisation.may_change_account(scene.actors["administrator"].user, actor), {ALWAYS: "administrator"}
    ),
    "organisation.may_reset": Line(
        lambda scene, actor: organisation.may_reset(scene.bloc.members[0].user, actor),
        {ALWAYS: "office other-office administrator"},
    ),
    "organisation.may_reset@oneself": Line(
        lambda _scene, actor: organisation.may_reset(actor.user, actor) if actor else organisation.may_keep_organisation(actor),
        {},
    ),
    "organisation.may_record_mandate": Line(
        lambda scene, actor: organisation.may_record_mandate(scene.bloc.members[0].unit, actor),
        {ALWAYS: "office other-office member"},
    ),
    "organisation.may_record_some_mandate": Line(
        lambda _scene, actor: organisation.may_record_some_mandate(actor),
        {ALWAYS: "office other-office leader deputy member stranger director"},
    ),
    "blocs.may_form_bloc": Line(lambda _scene, actor: blocs.may_form_bloc(actor), {ALWAYS: "office other-office"}),
    "blocs.may_keep_library": Line(lambda _scene, actor: blocs.may_keep_library(None, actor), {ALWAYS: "office other-office"}),
    "blocs.may_change_bloc": Line(lambda scene, actor: blocs.may_change_bloc(scene.bloc_year, actor), {f"none {OPEN}": "office"}),
    "blocs.may_start_draft": Line(lambda scene, actor: blocs.may_start_draft(scene.bloc_year, actor), {"none": DRAFTERS}),
    "blocs.may_start_draft_in_empty": Line(
        lambda scene, actor: blocs.may_start_draft_in_empty(scene.bloc_year, actor), {"none": DRAFTERS}, ("none",)
    ),
    "blocs.may_edit": Line(
        lambda scene, actor: blocs.may_edit(scene.document, actor), {OPEN: f"office {DRAFTERS}"}, WITH_DOCUMENT
    ),
    "blocs.may_set_signing_details": Line(
        lambda scene, actor: blocs.may_set_signing_details(scene.document, actor),
        {UNFROZEN: f"office {DRAFTERS}"},
        WITH_DOCUMENT,
    ),
    "blocs.may_register": Line(
        lambda scene, actor: blocs.may_register(scene.document, scene.bloc.members[0].unit_id, actor),
        {OPEN: f"office {DRAFTERS} {MEMBERS}"},
        WITH_DOCUMENT,
    ),
    "blocs.may_register@the leader's": Line(
        lambda scene, actor: blocs.may_register(scene.document, scene.bloc.leader.unit_id, actor),
        {OPEN: f"office {DRAFTERS}"},
        WITH_DOCUMENT,
    ),
    "blocs.may_publish": Line(lambda scene, actor: blocs.may_publish(scene.document, actor), {OPEN: DRAFTERS}, WITH_DOCUMENT),
    "blocs.may_prepare_stand": Line(
        lambda scene, actor: blocs.may_prepare_stand(scene.document, actor),
        {"discussion": f"{DRAFTERS} {MEMBERS}"},
        WITH_DOCUMENT,
    ),
    "blocs.may_send_stand": Line(
        lambda scene, actor: blocs.may_send_stand(scene.document, actor), {"discussion": COMMANDERS}, WITH_DOCUMENT
    ),
    "blocs.may_remark": Line(
        lambda scene, actor: blocs.may_remark(scene.document, actor),
        {"discussion": f"office {DRAFTERS} {MEMBERS}"},
        WITH_DOCUMENT,
    ),
    "blocs.may_answer_remarks": Line(
        lambda scene, actor: blocs.may_answer_remarks(scene.document, actor), {OPEN: DRAFTERS}, WITH_DOCUMENT
    ),
    "blocs.may_withdraw_remark": Line(
        lambda scene, actor: blocs.may_withdraw_remark(scene.remark, actor), {OPEN: MEMBERS}, WITH_DOCUMENT
    ),
    "blocs.may_withdraw_remark@answered": Line(
        lambda scene, actor: blocs.may_withdraw_remark(
            Remark(document=scene.document, unit=scene.remark.unit, state="rejected"), actor
        ),
        {},
        WITH_DOCUMENT,
    ),
    "blocs.may_remind": Line(
        lambda scene, actor: blocs.may_remind(scene.document, actor), {"discussion": f"office {DRAFTERS}"}, WITH_DOCUMENT
    ),
    "blocs.may_adopt": Line(
        lambda scene, actor: blocs.may_adopt(scene.document, actor), {"discussion": "office leader deputy"}, WITH_DOCUMENT
    ),
    "blocs.may_publish_and_adopt": Line(
        lambda scene, actor: blocs.may_publish_and_adopt(scene.document, actor), {OPEN: "leader deputy"}, WITH_DOCUMENT
    ),
    "blocs.may_redraft": Line(
        lambda scene, actor: blocs.may_redraft(scene.document, actor), {"adopted checked": "office leader deputy"}, WITH_DOCUMENT
    ),
    "blocs.may_check": Line(
        lambda scene, actor: blocs.may_check(scene.document, actor), {"adopted checked": f"office {DRAFTERS}"}, WITH_DOCUMENT
    ),
    "blocs.may_record_check": Line(
        lambda scene, actor: blocs.may_record_check(scene.version, CheckKind.FORM, actor),
        {"adopted": f"office {DRAFTERS}"},
        WITH_DOCUMENT[1:],
    ),
    "blocs.may_open_signing": Line(
        lambda scene, actor: blocs.may_open_signing(scene.document, actor, scene.checked),
        {"checked": "office leader"},
        WITH_DOCUMENT,
    ),
    "blocs.may_present": Line(
        lambda scene, actor: blocs.may_present(scene.document, actor), {ALWAYS: f"office director {DRAFTERS}"}, WITH_DOCUMENT
    ),
    "blocs.may_keep_desk": Line(
        lambda scene, actor: blocs.may_keep_desk(scene.document, actor),
        {"signing refused half signed paper paper_recorded": f"office {DRAFTERS}"},
        WITH_DOCUMENT,
    ),
    "blocs.may_replace": Line(lambda scene, actor: blocs.may_replace(scene.document, actor), {"signed": DRAFTERS}, WITH_DOCUMENT),
    "blocs.may_revoke": Line(lambda scene, actor: blocs.may_revoke(scene.document, actor), {"signed": "office"}, WITH_DOCUMENT),
    "blocs.may_attach": Line(
        lambda scene, actor: blocs.may_attach(scene.document, actor, scene.checked, AdoptionBasis.CONFERENCE), {}, WITH_DOCUMENT
    ),
    "signing.may_sign": Line(
        lambda scene, actor: signing.may_sign(scene.member_slot, actor), {"signing": "member member-kt"}, tuple(SIGNING_STATES)
    ),
    "signing.may_sign@the leader's slot": Line(
        lambda scene, actor: signing.may_sign(scene.leader_slot, actor), {}, tuple(SIGNING_STATES)
    ),
    "signing.may_refuse": Line(
        lambda scene, actor: signing.may_refuse(scene.member_slot, actor),
        {"signing": "member member-kt member-bare"},
        tuple(SIGNING_STATES),
    ),
    "signing.may_withdraw_refusal": Line(
        lambda scene, actor: signing.may_withdraw_refusal(scene.member_slot, actor),
        {"refused": "member member-kt member-bare"},
        tuple(SIGNING_STATES),
    ),
    "signing.may_open_next_group": Line(
        lambda scene, actor: signing.may_open_next_group(scene.made.round, actor),
        {"signing refused half": "office leader"},
        tuple(SIGNING_STATES),
    ),
    "signing.may_void": Line(
        lambda scene, actor: signing.may_void(scene.made.round, actor),
        {"signing refused half": "office leader"},
        tuple(SIGNING_STATES),
    ),
}

PAPER_STATES = ("paper", "paper_recorded")
LINES |= {
    "signing.may_sign@on paper": Line(lambda scene, actor: signing.may_sign(scene.member_slot, actor), {}, PAPER_STATES),
    "signing.may_refuse@on paper": Line(lambda scene, actor: signing.may_refuse(scene.member_slot, actor), {}, PAPER_STATES),
    "signing.may_record_paper": Line(
        lambda scene, actor: signing.may_record_paper(scene.made.round, actor),
        {"paper": f"office {DRAFTERS}"},
        (*SIGNING_STATES, *PAPER_STATES),
    ),
    "signing.may_decide_paper": Line(
        lambda scene, actor: signing.may_decide_paper(scene.record, actor),
        {"paper_recorded": "office leader leader-staff deputy"},
        ("paper_recorded",),
    ),
    "signing.may_void@on paper": Line(
        lambda scene, actor: signing.may_void(scene.made.round, actor), {"paper paper_recorded": "office leader"}, PAPER_STATES
    ),
}

LINES |= {**meeting_permissions.lines(Line, ALWAYS), **scoring_permissions.lines(Line), **campaign_permissions.lines(Line)}
LINES |= {**activity_permissions.lines(Line), **report_permissions.lines(Line)}

# Asked about things and not about persons; tested where the verbs are.
NOT_ABOUT_PERSONS = {
    "blocs.adoption_open",
    "blocs.rule_holds",
    "organisation.may_be_mandated",
    "reports.is_handed_in",
    "signing.may_freeze",
    "signing.capacity_in",
    "signing.capacity_of",
    "signing.capacity_on",
}


def policies() -> dict[str, ModuleType]:
    """Every public function of every policies module, with its module."""
    found = {}
    for path in files("*policies.py"):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        app = module.__name__.split(".")[-2]
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                found[f"{app}.{name}"] = module
    return found


def scene(state: str) -> Scene:
    cast = builders.bloc()
    made = None
    if state != "none":
        made = builders.document(_DOCUMENT_STATES[state], of=cast, order=SigningOrder.BY_ROLE)
        _finish(made, state)
    member = cast.members[0].unit
    secretary = builders.staff(member)
    actors = {
        "nobody": None,
        "administrator": builders.administrator(),
        "office": builders.staff(builders.office()),
        "other-office": builders.staff(builders.another_office()),
        "director": builders.director(),
        "leader": cast.leader,
        "leader-staff": builders.staff(cast.leader.unit),
        "deputy": cast.deputies[0],
        "deputy-staff": builders.staff(cast.deputies[0].unit),
        "member": cast.members[0],
        "member-kt": builders.deputy(member),
        "member-bare": builders.deputy(member, mandate=False),
        "member-staff": builders.staff(member),
        "secretary": secretary,
        "stranger": builders.commander(builders.unit()),
    }
    if made and state == "paper_recorded":
        builders.record_paper(made, scanned.scan_of(made), actor=actors["deputy-staff"])
    meetings = meeting_permissions.meetings_of(cast, secretary) if state == "none" else {}
    return Scene(cast, made, actors, meetings, scoring_permissions.regulation_of(cast, state))


_DOCUMENT_STATES = {
    "draft": DocumentState.DRAFT,
    "discussion": DocumentState.DISCUSSION,
    "adopted": DocumentState.ADOPTED,
    "checked": DocumentState.ADOPTED,
    "signing": DocumentState.SIGNING,
    "refused": DocumentState.SIGNING,
    "half": DocumentState.SIGNING,
    "signed": DocumentState.SIGNED,
    "voided": DocumentState.SIGNING,
    "paper": DocumentState.ADOPTED,
    "paper_recorded": DocumentState.ADOPTED,
}


def _finish(made: DocumentCast, state: str) -> None:
    member = made.members[0]
    if state == "checked":
        builders.check(made)
    if state == "refused":
        rounds.refuse_to_sign(made.slot(member), actor=member, reason="Chưa thống nhất")
    if state in {"half", "voided"}:
        builders.sign(made.slot(member), actor=member)
    if state in PAPER_STATES:
        builders.open_signing(made, originals=4)
    if state == "voided":
        rounds.void(made.round, actor=made.leader, reason="Sai số liệu")


def test_every_policy_has_its_line():
    named = {name.split("@")[0] for name in LINES}
    assert set(policies()) - NOT_ABOUT_PERSONS == named
    assert set(policies()) >= NOT_ABOUT_PERSONS


def test_lines_speak_of_roles_and_states_that_there_are():
    for line in LINES.values():
        assert {state for states in line.allowed for state in states.split()} <= set(STATES)
        assert {role for roles in line.allowed.values() for role in roles.split()} <= set(ROLES)


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("state", STATES)
def test_who_may_do_what(state):
    now = scene(state)
    assert list(now.actors) == ROLES
    wrong, silent = [], []
    for verb, line in LINES.items():
        if state not in line.states:
            continue
        for role, actor in now.actors.items():
            verdict = line.ask(now, actor)
            if bool(verdict) != (role in line.expected(state)):
                wrong.append(f"{verb}: {role} is {'allowed' if verdict else 'refused: ' + verdict.reason}")
            if not verdict and not verdict.reason.endswith("."):
                silent.append(f"{verb}: {role}: {verdict.reason!r}")
    assert wrong == []
    assert silent == []
