"""The vote of a conference on a document: counted, and the same in the document's adoption as in what the conference wrote down."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain import attendance, decisions
from blocs.enums import ConferenceState, VoteRule
from blocs.models import BlocDocument, BlocYear, Conference, Decision, Seat
from blocs.models.documents import DocumentQuerySet
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor

_MET = (ConferenceState.HELD, ConferenceState.CLOSED)


@dataclass(frozen=True)
class Vote:
    """How those present voted; who was neither against nor abstained was in favour."""

    rule: str = VoteRule.ALL
    against: int = 0
    abstained: int = 0


UNANIMOUS = Vote()


@dataclass(frozen=True)
class Agreed:
    """The conference that agreed, when the system knows of it, and the numbers of its vote."""

    conference: Conference | None
    numbers: dict[str, Any]


def agree(document: BlocDocument, *, held_on: date, present: int, vote: Vote, note: str, actor: Actor) -> Agreed:
    """The vote by which a conference of that day adopts the document.

    What the conference has written down about the document counts, with its rule; while it is held and has not, it is written down
    there too. Raises `ValidationError` (numbers that cannot be, or are not those of the conference), `Refused` (too few in favour).
    """
    conference = _met_on(document.bloc_year, held_on)
    decision = _about(conference, document) if conference else None
    numbers = _counted(present, len(document.bloc_year.ordered_seats), replace(vote, rule=decision.rule) if decision else vote)
    if decision:
        _demand_same(decision, numbers)
    elif conference and conference.state == ConferenceState.HELD:
        _write_down(conference, document, numbers, note, actor)
    return Agreed(conference, numbers)


def with_decided(rows: DocumentQuerySet) -> DocumentQuerySet:
    """The documents with what the bloc's latest conference wrote down about each, for `decided`; asks nothing more."""
    written = Decision.objects.filter(about__document=OuterRef("pk"), conference__state__in=_MET)
    newest = written.order_by("-conference__starts_at", "-order")
    names = {"present": "present", "against": "against", "abstained": "abstained", "rule": "rule", "note": "reservations"}
    return rows.annotate(
        decided=Subquery(newest.values(said=JSONObject(**names))[:1]),
        decided_at=Subquery(newest.values("conference__starts_at")[:1]),
        roll=Subquery(_rolls().values("here")[:1]),
        roll_at=Subquery(_rolls().values("starts_at")[:1]),
    )


def decided(document: BlocDocument) -> dict[str, Any]:
    """What a conference wrote down about this document (of `with_decided`), as the form of its adoption starts; nothing if none did."""
    said: dict[str, Any] | None = getattr(document, "decided", None)
    return {**said, "held_on": _day(document, "decided_at")} if said else {}


def called(document: BlocDocument) -> dict[str, Any]:
    """How many units the roll of the conference that is being held counts (of `with_decided`); nothing if none is, or nobody called it."""
    here: int | None = getattr(document, "roll", None)
    return {"present": here, "held_on": _day(document, "roll_at")} if here else {}


def _rolls() -> Any:
    """The conference of the bloc that is being held, the last of several, with the units of the bloc that are `here`."""
    seated = Q(
        attendance__is_present=True, attendance__unit__in=Seat.objects.filter(bloc_year=OuterRef("bloc_year")).values("unit")
    )
    held = Conference.objects.filter(bloc_year=OuterRef("bloc_year"), state=ConferenceState.HELD)
    return held.annotate(here=Count("attendance__unit", filter=seated, distinct=True)).order_by("-starts_at")


def _day(document: BlocDocument, name: str) -> date:
    return clock.local(getattr(document, name)).date()


def _met_on(bloc_year: BlocYear, day: date) -> Conference | None:
    """The conference of the bloc that was held on that day, the last of several; locked, so that its votes stay as they are read."""
    start = datetime.combine(day, time(), tzinfo=clock.local(clock.now()).tzinfo)
    rows = Conference.objects.select_for_update(of=("self",)).filter(bloc_year=bloc_year, state__in=_MET)
    return rows.filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1)).order_by("-starts_at").first()


def _about(conference: Conference, document: BlocDocument) -> Decision | None:
    return conference.decisions.filter(about__document=document).order_by("-order").first()


def _counted(present: int, total: int, vote: Vote) -> dict[str, Any]:
    """The numbers of a conference that carried the text. Raises `ValidationError` for numbers that cannot be, `Refused` for too few."""
    fewest = attendance.fewest(total)
    if not fewest <= present <= total:
        words = _("Số đơn vị có mặt từ %(fewest)d đến %(total)d: hội nghị phải có quá nửa số đơn vị của khối.")
        raise ValidationError({"present": words % {"fewest": fewest, "total": total}})
    votes_for = present - vote.against - vote.abstained
    if votes_for < 0 or vote.against < 0 or vote.abstained < 0:
        raise ValidationError({"against": _("Số không đồng ý và không biểu quyết không thể quá số đơn vị có mặt.")})
    enforce(policies.rule_holds(vote.rule, present=present, votes_for=votes_for))
    numbers = {"present": present, "votes_for": votes_for, "against": vote.against, "abstained": vote.abstained}
    return {**numbers, "rule": str(vote.rule)}


def _demand_same(decision: Decision, numbers: dict[str, Any]) -> None:
    if any(getattr(decision, name) != value for name, value in numbers.items()):
        words = _(
            "Hội nghị đã ghi biểu quyết về %(title)s: có mặt %(present)d, đồng ý %(for)d, không đồng ý %(against)d, "
            "không biểu quyết %(abstained)d. Ghi đúng số liệu đó, hoặc sửa biểu quyết ở trang hội nghị."
        )
        said = {"present": decision.present, "for": decision.votes_for, "against": decision.against}
        about = decision.about.title if decision.about else ""
        raise ValidationError({"present": words % {"title": about, "abstained": decision.abstained, **said}})


def _write_down(conference: Conference, document: BlocDocument, numbers: dict[str, Any], note: str, actor: Actor) -> None:
    item = conference.table.filter(document=document).first() or decisions.lay(conference, actor=actor, document=document)
    vote = decisions.Vote(
        f"Thông qua {item.title}",
        numbers["votes_for"],
        numbers["against"],
        numbers["abstained"],
        numbers["rule"],
        reservations=note,
        about=item,
    )
    decisions.decide(conference, vote, actor=actor)
