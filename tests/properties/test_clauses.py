"""Whatever is moved, taken out, put back, added or rewritten: every clause keeps its key, and no text is lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blocs.domain import drafts
from blocs.domain.snapshots import draft_text
from blocs.domain.starting import Piece, StartingText
from blocs.enums import ClauseKind, ClausePart
from tests import builders
from tests.without_paper import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

BODY, AFTER = ClausePart.BODY, ClausePart.IMPLEMENTATION
TEXT = StartingText(
    bases=["Căn cứ"],
    pieces=[
        Piece(ClauseKind.SECTION, BODY, "Nội dung", ""),
        *(Piece(ClauseKind.CLAUSE, BODY, f"Mục {number}", f"Lời {number}") for number in range(5)),
        Piece(ClauseKind.SECTION, AFTER, "Tổ chức thực hiện", ""),
        *(Piece(ClauseKind.CLAUSE, AFTER, "", f"Việc {number}") for number in range(3)),
    ],
)
places = st.integers(0, 11)
acts = st.one_of(
    st.tuples(st.just("move"), places, st.sampled_from([-3, -1, 1, 2])),
    st.tuples(st.just("remove"), places),
    st.tuples(st.just("restore"), places),
    st.tuples(st.just("add"), places),
    st.tuples(st.just("write"), places, st.text("aăâđêôơư ế", max_size=8)),
)


def do(document, actor, act):
    rows = list(document.clauses.order_by("pk"))
    clause = rows[act[1] % len(rows)]
    if act[0] == "move":
        drafts.move_clause(clause, actor=actor, by=act[2])
    elif act[0] == "remove":
        drafts.remove_clause(clause, actor=actor)
    elif act[0] == "restore":
        drafts.restore_clause(clause, actor=actor)
    elif act[0] == "add":
        drafts.add_clause(document, actor=actor, part=clause.part, after=clause)
    else:
        drafts.save_clause(clause, actor=actor, seen=clause.edits, values={"text": act[2]})


def texts(document):
    return {row.key: (row.part, row.kind, row.heading, row.text) for row in document.clauses.all()}


def test_keys_and_texts_survive_everything():
    cast = builders.bloc()
    document = drafts.start(cast.bloc_year, actor=cast.leader, text=TEXT)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(walk=st.lists(acts, max_size=12))
    def survive(walk):
        with rolled_back():
            expected = texts(document)
            for act in walk:
                do(document, cast.leader, act)
                now = texts(document)
                assert set(now) >= set(expected)
                changed = [key for key in expected if now[key] != expected[key]]
                assert len(changed) <= (act[0] == "write")
                expected = now
            assert_in_order(document, cast.leader)

    survive()


def assert_in_order(document, actor):
    """What is printed is what was not taken out, each once, each part in its own order; and all of it can be put back."""
    printed = draft_text(document).clauses
    kept = document.clauses.filter(removed_at=None)
    assert sorted(clause.key for clause in printed) == sorted(str(row.key) for row in kept)
    parts = [clause.part for clause in printed]
    assert parts == sorted(parts)
    for row in document.clauses.filter(removed_at__isnull=False):
        drafts.restore_clause(row, actor=actor)
    assert len(draft_text(document).clauses) == document.clauses.count()
