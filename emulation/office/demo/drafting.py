"""What every covenant of the demonstration goes through: targets, registered titles, stands, signatures."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from blocs.domain import discussion, drafts
from blocs.models import BlocDocument, Version
from emulation.lib import clock
from emulation.office.demo.cast import PASSWORD
from emulation.office.demo.covenant_2020 import Aim
from emulation.office.demo.stage import Stage
from emulation.organisation.actors import Actor
from emulation.signing.domain import rounds
from emulation.signing.models import SigningRound

Stands = Iterable[tuple[datetime, str, str, str]]


def add_aims(stage: Stage, document: BlocDocument, aims: Sequence[Aim], *, actor: Actor) -> None:
    """Put the targets into the draft, with their values for the bloc or for each unit."""
    for aim in aims:
        values = {"name": aim.name, "measure": aim.measure, "direction": aim.direction, "bloc_value": aim.number}
        indicator = drafts.add_indicator(document, actor=actor, values=values)
        if aim.unit_values:
            targets = {stage.units[key].pk: value for key, value in aim.unit_numbers.items()}
            drafts.save_indicator(indicator, actor=actor, seen=indicator.edits, values={}, targets=targets)


def send_stands(stage: Stage, version: Version, stands: Stands) -> None:
    """The commanders send the stands of their units."""
    for moment, login, opinion, remark in stands:
        with stage.acting(moment, login) as actor:
            discussion.send_stand(version, actor=actor, opinion=opinion, remark=remark)


def sign(stage: Stage, signing_round: SigningRound, signatures: Iterable[tuple[datetime, str]]) -> None:
    """Each signs in his unit's slot with his own secret, having been shown the frozen text."""
    frozen = signing_round.document.revisions.get(number=0)
    for moment, login in signatures:
        with stage.acting(moment, login) as actor:
            slot = signing_round.slots.select_related("round", "unit").get(unit=actor.unit)
            rounds.sign(slot, actor=actor, secret=PASSWORD, digest_shown=frozen.sha256)


def set_details(document: BlocDocument, *, actor: Actor, **values: object) -> BlocDocument:
    """Date, place and the like."""
    fresh = BlocDocument.objects.get(pk=document.pk)
    return drafts.save_signing_details(fresh, actor=actor, seen=fresh.edits, values={"date": clock.today(), **values})
