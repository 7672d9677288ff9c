"""What an inspection of a file found, in a form that can be stored and sent: plain texts, numbers and truths."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_TEXT_LIMIT = 300


class FileState(StrEnum):
    """SOUND: signed, and nothing is wrong with any signature. It does not say that all have signed, nor that it still holds.

    BROKEN: signed, with a problem. UNSIGNED: no signature to speak of. UNVERIFIABLE: nothing can be said.
    """

    SOUND = "sound"
    BROKEN = "broken"
    UNSIGNED = "unsigned"
    UNVERIFIABLE = "unverifiable"


class Problem(StrEnum):
    """Everything that can be wrong with a file; the first seven mean that nothing could be said about its signatures."""

    NOT_PDF = "not_pdf"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    FIELDS_DIFFER = "fields_differ"
    FOREIGN_FIELD = "foreign_field"
    FOREIGN_ANNOTATION = "foreign_annotation"
    ACTIVE_CONTENT = "active_content"
    DUPLICATE_SIGNATURE = "duplicate_signature"
    DUPLICATE_CERTIFICATE = "duplicate_certificate"
    NOT_INTACT = "not_intact"
    NOT_TRUSTED = "not_trusted"
    NOT_PLAIN = "not_plain"
    NOT_COVERED = "not_covered"
    CHANGED = "changed"


@dataclass(frozen=True)
class SignatureFinding:
    """One signature. `signed_at` is the signer's claim (ISO 8601, UTC, or ""); digests are SHA-256 in hexadecimal, or "".

    `root_key_hash`: the root of ours whose key issued the certificate, also when the signature itself is worth nothing; `intact`: the
    signed bytes are as they were; `valid`: the signature belongs to its certificate; `trusted`: it is both, and the certificate's path
    to that root holds; `covered`: it signs its whole revision, without gaps; `unchanged`: its own revision and all later ones only
    filled in signature fields.
    """

    field: str
    signer: str
    organisation: str
    title: str
    capacities: tuple[str, ...]
    signed_at: str
    certificate_sha256: str
    signature_sha256: str
    act_sha256: str
    root_key_hash: str
    intact: bool
    valid: bool
    trusted: bool
    covered: bool
    unchanged: bool

    @property
    def is_sound(self) -> bool:
        """Nothing is wrong with this signature."""
        return self.intact and self.valid and self.trusted and self.covered and self.unchanged


@dataclass(frozen=True)
class Inspection:
    """The whole answer about one file. A sound file has no problems; any other may have several."""

    state: FileState
    sha256: str
    size: int
    pages: int = 0
    fields: tuple[str, ...] = ()
    signatures: tuple[SignatureFinding, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def empty_fields(self) -> tuple[str, ...]:
        """Signature fields that wait for their signature."""
        signed = {signature.field for signature in self.signatures}
        return tuple(name for name in self.fields if name not in signed)

    @property
    def is_complete(self) -> bool:
        """Every signature field holds a sound signature and the file has no other problem."""
        return self.state is FileState.SOUND and not self.empty_fields

    def as_json(self) -> str:
        """A text from which `from_json` makes an equal inspection."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Inspection":
        """Read what `as_json` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
        facts: dict[str, Any] = json.loads(text)
        return cls(
            state=FileState(facts["state"]),
            sha256=facts["sha256"],
            size=facts["size"],
            pages=facts["pages"],
            fields=tuple(facts["fields"]),
            signatures=tuple(_signature(entry) for entry in facts["signatures"]),
            problems=tuple(Problem(code) for code in facts["problems"]),
        )


def short(text: str) -> str:
    """Text from a stranger's file, cut to a length that can be stored and shown."""
    return text[:_TEXT_LIMIT]


def _signature(entry: dict[str, Any]) -> SignatureFinding:
    return SignatureFinding(**{**entry, "capacities": tuple(entry["capacities"])})
