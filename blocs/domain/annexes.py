"""Documents that go out with the minutes of a conference: printed once when they are brought out, and kept by their hash."""

from datetime import date

from blocs.domain import previews
from blocs.models import BlocDocument, Conference, Version
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.records.models import Revision

KIND = "annex"


def keep(version: Version, held_on: date) -> Revision:
    """The bytes of the adopted version as they go out with the minutes of that day; whoever downloads them later gets these."""
    return documents.keep_once(KIND, previews.annex_pdf(version, held_on))


def page_count(annex: Revision) -> int:
    """How many pages the kept bytes have."""
    return pictures.page_count(documents.read(annex))


def of_conference(conference: Conference) -> list[BlocDocument]:
    """What goes out with the minutes of this conference, each with its kept bytes."""
    rows = BlocDocument.objects.filter(annex__isnull=False, versions__adoptions__conference=conference)
    found = list(rows.select_related("annex").distinct().order_by("pk"))
    for row in found:
        row.bloc_year = conference.bloc_year
    return found
