"""A bloc's conferences among the steps of its year; a bloc without any has none there."""

from collections.abc import Iterable
from operator import itemgetter

from django.urls import reverse
from django.utils.translation import pgettext

from blocs.domain.progress import DONE, LATE, NOW, TO_COME, Step
from blocs.enums import ConferenceKind, ConferenceState
from blocs.models import Conference
from emulation.lib import clock


def among(steps: list[Step], conferences: Iterable[Conference], others: Iterable[Step] = ()) -> list[Step]:
    """The steps with each conference at its place: the signing one before the signatures, the others after them by their days.

    `others` are what else happens in the year, each with its day: before the conference that closes it.
    """
    found, during, last = list(steps), list(others), []
    rows = sorted(conferences, key=lambda row: (row.starts_at, row.pk))
    for row in rows:
        step = _step(row)
        if row.kind == ConferenceKind.SIGNING:
            found.insert(len(steps) - 1, step)
        elif row.kind == ConferenceKind.FINAL:
            last.append(step)
        else:
            during.append(step)
    return [*found, *sorted(during, key=itemgetter("day")), *last]


def _step(conference: Conference) -> Step:
    labels = {
        ConferenceKind.SIGNING: pgettext("step", "Hội nghị"),
        ConferenceKind.INTERIM: pgettext("step", "Sơ kết"),
        ConferenceKind.FINAL: pgettext("step", "Tổng kết"),
    }
    day = clock.local(conference.starts_at).date()
    state = {ConferenceState.HELD: NOW, ConferenceState.CLOSED: DONE}.get(
        ConferenceState(conference.state), LATE if day < clock.today() else TO_COME
    )
    return Step(
        label=labels[ConferenceKind(conference.kind)],
        note=day.strftime("%d/%m"),
        state=state,
        url=reverse("conference", args=[conference.pk]),
        day=day,
    )
