"""One signature: the act that proves the will, the one-time certificate, the stamp, and the bytes with the signature appended."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.enums import Capacity, Post, usual_title
from emulation.pdf.stamp import StampText, stamp
from emulation.records.domain import audit
from emulation.signing import kinds, pades
from emulation.signing.authority import LocalAuthority, OneTimeIdentity, SignerSubject
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningAct, Slot

# How the signer proved who he is: on a screen of his own session, or at the one computer of a hall.
METHOD = "account and password"
DESK_METHOD = "account and password, signing desk"


@dataclass(frozen=True)
class Signature:
    """What signing makes: the recorded act, the whole file, and the SHA-256 of the certificate."""

    act: SigningAct
    pdf: bytes
    certificate_sha256: str


def make(
    slot: Slot,
    before: bytes,
    *,
    actor: Actor,
    digest_shown: str,
    moment: datetime,
    authority: LocalAuthority,
    method: str = METHOD,
) -> Signature:
    """Record the act and sign `before` in the slot's field; the slot already says who signs in which capacity.

    What was appended is checked before it is returned. Raises `Unsignable`, `SignatureBroken`, `AuthorityProblem`.
    """
    act = _record_act(slot, actor, digest_shown=digest_shown, moment=moment, method=method)
    digest, lines = bytes.fromhex(act.sha256), position_lines(slot)
    signed = pades.append_signature(
        before,
        field_name=slot.field_name,
        identity=_identity(slot, lines, authority, moment),
        act_sha256=digest,
        stamp_pdf=_stamp(slot, lines, moment),
        at=clock.local(moment),
    )
    pades.check_appended(before, signed.pdf, field_name=slot.field_name, roots=[authority.root], act_sha256=digest)
    return Signature(act, signed.pdf, signed.certificate_sha256)


def _identity(slot: Slot, lines: list[str], authority: LocalAuthority, moment: datetime) -> OneTimeIdentity:
    subject = SignerSubject(
        name=slot.signer_name,
        rank=slot.signer_rank,
        unit=slot.unit_name,
        position_line=" / ".join(lines),
        capacity=slot.role_label,
        round_label=f"{slot.round.stream}/{slot.round.number}",
    )
    return authority.issue(subject, at=moment)


def position_lines(slot: Slot) -> list[str]:
    """The lines over a signature: "TRƯỞNG CÔNG AN HUYỆN", or "KT. TRƯỞNG CÔNG AN HUYỆN" and below it the signer's own title."""
    return lines_over(slot.signer_title, slot.capacity, slot.unit.kind)


def lines_over(title: str, capacity: str, unit_kind: str) -> list[str]:
    """The same lines for a title and a capacity in a unit of that kind."""
    own = title.upper()
    if capacity == Capacity.OWN:
        return [own]
    head = f"{capacity.upper()}. {usual_title(unit_kind, Post.HEAD).upper()}"
    return [head] if capacity == Capacity.Q else [head, own]


def will_sentence(slot: Slot) -> str:
    """What the signer declares, as shown above the secret's field. Official, so it is never translated."""
    if slot.role in (SlotRole.SECRETARY, SlotRole.CHAIR):
        return f"Tôi đã đọc và đồng ý ký {kinds.get(slot.round.kind).noun} này với tư cách {slot.role_label.lower()} hội nghị."
    return f"Tôi đã đọc và đồng ý ký {kinds.get(slot.round.kind).noun} này thay mặt {slot.unit_name}."


def _record_act(slot: Slot, actor: Actor, *, digest_shown: str, moment: datetime, method: str) -> SigningAct:
    """The act in words that a court could read, as canonical JSON; its hash goes under the signature."""
    said: dict[str, Any] = {
        "sentence": will_sentence(slot),
        "manifest": slot.round.manifest_sha256,
        "round": slot.round.number,
        "field": slot.field_name,
        "digest_shown": digest_shown,
        "revision_before": slot.round.current.sha256,
        "account": actor.user.username,
        "name": slot.signer_name,
        "rank": slot.signer_rank,
        "title": slot.signer_title,
        "unit": slot.unit_name,
        "capacity": slot.capacity,
        "basis": slot.mandate.document if slot.mandate else "",
        "method": method,
        "address": actor.address,
        "at": moment,
    }
    statement = audit.canonical(said)
    assert actor.position is not None
    return SigningAct.objects.create(
        user=actor.user,
        position=actor.position,
        at=moment,
        statement=statement.decode(),
        sha256=hashlib.sha256(statement).hexdigest(),
    )


def _stamp(slot: Slot, lines: list[str], moment: datetime) -> bytes:
    mark = (f"Ký điện tử bởi {slot.signer_name}", f"lúc {clock.local(moment):%H:%M:%S ngày %d/%m/%Y} (+07:00)")
    return stamp(
        StampText(position=tuple(lines), mark=mark, name=f"{slot.signer_rank} {slot.signer_name}"),
        width_pt=slot.width_pt,
        height_pt=slot.height_pt,
    )
