"""Signed documents for the tests of verification: brought about once through the verbs, put back for each test."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

# This file is read before Django is set up when a test file is named on the command line: models are imported where they are used.
if TYPE_CHECKING:
    from emulation.records.models import Revision
    from tests.builders import DocumentCast
    from tests.snapshots import Snapshot


@dataclass
class Papers:
    """A covenant and the files that there are of it."""

    made: DocumentCast

    def revision(self, number: int) -> Revision:
        return self.made.round.document.revisions.get(number=number)

    def file(self, number: int) -> bytes:
        from emulation.records.domain import documents

        return documents.read(self.revision(number))

    @property
    def final(self) -> bytes:
        from emulation.records.domain import documents

        return documents.read(self.made.round.current)


def _taken(django_db_blocker: Any, build: Callable[[], DocumentCast]) -> Snapshot:
    from tests import snapshots

    with django_db_blocker.unblock():
        return snapshots.take(build)


def _half_signed() -> DocumentCast:
    from blocs.enums import DocumentState
    from tests import builders

    made = builders.document(DocumentState.SIGNING, n=4, witness=True)
    for actor in made.commanders[:2]:
        builders.sign(made.slot(actor), actor=actor)
    return made


@pytest.fixture(scope="session")
def _signed_snapshot(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    from blocs.enums import DocumentState
    from tests import builders

    return _taken(django_db_blocker, lambda: builders.document(DocumentState.SIGNED, n=8, witness=True))


@pytest.fixture(scope="session")
def _open_snapshot(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    from tests.signing import acts

    return _taken(django_db_blocker, acts.open_document)


@pytest.fixture(scope="session")
def _half_snapshot(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    return _taken(django_db_blocker, _half_signed)


@pytest.fixture
def signed(db: None, _signed_snapshot: Snapshot) -> Papers:
    """The covenant of eight units, signed by all and by the witness."""
    return Papers(_signed_snapshot.put_back())


@pytest.fixture
def made(db: None, _open_snapshot: Snapshot) -> DocumentCast:
    """A covenant of three units, open for signing, with a cast of this test's own."""
    return copy.deepcopy(_open_snapshot.put_back())


@pytest.fixture
def half(db: None, _half_snapshot: Snapshot) -> Papers:
    """The covenant of four units and a witness, signed by two."""
    return Papers(_half_snapshot.put_back())


@dataclass
class PaperRound:
    """A document of three units that is being signed with pens, and a good scan of it."""

    made: DocumentCast
    scan: bytes


@pytest.fixture(scope="session")
def _paper_snapshot(django_db_setup: None, django_db_blocker: Any) -> Snapshot:
    from tests import builders

    return _taken(django_db_blocker, builders.on_paper)


@pytest.fixture(scope="session")
def _scans() -> dict[str, bytes]:
    return {}


@pytest.fixture
def paper_round(db: None, _paper_snapshot: Snapshot, _scans: dict[str, bytes]) -> PaperRound:
    """A round on paper with a cast of this test's own."""
    from tests.signing import scanned

    made = copy.deepcopy(_paper_snapshot.put_back())
    if "good" not in _scans:
        _scans["good"] = scanned.scan_of(made)
    return PaperRound(made, _scans["good"])


@pytest.fixture
def seal_key(settings: Any, tmp_path: Any) -> None:
    """A sealer's key of this test's own, and the audit sealed up to here."""
    from emulation.records import seal_key as key

    settings.SEAL_DIR = tmp_path / "seals"
    key.create(settings.SEAL_DIR, passphrase=settings.AUTHORITY_PASSPHRASE)


@pytest.fixture
def seal(seal_key: None) -> Callable[[], Any]:
    """Seal the audit as it stands."""
    from emulation.records.domain import seals

    return seals.seal_new_heads
