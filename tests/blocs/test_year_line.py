"""The line of a bloc's year: what several rooms add to it stands in the order of its days."""

from datetime import UTC, date, datetime

from blocs import beside
from blocs.beside import Part
from blocs.domain import conference_steps
from blocs.domain.progress import TO_COME, Step
from blocs.enums import ConferenceKind, ConferenceState
from blocs.models import Conference


def step(label: str, day: date | None = None) -> Step:
    return Step(label=label, note="", state=TO_COME, day=day)


def labels(parts: list[Part], conferences: list[Conference] | None = None) -> list[str]:
    signing = [step("Lập khối"), step("Ký giao ước")]
    return [row["label"] for row in conference_steps.among(signing, conferences or [], beside.steps(parts))]


SCORING = Part("Chấm điểm", [step("Chấm 6 tháng", date(2020, 7, 10)), step("Tự chấm", date(2020, 11, 5)), step("Công bố")])
REPORTS = Part("Báo cáo", [step("Báo cáo 6 tháng", date(2020, 6, 5)), step("Báo cáo năm", date(2020, 11, 10))])


def test_steps_of_all_rooms_come_by_their_days():
    assert labels([SCORING, REPORTS])[2:] == ["Báo cáo 6 tháng", "Chấm 6 tháng", "Tự chấm", "Công bố", "Báo cáo năm"]


def test_steps_without_a_day_stay_beside_those_of_their_room():
    undated = Part("Chấm điểm", [step("Tự chấm"), step("Thẩm định", date(2020, 10, 1))])
    assert labels([undated, REPORTS])[2:] == ["Báo cáo 6 tháng", "Tự chấm", "Thẩm định", "Báo cáo năm"]
    assert labels([Part("Chấm điểm", [step("Tự chấm"), step("Công bố")]), REPORTS])[-2:] == ["Tự chấm", "Công bố"]


def test_a_conference_in_the_year_stands_at_its_day_and_the_closing_one_last():
    held = {
        ConferenceKind.SIGNING: datetime(2020, 3, 4, 8, tzinfo=UTC),
        ConferenceKind.INTERIM: datetime(2020, 7, 1, 8, tzinfo=UTC),
        ConferenceKind.FINAL: datetime(2020, 11, 1, 8, tzinfo=UTC),
    }
    rows = [
        Conference(pk=pk, kind=kind, state=ConferenceState.CLOSED, starts_at=at) for pk, (kind, at) in enumerate(held.items(), 1)
    ]
    assert labels([REPORTS], rows) == [
        "Lập khối",
        "Hội nghị",
        "Ký giao ước",
        "Báo cáo 6 tháng",
        "Sơ kết",
        "Báo cáo năm",
        "Tổng kết",
    ]
