"""The signature that completes a round is sealed at once."""

import pytest

from blocs.enums import DocumentState
from emulation.records import seal_key
from emulation.records.domain import seals
from emulation.records.models import Seal
from emulation.signing.enums import RoundState
from tests import builders


@pytest.mark.django_db
def test_the_last_signature_is_sealed(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.SEAL_DIR = tmp_path / "seals"
    seal_key.create(settings.SEAL_DIR, passphrase="")
    made = builders.document(DocumentState.SIGNING)
    with django_capture_on_commit_callbacks(execute=True):
        builders.sign(made.slots[0], actor=made.signers[0])
    assert not Seal.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        builders.sign_all(made)
    assert made.row.stream in {key for key, _seq, _hash in Seal.objects.get().heads}
    assert list(seals.broken()) == []


@pytest.mark.django_db
def test_a_seal_that_fails_undoes_no_signature(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.SEAL_DIR = tmp_path / "none"
    with django_capture_on_commit_callbacks(execute=True):
        made = builders.document(DocumentState.SIGNED)
    assert made.round.state == RoundState.COMPLETED
