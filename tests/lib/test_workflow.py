"""Tables of moves."""

import pytest

from blocs.enums import DocumentState
from blocs.workflow import DOCUMENT
from emulation.lib.workflow import Move, Workflow
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.workflow import ROUND, SLOT

LAMP = Workflow(
    [Move("light", ("off", "dim"), "on", "Bật"), Move("dim", ("on",), "dim", "Giảm"), Move("smash", ("broken",), "gone", "Đập")]
)


def test_a_verb_is_allowed_in_its_sources_only():
    assert LAMP.allows("light", "off")
    assert LAMP.allows("light", "dim")
    assert not LAMP.allows("light", "on")
    assert LAMP.verbs("on") == ["dim"]
    assert LAMP.target("dim") == "dim"


def test_what_can_be_reached_follows_the_moves():
    assert LAMP.reachable("off") == {"off", "on", "dim"}
    assert LAMP.reachable("gone") == {"gone"}


def test_an_unknown_verb_is_a_mistake():
    with pytest.raises(KeyError):
        LAMP.allows("sing", "on")


@pytest.mark.parametrize(
    ("table", "states", "start"),
    [
        (DOCUMENT, DocumentState, DocumentState.DRAFT),
        (ROUND, RoundState, RoundState.OPEN),
        (SLOT, SlotState, SlotState.WAITING),
    ],
)
def test_every_state_of_our_tables_exists_and_is_reached(table, states, start):
    named = {state for move in table.moves.values() for state in [*move.sources, move.target]}
    assert named <= set(states.values)
    assert table.reachable(start) == set(states.values)
