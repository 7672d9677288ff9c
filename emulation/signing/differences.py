"""What one signature may change in the file: its own field, and nothing else.

Two comparisons, each of which sees what the other does not. Ours takes every revision with the one before it: one field, empty until
then, was filled in, and all new objects belong to it. pyHanko's takes every revision with the frozen file and also knows through which
paths an object is used; almost all of its permissions are taken away, since it would accept new fields, filled-in forms, new metadata
and appearances drawn over, all of which have been used to make signed papers say something else. Comparing with the frozen file
rather than with the revision before keeps the cost the same however many have signed.
"""

from collections.abc import Iterable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    FieldComparisonContext,
    FieldComparisonSpec,
    FormUpdate,
    FormUpdatingRule,
    ModificationLevel,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
)

_FIELD_KEYS = frozenset({"/V", "/AP"})
_TRAILER_KEYS = frozenset({"/Root", "/Info", "/ID", "/Size", "/Prev"})


def filled_field(reader: PdfFileReader, *, revision: int) -> str:
    """The name of the one signature field that this revision filled in, when it did nothing else.

    Revisions count from 0, the file as it was frozen. Raises `SuspiciousModification` for any other change, and `PdfError` for what
    cannot be read.
    """
    if revision < 1:
        raise ValueError("the first revision has nothing to be compared with")
    old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
    name = _compare_with_the_one_before(old, new)
    _signing_only(name).apply(reader.get_historical_resolver(0), new)
    return name


def is_signing_only(reader: PdfFileReader, *, revision: int) -> bool:
    """Did this revision fill in one signature field and change nothing else? What cannot be compared was changed."""
    try:
        filled_field(reader, revision=revision)
    except (SuspiciousModification, PdfError):
        return False
    return True


class _OneFieldRule(SigFieldModificationRule):
    """pyHanko's rule for signature fields, for one of them: the others were judged in the revisions that filled them in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            allow_in_place_appearance_stream_changes=False, always_modifiable=frozenset(), value_update_keys=_FIELD_KEYS
        )
        self._name = name

    def check_form_field(
        self, fq_name: str, spec: FieldComparisonSpec, context: FieldComparisonContext
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        return super().check_form_field(fq_name, spec, context) if fq_name == self._name else ()


def _signing_only(name: str) -> StandardDiffPolicy:
    """pyHanko's rules with the one permission to fill in that field."""
    return StandardDiffPolicy(
        global_rules=[CatalogModificationRule(ignored_keys=frozenset())],  # type: ignore[no-untyped-call]
        form_rule=FormUpdatingRule(field_rules=[_OneFieldRule(name)], ignored_acroform_keys=frozenset()),
        ignore_orphaned_objects=False,
        ignore_identical_objects=False,
    )


def _compare_with_the_one_before(old: HistoricalResolver, new: HistoricalResolver) -> str:
    _demand_same_trailer(old.trailer_view, new.trailer_view)
    touched = new.explicit_refs_in_revision()  # type: ignore[no-untyped-call]
    fresh = {reference for reference in touched if old.is_ref_unassignable(reference)}
    replaced = touched - fresh
    freed = new.refs_freed_in_revision()  # type: ignore[no-untyped-call]
    if len(replaced) != 1 or freed:
        raise SuspiciousModification("a signature replaces its own field and nothing else")
    [field] = replaced
    name, roots = _demand_filled(old(field), new(field))
    if field not in {entry.reference for entry in old.root["/AcroForm"]["/Fields"]}:
        raise SuspiciousModification("what was filled in is not a field of the form")
    if _reachable(new, roots) != fresh:
        raise SuspiciousModification("there are new objects beside those of the signature, or it uses old ones")
    return name


def _demand_same_trailer(old: generic.DictionaryObject, new: generic.DictionaryObject) -> None:
    if any(old.get(key) != new.get(key) for key in ("/Root", "/Info")) or not set(new) <= _TRAILER_KEYS:
        raise SuspiciousModification("the file begins elsewhere than before")


def _demand_filled(before: generic.PdfObject, after: generic.PdfObject) -> tuple[str, list[generic.PdfObject]]:
    """The field's name, and what hangs on it now: the signature, and the mark when there is a new one."""
    if not isinstance(before, generic.DictionaryObject) or not isinstance(after, generic.DictionaryObject):
        raise SuspiciousModification("what was replaced is no field")
    if isinstance(before, generic.StreamObject) or isinstance(after, generic.StreamObject):
        raise SuspiciousModification("a field that is a stream as well could change what is read elsewhere")
    if "/V" in before or "/V" not in after or before.get("/FT") != "/Sig" or set(after) - {"/V"} != set(before):
        raise SuspiciousModification("what was replaced is no empty signature field that was filled in")
    if any(before.raw_get(key) != after.raw_get(key) for key in before if key not in _FIELD_KEYS):
        raise SuspiciousModification("the field itself was changed")
    roots = [after.raw_get("/V")]
    if before.raw_get("/AP") != after.raw_get("/AP"):
        if set(after["/AP"]) != {"/N"}:
            raise SuspiciousModification("a mark has one look only")
        roots.append(after.raw_get("/AP"))
    return str(before["/T"]), roots


def _reachable(handler: HistoricalResolver, roots: list[generic.PdfObject]) -> set[generic.Reference]:
    """Every object to which one gets from these, in that revision of the file."""
    found: set[generic.Reference] = set()
    waiting = list(roots)
    while waiting:
        item = waiting.pop()
        if isinstance(item, generic.IndirectObject):
            if item.reference not in found:
                found.add(item.reference)
                waiting.append(handler(item.reference))
        elif isinstance(item, generic.DictionaryObject):
            waiting.extend(item.raw_get(key) for key in item)
        elif isinstance(item, generic.ArrayObject):
            waiting.extend(item.raw_get(place) for place in range(len(item)))
    return found
