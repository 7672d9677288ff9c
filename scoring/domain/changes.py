"""What changed between two versions of a set, mapped by the keys of its nodes; and which of it changes scores."""

from dataclasses import dataclass, fields
from decimal import Decimal

from django.utils.translation import gettext as _

from scoring.domain.checking import place_of
from scoring.rules.numbers import written
from scoring.texts import CriteriaText, CriterionText

# What of a leaf decides over points; the rest is words and order.
DECIDING = ("max_points", "min_points", "step", "rule_type", "rule", "indicator_key")
# The same for a group: what holds its sum.
HOLDING = ("max_points", "min_points", "is_capped", "section")
SETTINGS = ("total_points", "places", "not_assigned", "exempt", "bonus_above_scale")


@dataclass(frozen=True)
class Change:
    """One change. `key` is that of the node ("" for the settings); `scores` whether points may come out otherwise."""

    key: str
    sentence: str
    scores: bool


def changes(old: CriteriaText, new: CriteriaText) -> list[Change]:
    """Everything that differs, in the order of the new set, what was taken out at the end."""
    before, after = ({row.key: row for row in text.criteria} for text in (old, new))
    found = _about_settings(old, new)
    for row in new.criteria:
        found += _about(before[row.key], row) if row.key in before else [_added(row)]
    found += [_removed(row) for row in old.criteria if row.key not in after]
    return found


def _about_settings(old: CriteriaText, new: CriteriaText) -> list[Change]:
    found = []
    if any(getattr(old, name) != getattr(new, name) for name in SETTINGS):
        found.append(Change("", _("Cách cộng tổng điểm đã sửa."), scores=True))
    if list(old.tie_keys) != list(new.tie_keys) or list(old.grades) != list(new.grades) or old.method != new.method:
        found.append(Change("", _("Cách xếp hạng, xếp loại đã sửa."), scores=False))
    return found


def _about(old: CriterionText, new: CriterionText) -> list[Change]:
    if old == new:
        return []
    differing = {field.name for field in fields(CriterionText) if getattr(old, field.name) != getattr(new, field.name)}
    scores = bool(differing & set(HOLDING if new.is_group else DECIDING)) or "parent" in differing
    if "max_points" in differing:
        words = {"place": place_of(new), "old": _points(old), "new": _points(new)}
        return [Change(new.key, _("%(place)s: điểm tối đa từ %(old)s thành %(new)s.") % words, scores)]
    if scores:
        return [Change(new.key, _("%(place)s: cách tính điểm hoặc vị trí đã sửa.") % {"place": place_of(new)}, scores)]
    return [Change(new.key, _("%(place)s: câu chữ đã sửa.") % {"place": place_of(new)}, scores)]


def _added(row: CriterionText) -> Change:
    return Change(row.key, _("%(place)s: thêm mới.") % {"place": place_of(row)}, scores=not row.is_group)


def _removed(row: CriterionText) -> Change:
    return Change(row.key, _("%(place)s: đã bỏ.") % {"place": place_of(row)}, scores=not row.is_group)


def _points(row: CriterionText) -> str:
    return written(Decimal(row.max_points)) if row.max_points else "–"
