"""A campaign brought to a phase by its verbs, for the tests of sheets and standings.

    made = campaigns.campaign(Phase.CONSOLIDATE)
    made.sheet(made.units[1], Layer.SELF)

Every unit fills in its own sheet; the later its seat, the lower what it reports.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from blocs.domain.attachments import Upload
from blocs.enums import DocumentKind, DocumentState
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from scoring.domain import campaigns as verbs
from scoring.domain import criteria, evidence, sheets
from scoring.domain.reading import sealed_text
from scoring.domain.sheets import Filled
from scoring.enums import EntryState, Layer, Period, Phase
from scoring.models import Campaign, Entry, EvidenceFile, Sheet
from scoring.texts import CriteriaText, CriterionText
from tests import builders, snapshots
from tests.builders import BlocCast
from tests.in_bloc import InBloc
from tests.scoring.regulations import in_force, small

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class CampaignCast(InBloc):
    """A campaign and everybody around it; rows are read afresh each time."""

    pk: int
    bloc: BlocCast

    @property
    def row(self) -> Campaign:
        return Campaign.objects.full().get(pk=self.pk)

    @property
    def text(self) -> CriteriaText:
        return sealed_text(self.row.criteria_set)

    def leaf(self, code: str) -> CriterionText:
        return next(leaf for leaf in self.text.leaves if leaf.code == code)

    def sheet(self, of: Actor | Unit, layer: str = Layer.SELF, by: Actor | None = None) -> Sheet:
        """The sheet about a unit in a layer; in cross-scoring the one by this peer."""
        unit = of.unit if isinstance(of, Actor) else of
        rows = Sheet.objects.full().filter(campaign=self.pk, unit=unit, layer=layer)
        return rows.get(**({"scorer": by.unit} if by else {}))

    def scorer(self, sheet: Sheet) -> Actor:
        """Somebody who may fill in and hand in this sheet."""
        return next(actor for actor in [*self.commanders, self.office] if actor.unit_id == sheet.scorer_id)

    def fill(self, sheet: Sheet, code: str, actor: Actor | None = None, **value: object) -> Entry:
        """Enter facts of one criterion, or `points`, with `reason`, or another `state`."""
        leaf = self.leaf(code)
        points = value.pop("given_points", None)
        reason = str(value.pop("reason", "")) or ("" if sheet.layer == Layer.SELF else "Theo hồ sơ kiểm tra.")
        state = str(value.pop("state", EntryState.ENTERED))
        filled = Filled(state, value, Decimal(str(points)) if points is not None else None, reason)
        found = Entry.objects.filter(sheet=sheet, key=leaf.key).first()
        seen = found.edits if found else 0
        return sheets.save_cell(sheet, leaf.key, actor=actor or self.scorer(sheet), seen=seen, filled=filled)

    def fill_all(self, sheet: Sheet, place: int = 0) -> None:
        """Fill in a unit's own sheet, with a file where evidence is required."""
        for leaf in self.text.leaves:
            self.fill(sheet, leaf.code, **figures(leaf, place))
            if leaf.evidence_required:
                self.show(sheet, leaf.code)

    def show(self, sheet: Sheet, code: str, name: str = "bien-ban.pdf") -> EvidenceFile:
        """Attach a file to one criterion."""
        files = evidence.examine([Upload(name, PDF)])
        return evidence.attach(sheet, self.leaf(code).key, files, actor=self.scorer(sheet))[0]

    def submit(self, sheet: Sheet) -> Sheet:
        return sheets.submit(sheet, actor=self.scorer(sheet))

    def hand_in(self, layer: str) -> None:
        """Hand in every sheet of a layer as it stands."""
        for sheet in Sheet.objects.full().filter(campaign=self.pk, layer=layer, submitted_at=None):
            self.submit(sheet)

    def score_self(self, *who: Actor) -> None:
        """These units, or all."""
        for place, actor in enumerate(who or self.commanders):
            sheet = self.sheet(actor)
            self.fill_all(sheet, place)
            self.submit(sheet)


def figures(leaf: CriterionText, place: int) -> dict[str, object]:
    """What a unit reports for a criterion."""
    known: dict[str, object] = {
        "points": str(Decimal(leaf.max_points or 0) - place),
        "yes": True,
        "target": "100",
        "actual": str(100 - place),
        "value": str(95 - place),
        "counts": {},
        "count": place,
        "bonus": 0,
        "penalty": 0,
        "days_late": 0,
        "happened": False,
        "text": "Không",
    }
    return {name: known[name] for name in leaf.read_rule().facts}


def without_evidence(text: CriteriaText) -> CriteriaText:
    """The same set, in which no criterion asks for evidence."""
    return replace(text, criteria=[replace(row, evidence_required=False) for row in text.criteria])


def adopted(cast: BlocCast, text: CriteriaText | None = None) -> None:
    """Let the bloc adopt a scoring regulation with this set."""
    made = builders.document(kind=DocumentKind.SCORING, of=cast)
    criteria.start(made.row, actor=made.leader, text=text or without_evidence(small()))
    builders.publish(made)
    builders.adopt(made)


@snapshots.once
def campaign(
    phase: str = Phase.SELF,
    *,
    n: int = 3,
    deputies: int = 1,
    text: CriteriaText | None = None,
    of: BlocCast | None = None,
    without: tuple[Phase, ...] = (),
    period: str = Period.YEAR,
) -> CampaignCast:
    """A campaign in this phase; everything that was due before it is in. `without`: optional phases that it does not have."""
    cast = of or builders.bloc(n, deputies=deputies)
    adopted(cast, text)
    document = cast.bloc_year.documents.get(kind=DocumentKind.SCORING, state=DocumentState.ADOPTED)
    days = {
        row: clock.today() + timedelta(days=10 * place)
        for place, row in enumerate(Phase, start=1)
        if row not in without and row != Phase.PUBLISHED
    }
    row = verbs.open_campaign(cast.bloc_year, in_force(document), actor=cast.leader, dates=days, period=period)
    made = CampaignCast(row.pk, cast)
    while made.row.phase != phase:
        leave(made)
    return made


def leave(made: CampaignCast) -> None:
    """Do what the phase asks for, and go on to the next."""
    layers = {Phase.CROSS: Layer.CROSS, Phase.CONSOLIDATE: Layer.CONSOLIDATED, Phase.APPRAISE: Layer.APPRAISED}
    phase = Phase(made.row.phase)
    if phase == Phase.SELF:
        made.score_self()
    elif phase in layers:
        made.hand_in(layers[phase])
    verbs.move_on(made.row, actor=made.leader)
