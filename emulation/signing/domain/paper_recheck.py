"""Verify what is stored of a round on paper: no signature in the file, two persons, the signers that were recorded, the scan's bytes."""

from collections.abc import Iterator, Sequence

from emulation.records import storage
from emulation.records.events import Event
from emulation.records.models import AuditEntry, Revision
from emulation.signing.enums import PaperState, RoundState
from emulation.signing.models import PaperRecord, SigningRound, Slot


def paper_breaks(row: SigningRound, slots: Sequence[Slot], revisions: Sequence[Revision]) -> Iterator[str]:
    """One sentence for each thing that does not fit together."""
    if len(revisions) != 1 or any(slot.revision_id or slot.act_id or slot.certificate_sha256 for slot in slots):
        yield "it is signed on paper, but holds electronic signatures"
    records = list(row.paper_records.select_related("scan").order_by("pk"))
    for paper in records:
        yield from (f"paper record {paper.pk}: {break_}" for break_ in _record(row, paper, slots))
    if row.state == RoundState.COMPLETED and PaperState.CONFIRMED not in {paper.state for paper in records}:
        yield "it is completed without a confirmed record"
    signed = {slot.paper_record_id for slot in slots if slot.paper_record_id}
    if not signed <= {paper.pk for paper in records if paper.state == PaperState.CONFIRMED}:
        yield "a slot is signed by a record that was not confirmed"


def _record(row: SigningRound, paper: PaperRecord, slots: Sequence[Slot]) -> Iterator[str]:
    ticks = list(paper.ticks.order_by("slot__number"))
    if [tick.slot_id for tick in ticks] != [slot.pk for slot in slots]:
        yield "it does not name a signer for each slot"
    if paper.scan.round_id != row.pk or paper.scan.page_count != row.page_count:
        yield "its scan is not of this round's paper"
    said = AuditEntry.objects.filter(stream__key=row.stream, event=Event.PAPER_RECORDED, data__record=paper.pk).first()
    people = [[slot.number, tick.signer_id, tick.capacity] for slot, tick in zip(slots, ticks, strict=False)]
    if said is None or said.user_id != paper.recorded_by_id or said.data["signers"] != people:
        yield "the audit tells otherwise of who recorded whom"
    if paper.state == PaperState.CONFIRMED:
        yield from _confirmed(row, paper, slots)


def _confirmed(row: SigningRound, paper: PaperRecord, slots: Sequence[Slot]) -> Iterator[str]:
    digests = list(paper.scan.files.order_by("order").values_list("revision__sha256", flat=True))
    said = AuditEntry.objects.filter(stream__key=row.stream, event=Event.PAPER_CONFIRMED, data__record=paper.pk).first()
    if said is None or said.user_id != paper.decided_by_id or said.data["scan"] != digests:
        yield "the audit tells otherwise of who confirmed which scan"
    for digest in digests:
        try:
            storage.read(digest)
        except storage.BytesBroken as error:
            yield f"its scan is broken: {error}"
    for slot, tick in zip(slots, paper.ticks.order_by("slot__number"), strict=False):
        wanted = (tick.signer_id, tick.signer_name, tick.signer_rank, tick.signer_title, tick.capacity, tick.mandate_id)
        have = (slot.signer_id, slot.signer_name, slot.signer_rank, slot.signer_title, slot.capacity, slot.mandate_id)
        if have != wanted:
            yield f"slot {slot.number} names another person than the record"
