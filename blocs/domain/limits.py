"""How long a document may become: what can still be printed while a person waits, and opened again to be edited."""

from collections.abc import Iterator

from django.db.models import Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from blocs.domain.starting import StartingText
from blocs.models import BlocDocument

MOST_CLAUSES = 80
MOST_INDICATORS = 60
# In all clauses together: some 75 printed pages, which take about three seconds.
MOST_CHARACTERS = 200_000
LONGEST_CLAUSE = 60_000
LONGEST_FRAME = 20_000
LONGEST_RECIPIENTS = 4_000


def faults(text: StartingText) -> Iterator[str]:
    """Why a text is too long to start a document from, in a sentence for each reason."""
    if len(text.pieces) > MOST_CLAUSES:
        said = {"found": len(text.pieces), "n": MOST_CLAUSES}
        yield (
            _("Văn bản này tách thành %(found)d mục, nhiều nhất được %(n)d mục. Đồng chí bỏ bớt phần phụ lục rồi dán lại.") % said
        )
    for piece in text.pieces:
        if fault := clause_fault(piece.text, piece.heading or piece.text[:60]):
            yield fault
    if sum(len(piece.heading) + len(piece.text) for piece in text.pieces) > MOST_CHARACTERS:
        yield _too_long()
    if len(text.opening) > LONGEST_FRAME or len("\n".join(text.bases)) > LONGEST_FRAME:
        yield _("Phần mở đầu dài quá %(n)d ký tự.") % {"n": LONGEST_FRAME}
    if len("\n".join(text.recipients)) > LONGEST_RECIPIENTS:
        yield _("Nơi nhận dài quá %(n)d ký tự.") % {"n": LONGEST_RECIPIENTS}


def clause_fault(text: str, name: str) -> str:
    """Why a clause is too long by itself, or ""."""
    return _("Mục “%(name)s” dài quá %(n)d ký tự.") % {"name": name, "n": LONGEST_CLAUSE} if len(text) > LONGEST_CLAUSE else ""


def too_long(document: BlocDocument) -> str:
    """Why the clauses of the draft are too long together, or "" as long as they are not."""
    standing = document.clauses.filter(removed_at=None)
    total = standing.aggregate(total=Sum(Length("heading") + Length("text")))["total"] or 0
    return _too_long() if total > MOST_CHARACTERS else ""


def _too_long() -> str:
    return _("Cả văn bản dài quá %(n)d ký tự. Đồng chí rút gọn, hoặc đưa bớt vào văn bản kèm theo.") % {"n": MOST_CHARACTERS}
