"""What one signature may change in the file: its own field, and nothing else.

pyHanko's rules are used with almost all of its permissions taken away. It would also accept new fields, filled-in form fields,
new metadata and signature appearances drawn over in place; such changes were used to make signed papers say something else.
"""

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)

_FIELD_KEYS = frozenset({"/V", "/AP"})

SIGNING_ONLY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys=frozenset({"/AcroForm"})),  # type: ignore[no-untyped-call]
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            SigFieldModificationRule(
                allow_in_place_appearance_stream_changes=False, always_modifiable=frozenset(), value_update_keys=_FIELD_KEYS
            )
        ],
        ignored_acroform_keys=frozenset({"/SigFlags"}),
    ),
    ignore_orphaned_objects=False,
    ignore_identical_objects=False,
)


def changed_fields(reader: PdfFileReader, *, revision: int) -> frozenset[str]:
    """The names of the signature fields that this revision filled in, when it did nothing else.

    Revisions count from 0, the file as it was frozen. Raises `SuspiciousModification` for any other change.
    """
    if revision < 1:
        raise ValueError("the first revision has nothing to be compared with")
    old = reader.get_historical_resolver(revision - 1)
    new = reader.get_historical_resolver(revision)
    return frozenset(SIGNING_ONLY.apply(old, new).changed_form_fields)


def is_signing_only(reader: PdfFileReader, *, revision: int) -> bool:
    """Did this revision fill in exactly one signature field and change nothing else? What cannot be compared was changed."""
    try:
        return len(changed_fields(reader, revision=revision)) == 1
    except (SuspiciousModification, PdfError):
        return False
