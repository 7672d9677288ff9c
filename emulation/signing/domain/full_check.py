"""A file's full verification from the command line: the ledger's five answers, and every signature in it examined anew."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from emulation.signing import inspection
from emulation.signing.domain import authorities, ledger, recheck, verification
from emulation.signing.domain.uploads import LOCK_FILE
from emulation.signing.domain.verification import Verification
from emulation.signing.findings import Inspection


@dataclass(frozen=True)
class FullCheck:
    """What the page would say, what the inspection found, and where the two do not agree."""

    verification: Verification
    inspection: Inspection
    breaks: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        """The final, intact, complete document that still holds, with every signature sound and in its place."""
        return self.verification.is_valid and not self.breaks and self.inspection.is_complete


def of_file(path: Path) -> FullCheck:
    """Verify a file. Raises `OSError` when it cannot be read, `InspectorBusy` when another inspection takes too long."""
    with path.open("rb") as stream:
        look = ledger.look_up(stream)
    known = verification.of_look(look)
    record = look.found.record if look.found and known and known.is_valid else None
    examined = inspection.inspect_in_child(
        path,
        roots=authorities.trusted_roots(),
        expected_fields=record.fields if record else None,
        lock_path=Path(settings.VAR_DIR) / LOCK_FILE,
    )
    breaks = list(recheck.file_breaks(record.round, examined)) if record else []
    if examined.sha256 != look.sha256:
        breaks.append("the file changed while it was read")
    return FullCheck(known or verification.of_inspection(examined), examined, tuple(breaks))
