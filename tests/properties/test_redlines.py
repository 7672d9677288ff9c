"""A redline applied to the old text gives the new one, whatever was done to it; and a clause stays itself through all of it."""

import itertools
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from blocs.redlines import apply, compare, compare_texts
from blocs.redlines.sequences import common_blocks, longest_rising
from blocs.redlines.words import compare_words, new_side, old_side
from blocs.texts import ClauseText, CovenantText, IndicatorText, RegistrationText
from emulation.lib.vietnamese import nfc

# Few words, so that texts have much in common; and any characters at all, so that nothing is taken for granted.
WORDS = [
    "thi",
    "đua",
    "Thi",
    "đúa",
    "giữ",
    "gìn",
    "trật",
    "tự",
    "12,5",
    "80",
    "%",
    ",",
    ".",
    ";",
    "a)",
    "-",
    " ",
    "  ",
    "\n",
    "(",
    ")",
]
lines = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
anything = st.text(max_size=30).map(nfc)
texts = st.one_of(lines, lines, anything)
keys = st.sampled_from("abcdefghij")
clauses = st.lists(
    st.builds(
        ClauseText, keys, st.sampled_from(["section", "clause"]), st.sampled_from(["body", "implementation"]), texts, texts
    ),
    max_size=8,
    unique_by=lambda row: row.key,
)
values = st.sampled_from(["", "80", "12.5"])
indicators = st.lists(
    st.builds(
        IndicatorText, keys, texts, texts, st.sampled_from(["higher", "lower"]), values, st.dictionaries(keys, values, max_size=3)
    ),
    max_size=4,
    unique_by=lambda row: row.key,
)
registrations = st.lists(
    st.builds(RegistrationText, keys, st.lists(st.sampled_from(["victory_unit", "advanced_unit"]), max_size=2)),
    max_size=4,
    unique_by=lambda row: row.unit_id,
)
documents = st.builds(
    CovenantText,
    texts,
    texts,
    st.lists(texts, max_size=4),
    texts,
    clauses,
    indicators,
    registrations,
    st.lists(texts, max_size=4),
)


@given(old=documents, new=documents)
@settings(deadline=None)
def test_applied_to_the_old_text_it_gives_the_new_one(old, new):
    assert apply(compare(old, new), old) == new


@given(old=documents)
def test_nothing_changed_is_nothing_to_tell(old):
    redline = compare(old, old)
    assert redline.is_empty
    assert [row.status for row in redline.clauses] == ["same"] * len(old.clauses)


@given(old=st.one_of(texts, st.none()), new=st.one_of(texts, st.none()))
def test_both_texts_can_be_read_from_a_passage(old, new):
    passage = compare_texts(old, new)
    assert (passage.old_text, passage.new_text) == (old or "", new or "")
    assert passage.changed == (old != new)


@given(old=texts, new=texts)
def test_both_texts_can_be_read_from_words(old, new):
    pieces = compare_words(old, new)
    assert (old_side(pieces), new_side(pieces)) == (old, new)
    assert all(one.kind != other.kind for one, other in itertools.pairwise(pieces))


@given(old=st.text("abc", max_size=60), new=st.text("abc", max_size=60))
def test_common_blocks_are_common_and_in_order(old, new):
    end = (0, 0)
    for block in common_blocks(old, new):
        assert block.size > 0
        assert old[block.old : block.old + block.size] == new[block.new : block.new + block.size]
        assert block.old >= end[0]
        assert block.new >= end[1]
        end = (block.old + block.size, block.new + block.size)


@given(old=st.text("abcd", max_size=12), new=st.text("abcd", max_size=12))
def test_small_texts_keep_as_much_as_possible(old, new):
    found = sum(block.size for block in common_blocks(old, new))
    assert found == _longest_common(old, new)


def _longest_common(old, new):
    row = [0] * (len(new) + 1)
    for one in old:
        above = row[:]
        for place, other in enumerate(new):
            row[place + 1] = above[place] + 1 if one == other else max(above[place + 1], row[place])
    return row[-1]


@given(st.permutations(range(7)))
def test_as_few_as_possible_are_told_as_moved(order):
    still = longest_rising(order)
    kept = [value for place, value in enumerate(order) if place in still]
    assert kept == sorted(kept)
    most = max(size for size in range(8) for some in itertools.combinations(order, size) if list(some) == sorted(some))
    assert len(kept) == most


acts = st.one_of(
    st.tuples(st.just("move"), st.integers(0, 20), st.integers(0, 20)),
    st.tuples(st.just("rewrite"), st.integers(0, 20), lines),
    st.tuples(st.just("remove"), st.integers(0, 20), st.none()),
    st.tuples(st.just("add"), st.integers(0, 20), lines),
)


def do(rows, act, fresh):
    rows = list(rows)
    kind, place, what = act
    if kind == "add":
        rows.insert(place % (len(rows) + 1), ClauseText(next(fresh), "clause", "body", what, what))
    elif rows and kind == "move":
        rows.insert(what % len(rows), rows.pop(place % len(rows)))
    elif rows and kind == "remove":
        rows.pop(place % len(rows))
    elif rows:
        rows[place % len(rows)] = replace(rows[place % len(rows)], text=what)
    return rows


@given(old=documents, walk=st.lists(acts, max_size=12))
@settings(deadline=None)
def test_a_clause_stays_itself_through_any_sequence_of_acts(old, walk):
    fresh = (f"new-{number}" for number in itertools.count())
    rows = old.clauses
    for act in walk:
        rows = do(rows, act, fresh)
    new = replace(old, clauses=rows)
    redline = compare(old, new)
    assert apply(redline, old) == new
    before, after = {row.key: row for row in old.clauses}, {row.key: row for row in rows}
    assert {row.key for row in redline.clauses} == before.keys() | after.keys()
    for row in redline.clauses:
        assert row.added == (row.key not in before)
        assert row.removed == (row.key not in after)
        assert row.rewritten == (row.key in before and row.key in after and before[row.key] != after[row.key])
