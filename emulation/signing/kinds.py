"""Kinds of document that can be signed. Each registers one adapter, so that signing never imports them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor
from emulation.signing.enums import Standing
from emulation.signing.models import SigningRound, Slot


class Kind(Protocol):
    """What signing asks of a kind of document."""

    @property
    def name(self) -> str:
        """Its key in `SigningRound.kind`."""

    @property
    def noun(self) -> str:
        """What a person calls it, in Vietnamese: "giao ước"."""

    @property
    def scope(self) -> str:
        """What a basis for signing on behalf must be good for: a `MandateScope`."""

    def page(self, subject_id: int) -> str:
        """The path of the page where the document is signed and watched."""

    def voided_page(self, signing_round: SigningRound) -> str:
        """The path of the page that tells those who had signed why it was voided."""

    def leads(self, signing_round: SigningRound, actor: Actor | None) -> Verdict:
        """Whether the actor leads the gathering of signatures (opens the next group early, voids), or who does instead."""

    def keeps(self, signing_round: SigningRound, actor: Actor) -> bool:
        """Whether the actor may record, or confirm, what was signed on paper."""

    def keepers(self, signing_round: SigningRound) -> list[int]:
        """The units whose people may do that."""

    def named_signer(self, slot: Slot) -> int | None:
        """The position whose holder alone signs in this slot; None where any commander of the slot's unit may."""

    def on_completed(self, signing_round: SigningRound, actor: Actor) -> None:
        """The last signature is stored; called inside its transaction."""

    def on_voided(self, signing_round: SigningRound, actor: Actor) -> None:
        """The round was voided; called inside its transaction."""


@dataclass(frozen=True)
class Enclosure:
    """What goes out unsigned with a signed document, which names its digest: an annex of minutes.

    `carrier` is the round of that document, None while nobody has opened one that names it; `successor` the round of what replaced it.
    """

    title: str
    body_name: str
    issued_on: date
    carrier: SigningRound | None
    standing: str = Standing.IN_FORCE
    standing_since: datetime | None = None
    standing_reason: str = ""
    successor: SigningRound | None = None


_kinds: dict[str, Kind] = {}
_enclosures: list[Callable[[str], Enclosure | None]] = []


def register(kind: Kind) -> None:
    """Add a kind; a second one of the same name replaces it."""
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """The kind of this name; raises KeyError when none was registered."""
    return _kinds[name]


def register_enclosures(of_digest: Callable[[str], Enclosure | None]) -> None:
    """Add somebody who knows what goes out with signed documents, by the SHA-256 of its bytes. Called once, when the app is set up."""
    _enclosures.append(of_digest)


def enclosure(sha256: str) -> Enclosure | None:
    """What goes out with a signed document and has exactly these bytes."""
    return next((found for of_digest in _enclosures if (found := of_digest(sha256))), None)
