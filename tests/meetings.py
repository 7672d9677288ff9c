"""Conferences for tests, built through the domain's own verbs.

made = meetings.conference(ConferenceState.HELD, of=cast)
"""

import io
from dataclasses import replace
from datetime import timedelta

from PIL import Image

from blocs.domain import attendance, conferences, decisions, directives, minutes, photos
from blocs.domain.attendance import AttendanceRow
from blocs.domain.decisions import Vote
from blocs.domain.directives import Wanted
from blocs.enums import ConferenceKind, ConferenceState
from blocs.models import Conference
from emulation.lib import clock
from emulation.organisation.actors import Actor
from tests import builders, snapshots
from tests.builders import BlocCast


@snapshots.once
def conference(
    state: str = ConferenceState.PLANNED, *, of: BlocCast | None = None, kind: str = ConferenceKind.SIGNING, days: int = 0
) -> Conference:
    """A conference of today (or in some days) brought to this state; one that is held has everybody there."""
    cast = of or builders.bloc()
    now = clock.local(clock.now())
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    # Two hours ago, but today, also when the tests run soon after midnight.
    starts_at = max(now.replace(second=0, microsecond=0) - timedelta(hours=2), midnight) + timedelta(days=days)
    usual = replace(conferences.usual_plan(cast.bloc_year, kind, starts_at), secretary=builders.staff(cast.leader.unit).position)
    made = conferences.plan(cast.bloc_year, kind, usual, actor=cast.leader)
    if state != ConferenceState.PLANNED:
        conferences.hold(made, actor=cast.leader)
        call_roll(made, actor=cast.leader)
    if state == ConferenceState.CLOSED:
        conferences.close(made, actor=cast.leader, ended_at=starts_at + (clock.now() - starts_at) / 2)
    return Conference.objects.full().get(pk=made.pk)


def call_roll(made: Conference, *, actor: Actor, absent: int = 0) -> None:
    """Everybody is there but the last ones."""
    rows = list(made.attendance.order_by("order"))
    here = len(rows) - absent
    attendance.record(
        made,
        [
            AttendanceRow(row.pk, role=row.role, representative=row.representative, is_present=place < here, reason="Đi công tác")
            for place, row in enumerate(rows)
        ],
        actor=actor,
    )


def picture() -> bytes:
    """A small photograph."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(stream, "JPEG")
    return stream.getvalue()


def with_outcomes(held: Conference, cast: BlocCast) -> dict[str, dict[str, object]]:
    """Something in each section of a conference that is held, and the keys of it."""
    leader, member = cast.leader, cast.members[0]
    item = decisions.lay(held, actor=leader, title="Quy định tiêu chí chấm điểm")
    other = decisions.lay(held, actor=leader, title="Đề cương báo cáo")
    decision = decisions.decide(held, Vote("Thông qua quy định", 3, about=item, reservations="Xin thêm thời gian"), actor=leader)
    due = clock.today() + timedelta(days=9)
    directive = directives.give(held, Wanted("Rà soát các chỉ tiêu", [member.unit_id, leader.unit_id], due), actor=leader)
    directives.report(directive.tasks.get(unit=leader.unit), actor=leader, text="Đã rà soát xong")
    photo = photos.add(held, actor=leader, data=picture(), caption="Toàn cảnh hội nghị")
    rows = {
        "agenda_item": {"item_pk": held.agenda.first().pk},
        "table_item": {"item_pk": other.pk},
        "decision": {"item_pk": decision.pk},
        "directive": {"item_pk": directive.pk},
        "task": {"task_pk": directive.tasks.get(unit=member.unit).pk},
        "photo": {"photo_pk": photo.pk},
    }
    return {name: {"pk": held.pk, **keys} for name, keys in rows.items()}


def keys(cast: BlocCast) -> dict[str, dict[str, object]]:
    """A conference in each state in this bloc, and the keys of what is in the one that is held."""
    planned = conference(of=cast)
    held = conference(ConferenceState.HELD, of=cast, kind=ConferenceKind.INTERIM)
    closed = conference(ConferenceState.CLOSED, of=cast, kind=ConferenceKind.FINAL)
    by_state = {"planned": {"pk": planned.pk}, "held": {"pk": held.pk}, "closed": {"pk": closed.pk}}
    drafted = minutes.draft(conference(ConferenceState.CLOSED, of=cast, kind=ConferenceKind.FINAL), actor=cast.leader)
    signing = minutes.draft(conference(ConferenceState.CLOSED, of=cast, kind=ConferenceKind.FINAL), actor=cast.leader)
    builders.demonstration()
    minutes.open_signing(signing, actor=cast.leader)
    by_state |= {"drafted": {"pk": drafted.conference_id}, "signing_minutes": {"pk": signing.conference_id}}
    frozen = minutes.current_round(signing.conference).current.sha256
    by_state["minutes_picture"] = {"pk": signing.conference_id, "sha256": frozen, "page": 1, "size": "nho"}
    of_unit = {"invitation": {"pk": planned.pk, "unit": cast.members[0].unit_id}}
    return {**by_state, **of_unit, **with_outcomes(held, cast)}
