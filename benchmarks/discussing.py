"""The page of a document under discussion in a large bloc: twenty units, 300 remarks, the bloc's other documents under discussion too."""

import statistics

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import figures, pages
from benchmarks.figures import Figure
from blocs.domain import remarks
from blocs.enums import DocumentKind, DocumentState
from blocs.models import Remark
from emulation.office.demo.stage import quick_secrets
from tests import builders
from tests.builders import DocumentCast

UNITS = 20
REMARKS = 300
MOST_QUERIES = 20
LAPS = 7


def measure() -> list[Figure]:
    """Queries and time of the pages of the document, of its version and of all remarks on it."""
    with quick_secrets():
        made = builders.document(DocumentState.DISCUSSION, n=UNITS)
        for kind in (DocumentKind.SCORING, DocumentKind.OUTLINE, DocumentKind.REGULATION):
            builders.document(DocumentState.DISCUSSION, of=made.bloc, kind=kind)
        for number in range(REMARKS):
            actor = made.commanders[number % UNITS]
            remarks.raise_remark(made.version, actor=actor, text=f"Đề nghị nêu rõ mốc thời gian ở ý thứ {number}.")
    assert Remark.objects.filter(document=made.pk).count() == REMARKS
    return [figure for name in ("document", "version", "remarks") for figure in _page(name, made)]


def _page(name: str, made: DocumentCast) -> list[Figure]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(made.leader.user)
    path = reverse(name, args=[made.pk, 1] if name == "version" else [made.pk])
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    queries = sum(not query["sql"].startswith(pages.NO_QUESTIONS) for query in asked.captured_queries)
    wall = statistics.median(pages.lap(client, path)[0] for _ in range(LAPS))
    return [
        figures.at_most(f"{name}: queries with {UNITS} units and {REMARKS} remarks", queries, MOST_QUERIES, "queries"),
        figures.beside(f"{name}: median, warm", f"{wall:.0f} ms"),
    ]
