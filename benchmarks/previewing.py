"""Whether a preview that did not change is printed again: it may not be, and is then served from disk."""

from unittest import mock

from benchmarks import figures, timing
from benchmarks.figures import Figure
from benchmarks.timing import milliseconds
from blocs.domain import previews
from blocs.models import BlocDocument

TIMES = 15


def measure() -> list[Figure]:
    """How often an unchanged preview was printed, and how long it took to serve."""
    document = BlocDocument.objects.full().filter(state="discussion").first()
    assert document is not None
    first = previews.draft_preview(document)
    with mock.patch.object(previews, "render", wraps=previews.render) as printed:
        series = timing.repeat(lambda: previews.draft_preview(document), TIMES)
        same = previews.draft_preview(document) == first
    name = f"times an unchanged preview was printed in {TIMES} requests"
    return [
        figures.demand(name, str(printed.call_count), "0", kept=printed.call_count == 0 and same),
        figures.beside("an unchanged preview, median", milliseconds(series.wall), f"{milliseconds(series.cpu)} of processor"),
    ]
