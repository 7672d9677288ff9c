"""Load the demonstration into an empty database, all of it or nothing; write out its signed covenant; say who can log in."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from blocs.domain import signing
from blocs.enums import DocumentKind
from blocs.models import Bloc, BlocDocument
from emulation.lib import clock, vietnamese
from emulation.office.demo import build_2020, build_current, year_2020
from emulation.office.demo.stage import Stage, quick_secrets
from emulation.office.domain import first_start
from emulation.organisation.domain import units
from emulation.organisation.enums import Post
from emulation.organisation.models import Position, Unit, User
from emulation.records.domain import documents
from emulation.signing.domain import authorities
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.models import Slot


class NotEmpty(Exception):
    """The database holds something else; the demonstration is never mixed with it."""


class NoDemonstrationAuthority(Exception):
    """The signing authority is a real one, which never signs a demonstration."""


def is_empty() -> bool:
    """Whether nothing has been entered yet."""
    return not any(model.objects.exists() for model in (User, Unit, Bloc))


def load() -> Path:
    """Build the demonstration unless it is there, and write out its covenant of 2020. Returns the file's path.

    Raises `NotEmpty`, `NoDemonstrationAuthority`.
    """
    if not units.is_demonstration():
        if not is_empty():
            raise NotEmpty
        if not authorities.ensure().is_demonstration:
            raise NoDemonstrationAuthority
        with transaction.atomic(), quick_secrets():
            units.mark_as_demonstration()
            stage = Stage()
            build_2020.build(stage)
            build_current.build(stage)
        first_start.forget_code()
    return write_covenant()


def write_covenant() -> Path:
    """The covenant of 2020 with all its signatures, as a file."""
    document = BlocDocument.objects.full().get(bloc_year__year_id=year_2020.YEAR, kind=DocumentKind.COVENANT)
    signing_round = signing.current_round(document)
    assert signing_round is not None
    path = Path(settings.VAR_DIR) / "demo" / f"{vietnamese.slug(document.printed_title)}.pdf"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(documents.read(signing_round.current))
    draft.replace(path)
    return path


def awaited_signers() -> list[Position]:
    """Heads of the units whose seats are empty in a round that is open now."""
    waiting = Slot.objects.filter(state=SlotState.READY, round__state=RoundState.OPEN).values("unit")
    return list(Position.objects.on(clock.today()).full().filter(unit__in=waiting, post=Post.HEAD).order_by("pk"))


def holders(logins: list[str]) -> list[Position]:
    """The positions of these people, in this order."""
    rows = {row.person.username: row for row in Position.objects.on(clock.today()).full().filter(person__username__in=logins)}
    return [rows[login] for login in logins if login in rows]
