"""A scoring regulation with a working set, for the tests of scoring."""

from dataclasses import dataclass, replace

from blocs.enums import DocumentKind, DocumentState
from blocs.models import BlocDocument
from scoring.domain import criteria
from scoring.domain.enclosing import working_set
from scoring.domain.outlines import set_of
from scoring.domain.reading import set_text
from scoring.enums import SetState
from scoring.models import CriteriaSet, Criterion
from scoring.texts import CriteriaText, tree
from tests import builders, snapshots
from tests.builders import DocumentCast

SMALL = """\
I | Chuyên môn | 60
  I.1 | Phòng ngừa | 20
    1 | Ban hành kế hoạch | 5 | yes_no || m
    2 | Giải quyết tin báo | 15 | percent | %
  I.2 | Điều tra | 40
    3 | Khám phá án | 40 | leader_relative | %
II | Phong trào | 40
  4 | Chất lượng | 40 | manual // Bước điểm = 0.5
"""


def small(**changes: object) -> CriteriaText:
    """A set of four criteria that has no fault."""
    return replace(set_of(SMALL, total="100", seed="small"), grades=[], **changes)


@dataclass
class Cast:
    """A regulation and everybody around it; the set is read afresh each time."""

    made: DocumentCast

    @property
    def set(self) -> CriteriaSet:
        found = working_set(self.made.row)
        assert found is not None
        return found

    @property
    def leader(self):
        return self.made.leader

    def row(self, code: str) -> Criterion:
        return Criterion.objects.select_related("criteria_set", "parent").get(criteria_set=self.set, code=code)

    def codes(self) -> str:
        """The codes in the order of the paper, each with a dash for every level below the top."""
        tops = tree(set_text(self.set).criteria)
        return " ".join(f"{'-' * node.depth}{node.text.code}" for top in tops for node in top.walk())


def in_force(document: BlocDocument) -> CriteriaSet | None:
    """The set of this regulation that was adopted last."""
    return CriteriaSet.objects.filter(document=document, state=SetState.ADOPTED).order_by("-version__number").first()


def regulation(text: CriteriaText | None = None, state: str = DocumentState.DRAFT) -> Cast:
    """A draft regulation with a working set."""
    cast = _not_adopted(text, published=state != DocumentState.DRAFT)
    if state == DocumentState.ADOPTED:
        builders.adopt(cast.made)
    return cast


@snapshots.once
def _not_adopted(text: CriteriaText | None, *, published: bool) -> Cast:
    made = builders.document(kind=DocumentKind.SCORING)
    criteria.start(made.row, actor=made.leader, text=text or small())
    if published:
        builders.publish(made)
    return Cast(made)
