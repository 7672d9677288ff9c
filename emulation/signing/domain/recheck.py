"""Verify everything that is stored: each round's newest revision in full, and that field, slot, person and certificate belong together.

Bytes, chains and seals are checked by the records themselves. Here stands what only signing knows. Every function yields one
sentence for each break and raises nothing for what is stored.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from emulation.records import storage
from emulation.records.events import Event
from emulation.records.models import AuditEntry, Revision
from emulation.signing import inspection
from emulation.signing.domain import authorities
from emulation.signing.domain.paper_recheck import paper_breaks
from emulation.signing.domain.uploads import LOCK_FILE
from emulation.signing.enums import RoundState, SigningMethod, Standing
from emulation.signing.findings import FileState, Inspection, Problem, SignatureFinding
from emulation.signing.models import Authority, SigningAct, SigningRound, Slot
from emulation.signing.trust import TrustedRoot

_NIGHTLY_PATIENCE = 600
_TIMES = 20


def anchors() -> Iterator[str]:
    """Roots that are not what they were when they were recorded."""
    recorded = {entry.data.get("key_hash") for entry in AuditEntry.objects.filter(event=Event.AUTHORITY_CREATED)}
    for row in Authority.objects.order_by("pk"):
        try:
            root = TrustedRoot.from_pem(row.certificate.encode())
        except ValueError:
            yield f"authority {row.pk}: its certificate cannot be read"
            continue
        if root.key_hash != row.key_hash or root.is_demonstration != row.is_demonstration:
            yield f"authority {row.pk}: its certificate is another one than its row says"
        if row.key_hash not in recorded:
            yield f"authority {row.pk}: the audit knows nothing of it"


def acts() -> Iterator[str]:
    """Recorded acts whose statement was changed."""
    for act in SigningAct.objects.order_by("pk").iterator():
        if hashlib.sha256(act.statement.encode()).hexdigest() != act.sha256:
            yield f"act {act.pk}: its statement was changed"


def rounds() -> Iterator[str]:
    """Every round: manifest, slots, acts, the audit's word on its end, and the full inspection of its newest revision."""
    for key in SigningRound.objects.order_by("pk").values_list("pk", flat=True):
        row, breaks = _settled(key)
        yield from (f"{row.stream}/{row.number}: {break_}" for break_ in breaks)


def file_breaks(row: SigningRound, found: Inspection) -> Iterator[str]:
    """What is wrong between an inspected file of this round and the ledger: field, slot, person, certificate, act."""
    slots = sorted(_signed(row), key=lambda slot: slot.revision.number if slot.revision else 0)
    if found.state is not (FileState.SOUND if slots else FileState.UNSIGNED) or found.problems:
        yield f"the file is {found.state} ({', '.join(found.problems) or 'signatures do not match the slots'})"
    if [signature.field for signature in found.signatures] != [slot.field_name for slot in slots]:
        yield "the file is not signed in the fields, or not in the order, of the signed slots"
        return
    for slot, signature in zip(slots, found.signatures, strict=True):
        yield from _pair(row, slot, signature)


def _settled(key: int) -> tuple[SigningRound, list[str]]:
    """The breaks of a round; looked for again when somebody signed in the meantime, since old and new do not fit together."""
    row = SigningRound.objects.get(pk=key)
    for _time in range(_TIMES):
        breaks = list(_without_stumbling(row))
        before, row = row, SigningRound.objects.get(pk=key)
        if not breaks or (row.current_id, row.state) == (before.current_id, before.state):
            break
    return row, breaks


def _without_stumbling(row: SigningRound) -> Iterator[str]:
    """A record so damaged that it cannot be checked is a break like any other, and does not hide those of the next round."""
    try:
        yield from _round(row)
    except Exception as error:  # noqa: BLE001 - whatever was written into the row, the others are still to be checked
        yield f"it cannot be checked ({type(error).__name__}: {error})"


def _round(row: SigningRound) -> Iterator[str]:
    manifest = _manifest(row)
    if manifest is None:
        yield "its manifest was changed"
        return
    slots = list(Slot.objects.filter(round=row).order_by("number"))
    if [(slot.unit_id, slot.unit_name, slot.role, slot.field_name) for slot in slots] != manifest:
        yield "its slots are not those of the manifest"
    # A manifest from before there was paper does not say how it is signed.
    said = json.loads(row.manifest).get("method", SigningMethod.ELECTRONIC)
    if {slot.method for slot in slots} != {row.method} or said != row.method:
        yield "it is not signed in the way that the manifest says"
    yield from _state(row, slots)
    revisions = list(Revision.objects.filter(document_id=row.document_id).order_by("number"))
    if not revisions or revisions[-1].pk != row.current_id:
        yield "its newest revision is missing, or is not the one that the round names"
        return
    if row.on_paper:
        yield from paper_breaks(row, slots, revisions)
        return
    by_pk = {revision.pk: revision for revision in revisions}
    for slot in _signed(row):
        yield from (f"slot {slot.number}: {break_}" for break_ in _act(row, slot, revisions[0], by_pk))
    yield from file_breaks(row, _inspected(revisions[-1], [entry[3] for entry in manifest]))


