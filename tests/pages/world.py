"""A small world with a covenant in each state, and the people who try every address: each row is somebody's, and somebody else's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from blocs.domain import drafts, library, previews, remarks
from blocs.domain.attachments import Upload
from blocs.enums import DocumentKind, DocumentState
from blocs.models import Clause, Indicator
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates, secrets
from emulation.signing.domain import rounds
from emulation.signing.models import ScanFile, VerificationJob
from scoring.domain import criteria, report_outlines
from scoring.domain.usual_outline import usual_outline
from scoring.domain.usual_set import usual_set
from scoring.models import Criterion, OutlineSection
from tests import builders, meetings
from tests.builders import BlocCast, DocumentCast
from tests.pages import report_world, scoring_world
from tests.reports.casts import PeriodCast
from tests.scoring.campaigns import CampaignCast
from tests.signing import scanned

ROLES = ("visitor", "stranger", "member", "clerk", "deputy", "leader", "office", "other_office", "director", "administrator")


@dataclass
class World:
    """Covenants by state, a bloc without one, and people who belong to none of it."""

    documents: dict[str, DocumentCast | CampaignCast | PeriodCast]
    empty: BlocCast
    people: dict[str, Actor]
    clerks: dict[int, Actor] = field(default_factory=dict)
    # Campaigns by their phase, as "in self", "in reply" and so on: see scoring_world.
    # Besides the states: "regulation" is adopted and checked, "outline" a draft; "scoring" a draft without criteria, "criteria" with;
    # "outlined" a report outline with its sections.
    # Real keys of what belongs to no covenant: a person, a basis for signing of a unit in the empty bloc, a one-time link.
    keys: dict[str, dict[str, object]] = field(default_factory=dict)

    def actor(self, role: str, of: DocumentCast | CampaignCast | PeriodCast | BlocCast) -> Actor | None:
        """Who plays the role toward this covenant, campaign or bloc."""
        cast = of if isinstance(of, BlocCast) else of.bloc
        own = {
            "member": lambda: cast.members[0],
            "deputy": lambda: cast.deputies[0],
            "leader": lambda: cast.leader,
            "office": lambda: cast.office,
        }
        if role == "clerk":
            return self.clerks[cast.bloc_year.pk]
        return own[role]() if role in own else self.people.get(role)

    def kwargs(self, kind: str, of: DocumentCast | CampaignCast | PeriodCast | BlocCast) -> dict[str, object]:
        """Real keys for an address of this kind."""
        if kind in self.keys:
            return self.keys[kind]
        if isinstance(of, BlocCast):
            return {"pk": of.bloc_year.pk} if kind else {}
        if isinstance(of, CampaignCast):
            return scoring_world.keys(kind, of)
        if isinstance(of, PeriodCast):
            return report_world.of_period(kind, of)
        return _OTHER_KEYS[kind](of) if kind in _OTHER_KEYS else self._of_document(kind, of)

    def _of_document(self, kind: str, of: DocumentCast) -> dict[str, object]:
        if kind == "bloc of":
            return {"pk": of.bloc.bloc_year.pk}
        found: dict[str, object] = {"pk": of.pk}
        if kind == "clause":
            found["clause_pk"] = Clause.objects.filter(document=of.pk, removed_at=None).order_by("pk")[1].pk
        elif kind == "indicator":
            found["indicator_pk"] = Indicator.objects.get(document=of.pk).pk
        elif kind == "picture":
            found |= {"sha256": of.round.current.sha256, "page": 1, "size": "nho"}
        elif kind == "preview":
            found |= {"key": previews.version_preview(_with_document(of)).key, "page": 1, "size": "nho"}
        elif kind in {"round", "remark"}:
            found["number"] = 1
        return found


def _with_document(of: DocumentCast) -> object:
    version = of.version
    version.document = of.row
    return version


def _job(of: DocumentCast) -> dict[str, object]:
    moment = clock.now()
    return {"job": VerificationJob.objects.create(sha256="0" * 64, size=1, created_at=moment).token}


def _scan_file(of: DocumentCast) -> int:
    return ScanFile.objects.get(scan__round__subject_id=of.pk).pk


def _section(of: DocumentCast) -> int:
    return OutlineSection.objects.get(outline__document=of.pk, heading="Ưu điểm").pk


# Addresses whose keys are not the covenant's own.
_OTHER_KEYS: dict[str, Callable[[DocumentCast], dict[str, object]]] = {
    "criterion": lambda of: {"pk": of.pk, "row": Criterion.objects.get(criteria_set__document=of.pk, code="2").pk},
    "section": lambda of: {"pk": of.pk, "kind": "muc", "row": _section(of)},
    "token": lambda of: {"token": of.round.token},
    "code": lambda of: {"code": of.round.short_code},
    "job": _job,
    "scan": lambda of: {"pk": of.pk, "file": _scan_file(of), "page": 1, "size": "nho"},
    "scanned file": lambda of: {"pk": of.pk, "file": _scan_file(of)},
    "record": lambda of: {"pk": of.pk, "record": of.round.paper_records.get().pk},
}


def build() -> World:
    """Everything through the verbs; a few seconds."""
    documents: dict[str, Any] = {
        state: builders.document(state, witness=state == DocumentState.SIGNING) for state in DocumentState.values
    }
    documents |= {"paper": builders.on_paper(), "recorded": builders.on_paper(), "voided": builders.on_paper()}
    rounds.void(documents["voided"].round, actor=documents["voided"].leader, reason="Sai số liệu")
    recorded = documents["recorded"]
    builders.record_paper(recorded, scanned.scan_of(recorded), actor=recorded.deputy)
    documents["regulation"] = builders.document(DocumentState.ADOPTED, kind=DocumentKind.REGULATION)
    builders.check(documents["regulation"])
    documents["criteria"] = builders.document(kind=DocumentKind.SCORING)
    criteria.start(documents["criteria"].row, actor=documents["criteria"].leader, text=usual_set())
    documents["scoring"] = builders.document(kind=DocumentKind.SCORING)
    documents["outline"] = builders.document(kind=DocumentKind.OUTLINE)
    documents["outlined"] = builders.document(kind=DocumentKind.OUTLINE)
    report_outlines.start(documents["outlined"].row, actor=documents["outlined"].leader, text=usual_outline())
    for state in (DocumentState.DRAFT, DocumentState.DISCUSSION):
        made = documents[state]
        values = {"name": "Tỷ lệ khám phá", "measure": "%", "direction": "higher", "bloc_value": 80}
        drafts.add_indicator(made.row, actor=made.leader, values=values)
    _remark_on(documents[DocumentState.DISCUSSION])
    empty = builders.bloc()
    kept = {"part": "body", "kind": "clause", "heading": "Chuyển đổi số", "text": "Giải quyết thủ tục trên môi trường mạng."}
    library.keep(None, actor=empty.office, values=kept)
    other = builders.another_office()
    director = documents[DocumentState.SIGNING].witness
    assert director is not None
    people = {
        "stranger": builders.commander(builders.unit("Xa Lạ")),
        "other_office": builders.staff(other),
        "director": director,
        "administrator": builders.administrator(),
    }
    documents |= scoring_world.build()
    documents |= report_world.build()
    casts = [made.bloc for made in documents.values()] + [empty]
    clerks = {cast.bloc_year.pk: builders.staff(cast.bloc_year.leader.unit) for cast in casts}
    return World(documents, empty, people, clerks, {**_keys(empty), **meetings.keys(empty), **report_world.keys(empty)})


def _remark_on(made: DocumentCast) -> None:
    """A member's remark on a clause, with another wording and a file."""
    clause = made.row.clauses.filter(kind="clause").first()
    assert clause is not None
    file = Upload("Công văn.pdf", b"%PDF-1.7\n%%EOF\n")
    given = {"place": "clause", "key": str(clause.key), "text": "Đề nghị nêu rõ mốc.", "proposed": "Câu chữ khác."}
    remark = remarks.raise_remark(made.version, actor=made.members[0], attachments=[file], **given)
    remarks.reply(remark, actor=made.leader, text="Đề nghị đơn vị nói rõ hơn.")


def _keys(bloc: BlocCast) -> dict[str, dict[str, object]]:
    unit = bloc.members[0].unit
    assert unit is not None
    deputy = builders.deputy(unit, mandate=False).position
    assert deputy is not None
    copy = ("giay-uy-quyen.pdf", b"%PDF-1.7\n%%EOF\n")
    mandates.record(deputy, actor=bloc.office, capacity="kt", document="Giấy số 1", valid_from=clock.today(), file=copy)
    newcomer = builders.person(own_secret=False)
    token = secrets.issue_link(newcomer, actor=bloc.office)
    return {"mandate": {"pk": deputy.mandates.get().pk}, "person": {"pk": newcomer.pk}, "link": {"token": token}}


def in_a_week() -> str:
    """A deadline as a person types it."""
    return (clock.local(clock.now()) + timedelta(days=7)).strftime("%d/%m/%Y 17:00")
