"""Joint activities of a bloc: enter, change, take away; what they come to in a year; what may count them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.beside import Act, Link, Part
from blocs.domain.drafts import Conflict
from blocs.models import BlocDocument, BlocYear
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.reports import activity_policies as policies
from emulation.reports.board_policies import may_watch_bloc
from emulation.reports.enums import ActivityKind
from emulation.reports.models import Activity
from scoring.domain.campaigns import adopted_set
from scoring.domain.reading import sealed_text
from scoring.texts import CriterionText

FIELDS = ("kind", "title", "held_on", "held_to", "place", "host", "money", "works", "people", "text", "criterion")
# The rules that an activity may be told to: a number of things, or points given by hand, for which it is evidence.
COUNTED_BY = ("count", "manual")
MOST_A_YEAR = 500


@transaction.atomic
def enter(bloc_year: BlocYear, *, actor: Actor, values: Mapping[str, Any], units: Collection[int] = ()) -> Activity:
    """Enter an activity with the units that took part. Raises `Refused`, `ValidationError`."""
    BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)
    bloc_year = BlocYear.objects.full().get(pk=bloc_year.pk)
    if bloc_year.activities.filter(removed_at=None).count() >= MOST_A_YEAR:
        raise ValidationError(_("Mỗi năm một khối ghi nhiều nhất %(most)d hoạt động chung.") % {"most": MOST_A_YEAR})
    activity = Activity(bloc_year=bloc_year, entered_by=actor.user)
    _fill(activity, actor, values, units)
    others = [unit for unit in (*units, bloc_year.leader.unit_id) if unit != actor.unit_id]
    words = f"{activity.host.short_name} ghi hoạt động chung của khối: “{activity.title}”, {' – '.join(activity.days)}."
    notices.tell_units(others, words, path=reverse("activity", args=[activity.pk]), except_users={actor.user_id})
    told = {name: _told(getattr(activity, name)) for name in FIELDS}
    audit.log(
        Event.ACTIVITY_ENTERED, stream=activity.stream, actor=actor, bloc_year=bloc_year.pk, units=sorted(set(units)), **told
    )
    return activity


@transaction.atomic
def change(activity: Activity, *, actor: Actor, seen: int, values: Mapping[str, Any], units: Collection[int]) -> Activity:
    """Change what was entered; the same again changes nothing. Raises `Refused`, `Conflict`, `ValidationError`."""
    activity = lock(activity, actor)
    if activity.edits != seen:
        raise Conflict(activity)
    before = {name: getattr(activity, name) for name in FIELDS}
    units_before = {unit.pk for unit in activity.units.all()}
    if units_before == set(units) and all(before[name] == value for name, value in values.items() if name in before):
        return activity
    _fill(activity, actor, values, units)
    changed = {name: [_told(before[name]), _told(now)] for name in FIELDS if (now := getattr(activity, name)) != before[name]}
    if units_before != set(units):
        changed["units"] = [sorted(units_before), sorted(set(units))]
    audit.log(Event.ACTIVITY_CHANGED, stream=activity.stream, actor=actor, changed=changed)
    return activity


@transaction.atomic
def remove(activity: Activity, *, actor: Actor) -> None:
    """Take away what was entered by mistake; the audit keeps that it was. Raises `Refused`."""
    activity = lock(activity, actor)
    if activity.removed_at:
        return
    activity.removed_at = clock.now()
    activity.save(update_fields=["removed_at"])
    audit.log(Event.ACTIVITY_REMOVED, stream=activity.stream, actor=actor, title=activity.title)


def lock(activity: Activity, actor: Actor) -> Activity:
    """The activity locked until the end of the transaction, if the actor may change it. Raises `Refused`."""
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    activity = Activity.objects.with_units().select_related("host").get(pk=activity.pk)
    activity.bloc_year = BlocYear.objects.full().get(pk=activity.bloc_year_id)
    enforce(policies.may_change_activity(activity, actor))
    return activity


def countable(bloc_year: BlocYear) -> list[CriterionText]:
    """The leaves of the bloc's adopted criteria for which an activity may count, in the order of the paper."""
    known = adopted_set(bloc_year)
    return [leaf for leaf in sealed_text(known).leaves if leaf.rule_type in COUNTED_BY] if known else []


