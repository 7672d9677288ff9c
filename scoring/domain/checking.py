"""The check of a set: every fault at once, each with the place where it is."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from scoring.enums import SectionKind
from scoring.rules import Faulty
from scoring.rules.grades import Grade, in_order
from scoring.rules.marks import CEILING, NO_RANK
from scoring.rules.numbers import NotExact, exact, written
from scoring.rules.ranking import ASC, DESC
from scoring.texts import CriteriaText, CriterionText, Node, tree

MOST_LEAVES = 400
DEEPEST = 6
SUMS = ("base", "bonus", "penalty")


@dataclass(frozen=True)
class Fault:
    """One fault: the key of the node ("" for the set itself), what it is called, and what is wrong."""

    key: str
    place: str
    sentence: str


def faults(text: CriteriaText) -> list[Fault]:
    """Everything that keeps the set from being adopted, in the order of the paper."""
    tops = tree(text.criteria)
    found = [*_settings(text), *_whole(text, tops)]
    codes = Counter(row.code for row in text.criteria if row.code)
    for top in tops:
        for node in top.walk():
            found += _node(node, SectionKind(top.text.section), codes, text)
    return found


def place_of(text: CriterionText) -> str:
    """How a node is called: its code and name."""
    return f"{text.code} {text.name[:60]}".strip() or _("(chưa có tên)")


def _whole(text: CriteriaText, tops: list[Node]) -> Iterator[Fault]:
    base = sum((top.most for top in tops if top.text.section == SectionKind.BASE), Decimal(0))
    if base != Decimal(text.total_points):
        words = {"sum": written(base), "total": written(Decimal(text.total_points))}
        yield _about_set(_("Các nhóm điểm chính cộng lại %(sum)s điểm, khác tổng điểm chính %(total)s điểm.") % words)
    if len(text.leaves) > MOST_LEAVES:
        yield _about_set(_("Bộ tiêu chí có nhiều nhất %(n)d tiêu chí.") % {"n": MOST_LEAVES})


def _settings(text: CriteriaText) -> Iterator[Fault]:
    codes = {row.code for row in text.criteria if row.is_group}
    for key in text.tie_keys:
        if not _is_tie_key(key, codes):
            yield _about_set(
                _("Thứ tự xét khi bằng điểm: không có “%(key)s” trong bộ tiêu chí.") % {"key": " ".join(map(str, key))}
            )
    if not _are_grades(text):
        yield _about_set(_("Xếp loại: mã khác nhau, mốc điểm giảm dần, chỉ loại cuối được để trống mốc."))


def _is_tie_key(key: object, codes: set[str]) -> bool:
    if not isinstance(key, list | tuple) or len(key) != 2 or key[1] not in (ASC, DESC):
        return False
    kind, _colon, code = str(key[0]).partition(":")
    return (kind in SUMS and not code) or (kind == "group" and code in codes)


def _are_grades(text: CriteriaText) -> bool:
    return grades_of(text) is not None


def grades_of(text: CriteriaText) -> list[Grade] | None:
    """The grades as the engine takes them; None when they are not well formed."""
    try:
        rows = [Grade(code, name, exact(least) if least else None) for code, name, least in text.grades]
    except (NotExact, TypeError, ValueError):
        return None
    return rows if in_order(rows) and all(row.code and row.name for row in rows) else None


def _node(node: Node, section: SectionKind, codes: Counter[str], text: CriteriaText) -> Iterator[Fault]:
    row = node.text
    if not row.name.strip():
        yield _about(row, _("Chưa có tên."))
    if not row.code:
        yield _about(row, _("Chưa có mã."))
    elif codes[row.code] > 1:
        yield _about(row, _("Mã “%(code)s” được dùng %(n)d lần.") % {"code": row.code, "n": codes[row.code]})
    if node.depth >= DEEPEST:
        yield _about(row, _("Bảng có nhiều nhất %(n)d cấp.") % {"n": DEEPEST})
    yield from _group(node, section) if row.is_group else _leaf(row, section, text)


def _group(node: Node, section: SectionKind) -> Iterator[Fault]:
    row = node.text
    if not node.children:
        yield _about(row, _("Nhóm chưa có tiêu chí nào."))
    if not row.max_points:
        if row.is_capped:
            yield _about(row, _("Ghi điểm tối đa của nhóm để chỉ tính đến mức đó."))
        return
    declared, words = Decimal(row.max_points), {"sum": written(node.sum), "max": written(Decimal(row.max_points))}
    if row.is_capped and node.sum < declared:
        yield _about(row, _("Các tiêu chí cộng lại %(sum)s điểm, chưa tới mức tối đa %(max)s điểm của nhóm.") % words)
    if not row.is_capped and node.sum != declared:
        yield _about(
            row,
            _("Các tiêu chí cộng lại %(sum)s điểm, khác %(max)s điểm của nhóm. Sửa điểm, hoặc đánh dấu chỉ tính đến điểm tối đa.")
            % words,
        )
    if section == SectionKind.PENALTY and declared:
        yield _about(row, _("Nhóm điểm trừ có điểm tối đa là 0."))


def _leaf(row: CriterionText, section: SectionKind, text: CriteriaText) -> Iterator[Fault]:
    if not row.rule_type:
        yield _about(row, _("Chưa chọn cách tính."))
        return
    try:
        rule = row.read_rule()
    except Faulty as error:
        for fault in error.faults:
            yield _about(row, fault.sentence)
        return
    if not row.max_points:
        yield _about(row, _("Chưa có điểm tối đa."))
        return
    least, most = rule.bounds
    if most != Fraction(Decimal(row.max_points)):
        words = {"most": written(most), "max": written(Decimal(row.max_points))}
        yield _about(row, _("Cách tính cho nhiều nhất %(most)s điểm, khác điểm tối đa %(max)s.") % words)
    yield from _in_section(row, section, rule.counts, least=least, most=most)
    if row.rule_type == "disqualifier":
        yield from _effects(row, text)


def _in_section(row: CriterionText, section: SectionKind, counts: bool, *, least: Fraction, most: Fraction) -> Iterator[Fault]:
    if section == SectionKind.DISQUALIFIER and row.rule_type not in ("disqualifier", "info"):
        yield _about(row, _("Phần điều kiện loại trừ chỉ chứa điều kiện loại trừ."))
    if section != SectionKind.DISQUALIFIER and row.rule_type == "disqualifier":
        yield _about(row, _("Điều kiện loại trừ nằm trong phần điều kiện loại trừ."))
    if section == SectionKind.PENALTY and counts and (most > 0 or least >= 0):
        yield _about(row, _("Tiêu chí trừ điểm có điểm tối đa 0 và điểm tối thiểu âm."))
    if section == SectionKind.BONUS and least < 0:
        yield _about(row, _("Tiêu chí thưởng không cho điểm âm."))
    if section == SectionKind.BASE and counts and most == 0:
        yield _about(row, _("Tiêu chí chính phải có điểm tối đa lớn hơn 0."))


def _effects(row: CriterionText, text: CriteriaText) -> Iterator[Fault]:
    grades = {grade.code for grade in grades_of(text) or []}
    groups = {other.code for other in text.criteria if other.is_group}
    for effect in row.rule["effects"]:
        target = effect.get("target", "")
        if effect["effect"] != NO_RANK and target not in (grades if effect["effect"] == CEILING else groups):
            yield _about(row, _("Không có mã “%(code)s” trong bộ tiêu chí.") % {"code": target})


def _about(row: CriterionText, sentence: str) -> Fault:
    return Fault(row.key, place_of(row), sentence)


def _about_set(sentence: str) -> Fault:
    return Fault("", _("Cả bộ"), sentence)
