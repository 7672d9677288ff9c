"""The settings of a criteria set in the words in which they are printed; official, so never translated."""

from decimal import Decimal

from scoring.domain import checking
from scoring.enums import Exempt, Method, NotAssigned
from scoring.rules.numbers import written
from scoring.texts import CriteriaText

_PEERS = {
    Method.MEDIAN: "trung vị",
    Method.MEAN: "trung bình",
    Method.TRIMMED: "trung bình sau khi bỏ điểm cao nhất và thấp nhất",
}


def notes(text: CriteriaText) -> list[str]:
    """What is said under every table: total and rounding, what is not assigned or exempt, ties, grades."""
    total = f"Tổng điểm chính: {written(Decimal(text.total_points))} điểm. Điểm làm tròn đến {text.places} chữ số thập phân, từng tiêu chí."
    above = (
        "Điểm thưởng được tính vượt tổng điểm chính." if text.bonus_above_scale else "Tổng điểm không vượt quá tổng điểm chính."
    )
    unassigned = {
        NotAssigned.RESCALE: "Tiêu chí không giao cho đơn vị thì không tính, điểm được quy đổi theo thang đầy đủ.",
        NotAssigned.DROP: "Tiêu chí không giao cho đơn vị thì không tính, điểm để nguyên.",
    }[NotAssigned(text.not_assigned)]
    exempt = {
        Exempt.FULL: "Nội dung không phát sinh nhiệm vụ được tính điểm tối đa.",
        Exempt.OUT: "Nội dung không phát sinh nhiệm vụ thì không tính, như không giao.",
    }[Exempt(text.exempt)]
    return [total, f"{above} {unassigned} {exempt}", f"Khi bằng điểm: {ties_in_words(text)}.", *_grades(text)]


def ties_in_words(text: CriteriaText) -> str:
    """In which order units with equal totals are told apart."""
    told = [
        f"{key_in_words(text, name)} {'cao hơn' if direction == 'desc' else 'ít hơn'} xếp trên"
        for name, direction in text.tie_keys
    ]
    return "; ".join([*told, "sau cùng do khối quyết định, ghi vào biên bản"])


def key_in_words(text: CriteriaText, name: str) -> str:
    """What one tie key compares."""
    kind, _colon, code = name.partition(":")
    names = {row.code: row.name for row in text.criteria if row.is_group}
    return {
        "base": "tổng điểm chính",
        "bonus": "điểm thưởng",
        "penalty": "điểm trừ",
        "group": f"điểm nhóm {code} ({names.get(code, '')})",
    }[kind]


def of_peers(text: CriteriaText) -> str:
    """How peers' points are shown as one."""
    return f"Điểm chấm chéo là {_PEERS[Method(text.method)]} của các đơn vị chấm, để đơn vị tổng hợp tham khảo."


def _grades(text: CriteriaText) -> list[str]:
    grades = checking.grades_of(text) or []
    bounds = [f"từ {written(row.least)} điểm" if row.least is not None else "còn lại" for row in grades]
    told = [f"{row.code} ({row.name}) {bound}" for row, bound in zip(grades, bounds, strict=True)]
    return [f"Xếp loại: {'; '.join(told)}."] if told else []
