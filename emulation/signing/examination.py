"""The full and strict examination of a signed PDF, without asking the ledger.

Each rule here answers an attack that outside tools let pass: a field added for a stranger, one signature shown in two fields, content
swapped as if a form had been filled in, pages changed after signing.
"""

from collections.abc import Callable, Sequence

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from emulation.signing import differences, reading
from emulation.signing.findings import FileState, Inspection, Problem, SignatureFinding, short
from emulation.signing.trust import TrustedRoot

PAGE_LIMIT = 300
FIELD_LIMIT = 60
# Entries of the catalogue that run, open, hide or carry something beside the pages.
_ACTIVE = ("/OpenAction", "/AA", "/OCProperties", "/Perms", "/Collection", "/AF", "/Threads", "/NeedsRendering")
_ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AlternatePresentations", "/Renditions")
_ACTIVE_IN_WIDGET = ("/A", "/AA", "/Lock", "/SV", "/OC", "/MK", "/Parent")


class Unexaminable(Exception):
    """The file can be read but is not examined; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def examine(pdf: bytes, *, sha256: str, roots: Sequence[TrustedRoot], expected_fields: Sequence[str] | None) -> Inspection:
    """Examine every field, signature and revision of the file.

    Raises `Unexaminable` for a file that is refused, and whatever an unreadable file makes the readers raise.
    """
    reader = reading.open_reader(pdf)
    if reader.encrypted:
        raise Unexaminable(Problem.ENCRYPTED)
    fields = reading.form_fields(reader)
    if max(len(fields), reader.xrefs.total_revisions) > FIELD_LIMIT:
        raise PdfReadError("more fields or revisions than any document of ours")
    pages = _pages(reader)
    signatures = [
        reading.read_signature(reader, field, roots=roots) for field in fields if field.is_signature and field.is_signed
    ]
    findings = _findings(signatures, clean_until=_clean_revisions(reader))
    problems = [
        *_file_problems(reader, fields, pages, expected_fields=expected_fields),
        *_signature_problems(reader, signatures, findings),
    ]
    return Inspection(
        state=_state(findings, problems),
        sha256=sha256,
        size=len(pdf),
        pages=len(pages),
        fields=tuple(short(field.name) for field in fields if field.is_signature),
        signatures=findings,
        problems=tuple(dict.fromkeys(problems)),
    )


def _state(findings: Sequence[SignatureFinding], problems: Sequence[Problem]) -> FileState:
    if not findings:
        return FileState.UNSIGNED
    return FileState.BROKEN if problems else FileState.SOUND


def _findings(signatures: Sequence[reading.ReadSignature], *, clean_until: Callable[[int], bool]) -> tuple[SignatureFinding, ...]:
    ordered = sorted(signatures, key=lambda signature: (signature.revision, signature.field))
    return tuple(_finding(signature, unchanged=clean_until(signature.revision)) for signature in ordered)


def _finding(signature: reading.ReadSignature, *, unchanged: bool) -> SignatureFinding:
    return SignatureFinding(
        field=short(signature.field),
        signer=short(signature.signer),
        organisation=short(signature.organisation),
        title=short(signature.title),
        capacities=tuple(short(capacity) for capacity in signature.capacities[:5]),
        signed_at=signature.signed_at.isoformat() if signature.signed_at is not None else "",
        certificate_sha256=signature.certificate_sha256,
        signature_sha256=signature.signature_sha256,
        act_sha256=signature.act_sha256[:64],
        root_key_hash=signature.root_key_hash,
        intact=signature.intact,
        valid=signature.valid,
        trusted=signature.trusted,
        covered=signature.covers_revision,
        unchanged=unchanged,
    )


def _clean_revisions(reader: PdfFileReader) -> Callable[[int], bool]:
    """Tells for a revision whether it and all later ones only signed: one field each and nothing else.

    Every step is compared with the one before it, which is stricter than comparing each signature with the end, and faster.
    """
    last_dirty = max(
        (step for step in range(1, reader.xrefs.total_revisions) if not differences.is_signing_only(reader, revision=step)),
        default=-1,
    )
    return lambda revision: revision > last_dirty


def _signature_problems(
    reader: PdfFileReader, signatures: Sequence[reading.ReadSignature], findings: Sequence[SignatureFinding]
) -> list[Problem]:
    wrong = {
        Problem.NOT_INTACT: not all(finding.intact and finding.valid for finding in findings),
        Problem.NOT_TRUSTED: not all(finding.trusted for finding in findings),
        Problem.NOT_PLAIN: not all(signature.is_plain for signature in signatures),
        Problem.NOT_COVERED: not _all_covered(reader, signatures),
        Problem.CHANGED: not all(finding.unchanged for finding in findings),
        Problem.DUPLICATE_SIGNATURE: _has_double([finding.signature_sha256 for finding in findings]),
        Problem.DUPLICATE_CERTIFICATE: _has_double([finding.certificate_sha256 for finding in findings]),
    }
    return [problem for problem, found in wrong.items() if found]


def _all_covered(reader: PdfFileReader, signatures: Sequence[reading.ReadSignature]) -> bool:
    """Each signature covers its whole revision, no revision is without one, and the last reaches the end of the file."""
    if not signatures:
        return True
    revisions = sorted(signature.revision for signature in signatures)
    last = reader.xrefs.total_revisions - 1
    return (
        all(signature.covers_revision for signature in signatures)
        and revisions == list(range(revisions[0], last + 1))
        and any(signature.covers_whole_file for signature in signatures)
    )


def _has_double(digests: Sequence[str]) -> bool:
    return len(set(digests)) != len(digests)


def _file_problems(
    reader: PdfFileReader,
    fields: Sequence[reading.FormField],
    pages: Sequence[generic.DictionaryObject],
    *,
    expected_fields: Sequence[str] | None,
) -> list[Problem]:
    names = sorted(field.name for field in fields)
    wrong = {
        Problem.FIELDS_DIFFER: expected_fields is not None and names != sorted(expected_fields),
        Problem.FOREIGN_FIELD: not all(_is_ours(field) for field in fields),
        Problem.FOREIGN_ANNOTATION: not _shows_each_field_once(fields, pages),
        Problem.ACTIVE_CONTENT: _is_active(reader) or any("/AA" in page for page in pages),
    }
    return [problem for problem, found in wrong.items() if found]


def _is_ours(field: reading.FormField) -> bool:
    return field.is_signature and not any(key in field.dictionary for key in _ACTIVE_IN_WIDGET)


def _shows_each_field_once(fields: Sequence[reading.FormField], pages: Sequence[generic.DictionaryObject]) -> bool:
    """The only annotations are the widgets of the fields, each on one page and once."""
    shown = [_object_number(entry) for page in pages for entry in reading.entry_of(page, "/Annots", ())]
    return sorted(shown) == sorted(_object_number(field.dictionary.container_ref) for field in fields)


def _is_active(reader: PdfFileReader) -> bool:
    root = reader.root
    form = reading.entry_of(root, "/AcroForm", {})
    names = reading.entry_of(root, "/Names", {})
    return (
        any(key in root for key in _ACTIVE)
        or any(key in names for key in _ACTIVE_NAMES)
        or "/XFA" in form
        or bool(reading.entry_of(form, "/NeedAppearances"))
    )


def _pages(reader: PdfFileReader) -> list[generic.DictionaryObject]:
    """The pages in order. Raises `PdfReadError` for a page tree that runs in circles, `Unexaminable` for a long one."""
    found: list[generic.DictionaryObject] = []
    waiting = [reader.root.raw_get("/Pages")]
    seen: set[int] = set()
    while waiting:
        entry = waiting.pop()
        number = _object_number(entry)
        if number in seen:
            raise PdfReadError("the page tree runs in circles")
        seen.add(number)
        node = entry.get_object()
        if "/Kids" in node:
            waiting.extend(reversed(node["/Kids"]))
        else:
            found.append(node)
        if len(seen) > 2 * PAGE_LIMIT or len(found) > PAGE_LIMIT:
            raise Unexaminable(Problem.TOO_MANY_PAGES)
    return found


def _object_number(entry: object) -> int:
    if not isinstance(entry, (generic.IndirectObject, generic.Reference)):
        raise PdfReadError("pages and widgets must be objects of their own")
    return entry.idnum
