"""How long it takes to compare two long versions: 60 clauses and 20,000 words each, with edits, moves, additions and removals."""

import random
from dataclasses import replace

from benchmarks import figures, timing
from benchmarks.figures import Figure
from blocs.redlines import apply, compare
from blocs.texts import ClauseText, CovenantText

CLAUSES = 60
WORDS = 20_000
TIMES = 9
LIMIT = 300
# Syllables as they come in such texts: a few hundred, unevenly frequent.
_ONSETS = [
    "b", "c", "ch", "d", "đ", "gi", "h", "kh", "l", "m", "n", "ng", "nh", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
]  # fmt: skip
_RIMES = [
    "a", "an", "ang", "anh", "ao", "ay", "ăn", "âm", "ân", "e", "en", "ê", "ên", "i", "iên", "in", "inh", "o", "oan", "on", "ong",
    "ô", "ôi", "ông", "ơ", "ơi", "u", "ung", "ư", "ưng", "ương", "ước", "uyết",
]  # fmt: skip


def measure() -> list[Figure]:
    """The time for edited versions, for rewritten ones, and for texts made to be slow."""
    old = _text(random.Random(1))
    return [
        _figure("a tenth of the words changed", old, _edited(old, 0.1)),
        _figure("each clause rewritten for the most part", old, _edited(old, 0.7)),
        _figure("nothing in common", old, _text(random.Random(3))),
        _figure("three different words only", _text(random.Random(4), distinct=3), _text(random.Random(5), distinct=3)),
    ]


def _figure(name: str, old: CovenantText, new: CovenantText) -> Figure:
    series = timing.repeat(lambda: compare(old, new), TIMES)
    right = apply(compare(old, new), old) == new
    gives = "gives" if right else "DOES NOT GIVE"
    note = f"processor time of one thread; on the wall {timing.milliseconds(series.wall)}; applied to the old text it {gives} the new"
    return figures.at_most(f"{name}, median", series.cpu * 1000 if right else float("inf"), LIMIT, "ms", note=note)


def _text(chance: random.Random, *, distinct: int = 0) -> CovenantText:
    vocabulary = [onset + rime for onset in _ONSETS for rime in _RIMES]
    chance.shuffle(vocabulary)
    vocabulary = vocabulary[: distinct or None]
    weights = [1 / (place + 3) for place in range(len(vocabulary))]
    clauses = []
    for number in range(CLAUSES):
        chosen = chance.choices(vocabulary, weights, k=WORDS // CLAUSES)
        lines = [" ".join(chosen[start : start + 55]) + "." for start in range(0, len(chosen), 55)]
        clauses.append(ClauseText(f"key-{number}", "clause", "body", " ".join(chosen[:6]), "\n".join(lines)))
    return CovenantText("Giao ước thi đua", "Vì An ninh Tổ quốc", ["Luật"], "Mở đầu", clauses, [], [], ["Lưu: VT"])


def _edited(old: CovenantText, share: float) -> CovenantText:
    """The same text with this share of its words changed, five clauses moved, three added and three taken out."""
    chance = random.Random(2)
    rows = [replace(row, text=_rewritten(row.text, share, chance)) for row in old.clauses]
    for _ in range(5):
        rows.insert(chance.randrange(len(rows)), rows.pop(chance.randrange(len(rows))))
    rows = rows[3:] + [replace(row, key=f"new-{place}") for place, row in enumerate(rows[:3])]
    return replace(old, clauses=rows)


def _rewritten(text: str, share: float, chance: random.Random) -> str:
    changes = {0: "", 1: "mới", 2: "thêm một chữ"}
    words = [
        changes[chance.randrange(3)] if word != "\n" and chance.random() < share else word
        for word in text.replace("\n", " \n ").split(" ")
    ]
    return "\n".join(" ".join(line.split()) for line in " ".join(words).split("\n"))
