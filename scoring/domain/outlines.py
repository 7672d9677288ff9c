"""Criteria sets written as an outline, a line a node, for the usual table and the demonstration.

    I | Nhiệm vụ chuyên môn | 700
      I.1 | Bảo vệ an ninh quốc gia | 200
        1 | Ban hành kế hoạch | 5 | yes_no | | m
        2 | Tỷ lệ giải quyết tin báo | 20 | percent // Đủ điểm từ tỷ lệ = 95% | %

Two spaces more stand for one level deeper. After code, name and points: the rule with its parameters, the unit of measure, marks
(m: evidence is required, k: not cross-scored, t: a group that counts up to its points). "-50..0" as points is a range.
"""

import uuid
from collections.abc import Iterable

from scoring.enums import Exempt, Method, NotAssigned, SectionKind
from scoring.models.criteria import usual_tie_keys
from scoring.rules import notation
from scoring.texts import CriteriaText, CriterionText

SECTIONS = {"+": SectionKind.BONUS, "-": SectionKind.PENALTY, "!": SectionKind.DISQUALIFIER}
USUAL_GRADES = [
    ["A", "Hoàn thành xuất sắc nhiệm vụ", "900"],
    ["B", "Hoàn thành tốt nhiệm vụ", "800"],
    ["C", "Hoàn thành nhiệm vụ", "650"],
    ["D", "Không hoàn thành nhiệm vụ", ""],
]


def set_of(outline: str, *, total: str = "1000", seed: str = "") -> CriteriaText:
    """The set of an outline with the usual settings. With a `seed` the keys are the same every time. Raises `ValueError`."""
    return CriteriaText(
        total_points=total,
        places=2,
        not_assigned=NotAssigned.RESCALE.value,
        exempt=Exempt.FULL.value,
        bonus_above_scale=False,
        method=Method.MEDIAN.value,
        tie_keys=usual_tie_keys(),
        grades=USUAL_GRADES,
        criteria=list(nodes(outline.splitlines(), seed)),
    )


def nodes(lines: Iterable[str], seed: str) -> Iterable[CriterionText]:
    """The nodes of the lines. A line with a rule is a leaf."""
    above: list[str] = []
    for line in filter(str.strip, lines):
        depth = (len(line) - len(line.lstrip())) // 2
        cells = [cell.strip() for cell in line.split("|")]
        if depth > len(above) or len(cells) < 3:
            raise ValueError(line)
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{seed} {cells[0]}")) if seed else str(uuid.uuid4())
        parent = above[depth - 1] if depth else ""
        above[depth:] = [key]
        yield _node(key, parent, [*cells, "", "", ""])


def _node(key: str, parent: str, cells: list[str]) -> CriterionText:
    code, name, points, rule, measure, marks = cells[:6]
    least, _dots, most = points.rpartition("..")
    section = "" if parent else SECTIONS.get(code[:1], SectionKind.BASE).value
    if not rule:
        code = code.lstrip("".join(SECTIONS))
        return CriterionText(key, parent, "group", section, code, name, most, min_points=least, is_capped="t" in marks)
    rule_type, *typed = rule.split(" // ")
    step = typed.pop().partition("=")[2].strip() if rule_type == "manual" and typed else ""
    given, faults = notation.read(rule_type, "\n".join(typed))
    if faults:
        raise ValueError(f"{code}: {faults[0].sentence}")
    return CriterionText(
        key=key,
        parent=parent,
        kind="leaf",
        section="",
        code=code,
        name=name,
        max_points=most,
        min_points=least,
        step=step,
        rule_type=rule_type,
        rule=notation.tidy(rule_type, given),
        measure=measure,
        evidence_required="m" in marks,
        is_cross_scored="k" not in marks,
    )
