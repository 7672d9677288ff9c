"""The versions of many documents at once, as a list of what waits for somebody needs them: one query for all that was said of them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, OuterRef, Subquery

from blocs.domain.discussion import dated
from blocs.enums import CheckKind
from blocs.models import BlocDocument, Check, Stand, Version
from emulation.lib.related import know

# Of a stand what tells who has said what; the rest is asked for when somebody wants it.
_OF_A_STAND = ("id", "unit_id", "opinion", "sent_at", "prepared_label")


def bring_versions(documents: Iterable[BlocDocument]) -> None:
    """Let the documents know their versions without the texts, newest first, each with its stands and with who checked it."""
    known = {document.pk: document for document in documents}
    found: dict[int, dict[int, Version]] = defaultdict(dict)
    stands: dict[int, list[Stand]] = defaultdict(list)
    for row in _rows(known) if known else ():
        version = found[row.document_id].setdefault(row.pk, row)
        values = [getattr(row, f"stand_{name}") for name in _OF_A_STAND]
        if values[0] is not None:
            stands[version.pk].append(Stand.from_db(None, ["version_id", *_OF_A_STAND], [version.pk, *values]))
    for pk, document in known.items():
        know(document, "versions", found[pk].values())
        for version in found[pk].values():
            version.document = document
            know(version, "stands", stands[version.pk])
            checks = {kind: getattr(version, f"checked_{kind}") for kind in CheckKind.values}
            know(version, "checks", [Check(version=version, kind=kind, person_id=who) for kind, who in checks.items() if who])


def _rows(documents: Iterable[int]) -> Iterable[Version]:
    """A row for each stand, at least one for each version."""
    said = {f"stand_{name}": F(f"stands__{name}") for name in _OF_A_STAND}
    of_kind = {kind: Check.objects.filter(version=OuterRef("pk"), kind=kind).values("person")[:1] for kind in CheckKind.values}
    versions = dated(Version.objects.filter(document__in=list(documents)).defer("content"))
    versions = versions.annotate(**said, **{f"checked_{kind}": Subquery(rows) for kind, rows in of_kind.items()})
    return versions.order_by("-number", "stands__pk")
