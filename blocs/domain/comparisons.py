"""Which texts of a document can be compared by whom, and what they say."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs import policies
from blocs.documents.comparison import Side
from blocs.domain.snapshots import draft_text, version_text
from blocs.models import BlocDocument, Version
from emulation.lib import clock
from emulation.lib.stored_words import in_vietnamese
from emulation.organisation.actors import Actor

# In addresses, what is being written; published versions go by their number.
WORKING = "soan"


@dataclass(frozen=True)
class Choice:
    """A text to compare: how an address names it, how a list does."""

    code: str
    words: str
    version: Version | None


def choices(document: BlocDocument, actor: Actor) -> list[Choice]:
    """The published versions, oldest first, and for who may edit it the working draft; one query."""
    found = [
        Choice(str(row.number), _("Bản %(n)d, %(day)s") % {"n": row.number, "day": _day(row)}, row)
        for row in document.versions.defer("content").order_by("number")
    ]
    if policies.may_edit(document, actor):
        found.append(Choice(WORKING, _("Bản đang soạn"), None))
    return found


def usual(found: list[Choice]) -> tuple[str, str]:
    """What is compared when nothing was chosen: the newest version with the one before it, else with the working draft."""
    published = [choice.code for choice in found if choice.version]
    if len(published) > 1:
        return published[-2], published[-1]
    codes = [choice.code for choice in found]
    return (codes[0], codes[1]) if len(codes) > 1 else ("", "")


def side(document: BlocDocument, choice: Choice) -> Side:
    """The text of a choice with the name under which it is printed; official, so never translated."""
    if choice.version is None:
        return Side(draft_text(document), "bản đang soạn", f"lúc {clock.local(clock.now()):%H:%M %d/%m/%Y}")
    return Side(version_text(choice.version), f"bản {choice.version.number}", f"công bố ngày {_day(choice.version)}")


def unit_names(document: BlocDocument) -> dict[str, str]:
    """The bloc's units by key, in the order of their seats, as they are called on the document's date."""
    day = document.date or clock.today()
    return {str(seat.unit_id): seat.unit.name_on(day) for seat in document.bloc_year.ordered_seats}


def title(document: BlocDocument) -> str:
    """What the comparison is about, for its second line."""
    return in_vietnamese(document.printed_title)


def _day(version: Version) -> str:
    return f"{clock.local(version.published_at):%d/%m/%Y}"
