"""The places of a text on which one can remark: the whole, a clause, a target; and what became of a place since."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs.documents.printing import numbers_of
from blocs.enums import DocumentKind, RemarkPlace
from blocs.models import Remark
from blocs.texts import CovenantText

# Numbers of a regulation say themselves what they number.
_NAMED = ("Chương", "Điều")


@dataclass(frozen=True)
class Place:
    """A place with its number and heading in one text. `code` names it in addresses and forms."""

    kind: str
    key: str = ""
    number: str = ""
    heading: str = ""
    text: str = ""

    @property
    def code(self) -> str:
        return f"{self.kind}-{self.key}" if self.key else self.kind

    @property
    def label(self) -> str:
        """ "Mục I.2. Phòng, chống tội phạm", "Chỉ tiêu 1. …", "Toàn văn bản"."""
        return label(self.kind, self.number, self.heading)


def places(text: CovenantText, kind: str = DocumentKind.COVENANT) -> list[Place]:
    """All places of the text of a document of this kind, in the order of the paper."""
    numbers = numbers_of(kind, text)
    found = [Place(RemarkPlace.WHOLE)]
    found += [Place(RemarkPlace.CLAUSE, row.key, numbers.get(row.key, ""), row.heading, row.text) for row in text.clauses]
    found += [Place(RemarkPlace.INDICATOR, row.key, str(order), row.name) for order, row in enumerate(text.indicators, start=1)]
    return found


def label(kind: str, number: str, heading: str) -> str:
    """How a place is called."""
    if kind == RemarkPlace.WHOLE:
        return str(RemarkPlace.WHOLE.label)
    word = _("Chỉ tiêu") if kind == RemarkPlace.INDICATOR else _("Mục")
    named = number if number.startswith(_NAMED) else f"{word} {number}"
    return f"{named}. {heading}" if heading else named


def became(remark: Remark, now: dict[str, Place]) -> str:
    """What became of the remark's place in a newer text (`now`: its places by key): "" when it is as it was."""
    if remark.place == RemarkPlace.WHOLE:
        return ""
    place = now.get(str(remark.key))
    if place is None:
        return _("Chỉ tiêu này đã được bỏ.") if remark.place == RemarkPlace.INDICATOR else _("Mục này đã được bỏ.")
    if place.number != remark.quoted_number:
        return _("Nay là %(place)s.") % {"place": place.label}
    if remark.place == RemarkPlace.CLAUSE and place.text != remark.quoted_text:
        return _("Nội dung mục này đã sửa sau khi góp ý.")
    return ""


def by_key(text: CovenantText, kind: str = DocumentKind.COVENANT) -> dict[str, Place]:
    """The places of a text by the key of their row."""
    return {place.key: place for place in places(text, kind) if place.key}
