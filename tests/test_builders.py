"""The cast that other tests stand on comes about through the verbs, and is what its names say."""

import pytest

from blocs.enums import DocumentState
from emulation.records.domain import audit, documents
from emulation.signing.enums import RoundState
from tests import builders


@pytest.mark.django_db
@pytest.mark.parametrize("state", DocumentState.values)
def test_a_covenant_comes_to_each_state(state):
    made = builders.document(state)
    assert made.row.state == state
    assert list(audit.broken()) == []


@pytest.mark.django_db
def test_a_signed_covenant_is_whole():
    made = builders.document(DocumentState.SIGNED, n=4, witness=True)
    assert made.round.state == RoundState.COMPLETED
    assert [slot.signer_id for slot in made.slots] == [actor.user_id for actor in made.signers]
    assert list(documents.broken()) == []