@dataclass(frozen=True)
class Totals:
    """What the activities of a year come to."""

    number: int
    money: int
    people: int
    kinds: Sequence[tuple[str, int]]


def totals(rows: Sequence[Activity]) -> Totals:
    """The sums of these activities, and how many there are of each kind."""
    counts = Counter(row.kind for row in rows)
    kinds = [(str(kind.label), counts[kind]) for kind in ActivityKind if counts[kind]]
    return Totals(len(rows), sum(row.money or 0 for row in rows), sum(row.people or 0 for row in rows), kinds)


def part(bloc_year: BlocYear, _documents: Sequence[BlocDocument], actor: Actor) -> Part:
    """The way to the joint activities from the page of a bloc; asks the database nothing."""
    page = reverse("bloc_activities", args=[bloc_year.pk])
    links = [Link(_("Sổ hoạt động chung"), page, "neutral", _("năm %(year)s") % {"year": f"{bloc_year.year_id:d}"})]
    if may_watch_bloc(bloc_year, actor):
        board = reverse("bloc_obligations", args=[bloc_year.pk])
        links.append(Link(_("Việc của các đơn vị"), board, "neutral", _("năm %(year)s") % {"year": f"{bloc_year.year_id:d}"}))
    verdict = policies.may_enter_activity(bloc_year, actor)
    act = Act(_("Ghi hoạt động"), reverse("activity_new", args=[bloc_year.pk]), verdict) if verdict else None
    return Part(_("Hoạt động chung, theo dõi"), links=links, act=act)


def _fill(activity: Activity, actor: Actor, values: Mapping[str, Any], units: Collection[int]) -> None:
    """Write the values after every check, and store."""
    before = activity.criterion
    for name in FIELDS:
        if name in values:
            value = values[name]
            setattr(activity, name, vietnamese.nfc(value).replace("\r\n", "\n").strip() if isinstance(value, str) else value)
    bloc_year = activity.bloc_year
    enforce(policies.may_enter_for(bloc_year, activity.host_id, actor))
    if activity.criterion != before:
        enforce(policies.may_count_activity(bloc_year, actor))
    if faults := _faults(activity, units):
        raise ValidationError(faults)
    activity.full_clean(exclude=["entered_by", "units"])
    activity.edits = activity.edits + 1 if activity.pk else 0
    activity.changed_at, activity.changed_label = clock.now(), actor.label[:300]
    activity.save()
    activity.units.set(set(units) - {activity.host_id})


def _faults(activity: Activity, units: Collection[int]) -> dict[str, str]:
    """What a constraint cannot see: the year, the day, the bloc's seats, what its criteria are."""
    bloc_year, found = activity.bloc_year, {}
    last = activity.held_to or activity.held_on
    if last > clock.today():
        found["held_to" if activity.held_to else "held_on"] = _("Chỉ ghi hoạt động đã tổ chức.")
    if activity.held_on.year != bloc_year.year_id:
        found["held_on"] = _("Ngày tổ chức phải trong năm %(year)s của khối.") % {"year": f"{bloc_year.year_id:d}"}
    seats = {seat.unit_id for seat in bloc_year.ordered_seats}
    if activity.host_id not in seats:
        found["host"] = _("Đơn vị chủ trì phải thuộc khối.")
    if not set(units) <= seats:
        found["units"] = _("Đơn vị tham gia phải thuộc khối.")
    if activity.criterion and str(activity.criterion) not in {leaf.key for leaf in countable(bloc_year)}:
        found["criterion"] = _("Tiêu chí này không còn trong bộ tiêu chí đã thông qua của khối.")
    return found


def _told(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value if value is None or isinstance(value, int) else str(value)
