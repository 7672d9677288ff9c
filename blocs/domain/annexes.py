"""Documents that go out with the minutes of a conference: printed once when they are brought out, and kept by their hash."""

from datetime import date

from django.db.models import OuterRef, Subquery

from blocs.domain import previews
from blocs.models import Adoption, BlocDocument, Conference, Version
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
    last = Adoption.objects.filter(version__document=OuterRef("pk")).order_by("-recorded_at").values("conference")[:1]
    rows = BlocDocument.objects.filter(bloc_year=conference.bloc_year_id, annex__isnull=False)
    rows = rows.annotate(adopted_by=Subquery(last)).filter(adopted_by=conference.pk)  # not what an earlier one had adopted
    found = list(rows.select_related("annex").order_by("pk"))
    for row in found:
        row.bloc_year = conference.bloc_year
    return found