def _manifest(row: SigningRound) -> list[tuple[Any, ...]] | None:
    if hashlib.sha256(row.manifest.encode()).hexdigest() != row.manifest_sha256:
        return None
    return [(slot["unit"], slot["name"], slot["role"], slot["field"]) for slot in json.loads(row.manifest)["slots"]]


def _signed(row: SigningRound) -> list[Slot]:
    return list(Slot.objects.filter(round=row, revision__isnull=False).select_related("act", "revision").order_by("number"))


def _state(row: SigningRound, slots: Sequence[Slot]) -> Iterator[str]:
    """Completed exactly when all have signed; and the audit tells the same of how it ended."""
    signed = [slot.paper_record_id if row.on_paper else slot.revision_id for slot in slots]
    if (row.state == RoundState.COMPLETED) != (row.state != RoundState.VOIDED and all(signed)):
        yield f"it is {row.state}, but {sum(map(bool, signed))} of {len(slots)} have signed"
    for state, event in ((RoundState.COMPLETED, Event.ROUND_COMPLETED), (RoundState.VOIDED, Event.ROUND_VOIDED)):
        told = _told(row, event)
        if told != (row.state == state):
            yield f"it is {row.state}, but the audit {'says' if told else 'does not say'} that it was {state}"
    for standing, event in ((Standing.REPLACED, Event.DOCUMENT_REPLACED), (Standing.REVOKED, Event.DOCUMENT_REVOKED)):
        told = _told(row, event)
        if told != (row.standing == standing):
            yield f"it is {row.standing}, but the audit {'says' if told else 'does not say'} that it was {standing}"


def _told(row: SigningRound, event: Event) -> bool:
    return AuditEntry.objects.filter(stream__key=row.stream, event=event, data__round=row.number).exists()


def _act(row: SigningRound, slot: Slot, frozen: Revision, revisions: dict[int, Revision]) -> Iterator[str]:
    """The recorded act is by this person, for this slot, over this text, and the next revision came of it."""
    act, revision = slot.act, slot.revision
    if act is None or revision is None or revision.pk not in revisions:
        yield "its act or its revision is missing"
        return
    said = json.loads(act.statement)
    parent = revisions.get(revision.parent_id or 0)
    expected = {
        "manifest": row.manifest_sha256,
        "round": row.number,
        "field": slot.field_name,
        "digest_shown": frozen.sha256,
        "revision_before": parent.sha256 if parent else None,
        "name": slot.signer_name,
        "rank": slot.signer_rank,
        "title": slot.signer_title,
        "unit": slot.unit_name,
        "capacity": slot.capacity,
    }
    wrong = [name for name, value in expected.items() if said.get(name) != value]
    if wrong or act.user_id != slot.signer_id:
        yield f"its act is about something else ({', '.join(wrong) or 'account'})"


def _pair(row: SigningRound, slot: Slot, signature: SignatureFinding) -> Iterator[str]:
    act = slot.act.sha256 if slot.act else None
    for what, have, wanted in (
        ("certificate", signature.certificate_sha256, slot.certificate_sha256),
        ("act", signature.act_sha256, act),
        ("root", signature.root_key_hash, row.authority.key_hash if row.authority else None),
        ("unit", signature.organisation, slot.unit_name),
    ):
        if have != wanted:
            yield f"slot {slot.number}: the signature in its field has another {what}"
    # A long name is cut in a certificate, and then stands there without the rank.
    if not (signature.signer == slot.ranked_signer or (signature.signer and slot.signer_name.startswith(signature.signer))):
        yield f"slot {slot.number}: the signature in its field names another person"


def _inspected(revision: Revision, fields: Sequence[str]) -> Inspection:
    """The stored bytes, inspected in a child as a stranger's would be: whoever changed them may have meant to harm the checker."""
    try:
        return inspection.inspect_in_child(
            storage.path_of(revision.sha256),
            roots=authorities.trusted_roots(),
            expected_fields=fields,
            lock_path=Path(settings.VAR_DIR) / LOCK_FILE,
            wait_seconds=_NIGHTLY_PATIENCE,
        )
    except OSError:
        return inspection.unverifiable(Problem.UNREADABLE, sha256=revision.sha256, size=revision.size)
