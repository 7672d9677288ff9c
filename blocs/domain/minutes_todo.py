"""What waits for an actor around minutes: to write them, to open them, to sign, to mend what was refused."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import conference_policies as policies
from blocs.domain.minutes_kind import KIND
from blocs.domain.todo_rows import MINUTES, SIGN_MINUTES, WATCH, Task
from blocs.enums import MinutesState
from blocs.models import Conference, Minutes
from emulation.organisation.actors import Actor
from emulation.signing import policies as signing_policies
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot


def signing(conferences: list[Conference]) -> dict[int, Conference]:
    """The conferences whose minutes are being signed, by key."""
    return {row.pk: row for row in conferences if _state(row) == MinutesState.SIGNING}


def know_rounds(conferences: dict[int, Conference], rounds: Iterable[SigningRound]) -> None:
    """Let each of these conferences know the round of its minutes."""
    for row in rounds:
        if row.kind != KIND:
            continue
        conference = conferences[row.subject_id]
        conference.minutes_round, row.known_subject = row, conference
        for slot in row.slots.all():
            slot.round = row


def tasks(conference: Conference, actor: Actor) -> Iterator[Task]:
    """The actor's tasks about the minutes of this conference, which is concluded; asks nothing more."""
    minutes = _minutes(conference)
    if conference.minutes_round:
        yield from _in_signing(conference, conference.minutes_round, actor)
    elif minutes is None and policies.may_write_minutes(conference, None, actor):
        page = reverse("conference", args=[conference.pk])
        note = _("%(title)s. Dự thảo được viết sẵn từ những gì đã ghi.") % {"title": conference.title}
        yield Task(MINUTES, _("Lập biên bản hội nghị"), note, page, _("Mở hội nghị"), conference=conference)
    elif minutes and minutes.state == MinutesState.DRAFT and policies.may_write_minutes(conference, minutes, actor):
        page, title = reverse("minutes", args=[conference.pk]), _("Hoàn thiện và mở ký biên bản")
        yield Task(MINUTES, title, conference.title, page, _("Soạn tiếp"), conference=conference)


def _in_signing(conference: Conference, signing_round: SigningRound, actor: Actor) -> Iterator[Task]:
    slots = list(signing_round.slots.all())
    for slot in slots:
        yield from _own(conference, slot, actor)
    if policies.may_lead_minutes(conference, actor):
        yield _watched(conference, slots)


def _own(conference: Conference, slot: Slot, actor: Actor) -> Iterator[Task]:
    page = reverse("minutes_sign", args=[conference.pk])
    if signing_policies.may_withdraw_refusal(slot, actor):
        note = _("Đã từ chối ký: %(reason)s") % {"reason": slot.refusal_reason}
        yield Task(SIGN_MINUTES, _("Ký biên bản hội nghị"), note, page, _("Xem lại"), conference=conference)
    elif signing_policies.may_refuse(slot, actor):
        note = _("%(title)s. Đồng chí ký với tư cách %(role)s.") % {
            "title": conference.title,
            "role": _(slot.role_label).lower(),
        }
        verdict = signing_policies.may_sign(slot, actor)
        yield Task(SIGN_MINUTES, _("Ký biên bản hội nghị"), note, page, _("Xem và ký"), verdict=verdict, conference=conference)


def _watched(conference: Conference, slots: list[Slot]) -> Task:
    """For those who opened them: who has still to sign; or, when somebody refused, what to mend."""
    page = reverse("minutes", args=[conference.pk])
    refused = next((slot for slot in slots if slot.state == SlotState.REFUSED), None)
    if refused:
        note = _("%(role)s từ chối: %(reason)s Mở lại dự thảo để sửa, hoặc trao đổi để rút lời từ chối.") % {
            "role": _(refused.role_label),
            "reason": _sentence(refused.refusal_reason),
        }
        return Task(WATCH, _("Biên bản hội nghị bị từ chối ký"), note, page, _("Xem và xử lý"), conference=conference)
    waiting = ", ".join(_(slot.role_label).lower() for slot in slots if slot.state != SlotState.SIGNED)
    title = _("Theo dõi ký biên bản: %(done)d/%(total)d đã ký") % {
        "done": sum(slot.state == SlotState.SIGNED for slot in slots),
        "total": len(slots),
    }
    note = _("%(title)s. Chờ %(roles)s ký.") % {"title": conference.title, "roles": waiting}
    return Task(WATCH, title, note, page, _("Xem"), conference=conference)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _minutes(conference: Conference) -> Minutes | None:
    return getattr(conference, "minutes", None)


def _state(conference: Conference) -> str:
    minutes = _minutes(conference)
    return minutes.state if minutes else ""
