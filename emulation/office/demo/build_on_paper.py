"""The bloc that signed with pens: print for signing, a ceremony, a scan, its record and the second person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from blocs.domain import signing
from blocs.enums import CheckKind
from blocs.models import Version
from emulation.lib import clock
from emulation.office.demo.current_year import BlocStory
from emulation.office.demo.drafting import set_details
from emulation.office.demo.placeholder_scan import placeholder_scan
from emulation.office.demo.stage import CLERK, Stage
from emulation.organisation.models import Position
from emulation.records.domain import documents
from emulation.signing.domain import paper, scans
from emulation.signing.models import SigningRound


@dataclass(frozen=True)
class Ceremony:
    """When the content was checked, when the paper was signed, when that was recorded."""

    checked: datetime
    signed: datetime
    recorded: datetime


def sign(stage: Stage, bloc: BlocStory, version: Version, ceremony: Ceremony) -> None:
    """From the adopted version to the confirmed record."""
    signing_round = _open(stage, bloc, version, ceremony.signed)
    signers = _signers(signing_round)
    names = [position.ranked_name for position in signers.values()]
    scan = placeholder_scan(documents.read(signing_round.current), names)
    with stage.acting(ceremony.recorded, bloc.drafter) as actor:
        taken = scans.take_in(signing_round, [scan], actor=actor)
        row = paper.record(taken, actor=actor, signed_on=clock.local(ceremony.signed).date(), signers=signers)
    with stage.acting(ceremony.recorded + timedelta(hours=2), CLERK) as actor:
        paper.confirm(row, actor=actor)


def _open(stage: Stage, bloc: BlocStory, version: Version, opened: datetime) -> SigningRound:
    with stage.acting(opened, bloc.leader) as actor:
        set_details(version.document, actor=actor)
    with stage.acting(opened + timedelta(minutes=5), CLERK) as actor:
        signing.check(version, CheckKind.FORM, actor=actor)
    with stage.acting(opened + timedelta(minutes=10), bloc.leader) as actor:
        originals = signing.usual_originals(version.document)
        return signing.open_signing(version.document, actor=actor, originals=originals)


def _signers(signing_round: SigningRound) -> dict[int, Position]:
    """The head of each unit, else the deputy who signs for him."""
    slots = list(signing_round.slots.order_by("number"))
    found = paper.possible_signers(slots, since=clock.local(signing_round.opened_at).date())
    return {slot.pk: found[slot.unit_id][0] for slot in slots}
