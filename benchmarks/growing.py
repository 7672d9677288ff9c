"""More rows for the same pages: a bloc with a covenant in each state, with its people, their notices and their bases for signing."""

from blocs.enums import DocumentState
from emulation.office.demo.stage import quick_secrets
from tests import builders


def add_rows() -> None:
    """Through the verbs, like everything else; the passwords of these people are never typed, so their hashes may be cheap."""
    with quick_secrets():
        for state in DocumentState.values:
            made = builders.document(state, n=4, witness=state == DocumentState.SIGNING)
            builders.deputy(made.leader.position.unit)
