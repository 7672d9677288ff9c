"""Whose stand a new version leaves as it is: what concerns a unit is the common text, its own targets and its own titles."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from blocs.redlines import Redline, compare
from blocs.texts import CovenantText

# Why a stand was reset, as it is stored.
COMMON, TARGETS, TITLES = "common", "targets", "titles"


def reasons(old: CovenantText, new: CovenantText, units: Iterable[int]) -> dict[str, list[str]]:
    """By unit (its key as text) why its stand has to be given anew; an empty list where nothing that concerns it changed.

    Order counts as text: a clause that moves under another heading may say something else.
    """
    redline = compare(old, new)
    common = [COMMON] if _common_changed(redline) or old.enclosed != new.enclosed else []
    own = _own_changed(redline)
    return {str(unit): [*common, *own.get(str(unit), [])] for unit in units}


def words(codes: Iterable[str]) -> str:
    """The reasons in words: "nội dung chung đã sửa, chỉ tiêu của đơn vị đã sửa"."""
    said = {
        COMMON: _("nội dung chung đã sửa"),
        TARGETS: _("chỉ tiêu giao cho đơn vị đã sửa"),
        TITLES: _("danh hiệu đơn vị đăng ký đã sửa"),
    }
    return ", ".join(said[code] for code in codes if code in said)


def _common_changed(redline: Redline) -> bool:
    frame = (redline.title, redline.movement, redline.bases, redline.opening, redline.recipients)
    if any(passage.changed for passage in frame) or not all(row.is_same for row in redline.clauses):
        return True
    return any(row.added or row.removed or row.moved or row.common_changed for row in redline.indicators)


def _own_changed(redline: Redline) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with_targets = {unit for row in redline.indicators for unit, value in row.units.items() if value.changed}
    with_titles = {row.key for row in redline.registrations if row.old_titles != row.new_titles}
    for code, units in ((TARGETS, with_targets), (TITLES, with_titles)):
        for unit in units:
            found.setdefault(unit, []).append(code)
    return found
