"""What waits for an actor in his blocs, as tasks for his home page: from every state somebody has a next step here."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet, Value, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs import policies
from blocs.domain import discussion, form_check, progress
from blocs.domain.signing_kind import KIND, bring_together
from blocs.enums import CheckKind, CovenantState, Opinion, SeatRole
from blocs.models import BlocYear, Covenant, Seat, Version
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict
from emulation.organisation.actors import Actor
from emulation.organisation.models import Position
from emulation.signing import policies as signing_policies
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.models import SigningRound, Slot

SIGN, STAND, DRAFT, ADOPT, CHECK, OPEN, WATCH, FORM = "sign", "stand", "draft", "adopt", "check", "open", "watch", "form"


@dataclass(frozen=True)
class Task:
    """One thing to do: what, about which covenant, until when, where, and whether it may be done now."""

    kind: str
    title: str
    note: str
    url: str
    button: str
    due: date | datetime | None = None
    verdict: Verdict = ALLOWED
    covenant: Covenant | None = None
    signing_round: SigningRound | None = None


@dataclass(frozen=True)
class Overview:
    """What the actor sees: blocs, their covenants by bloc, open rounds by covenant.

    For the office also: the units in which somebody could sign, and those in which somebody could draft.
    """

    blocs: list[BlocYear]
    covenants: dict[int, Covenant]
    rounds: dict[int, SigningRound]
    able: set[int]
    staffed: set[int]


def overview(actor: Actor) -> Overview:
    """Everything that tasks are made of; a fixed number of queries."""
    blocs = {bloc.pk: bloc for bloc in BlocYear.objects.visible_to(actor).full()}
    covenants = {row.bloc_year_id: row for row in Covenant.objects.filter(bloc_year__in=blocs).order_by()}
    for bloc_id, covenant in covenants.items():
        covenant.bloc_year = blocs[bloc_id]
    at_work = [covenant for covenant in covenants.values() if covenant.state != CovenantState.SIGNED]
    versions = discussion.dated(Version.objects.defer("content").order_by("-number")).prefetch_related("stands", "checks")
    prefetch_related_objects(at_work, Prefetch("versions", versions))
    able, staffed = _manned(at_work) if actor.is_office else (set(), set())
    return Overview(list(blocs.values()), covenants, _rounds(at_work), able, staffed)


def tasks(seen: Overview, actor: Actor) -> list[Task]:
    """All that waits for the actor, most pressing first; asks nothing more about blocs and covenants."""
    found: list[Task] = []
    for bloc in seen.blocs:
        covenant = seen.covenants.get(bloc.pk)
        if covenant is None:
            found += _without_covenant(bloc, actor)
        elif covenant.state != CovenantState.SIGNED:
            found += _of_covenant(covenant, seen, actor)
    return sorted(found, key=_urgency)


def _rounds(covenants: list[Covenant]) -> dict[int, SigningRound]:
    signing = {covenant.pk: covenant for covenant in covenants if covenant.state == CovenantState.SIGNING}
    wanted = SigningRound.objects.filter(kind=KIND, subject_id__in=signing, state=RoundState.OPEN)
    found = wanted.select_related("current").prefetch_related("slots")
    return {row.subject_id: bring_together(row, signing[row.subject_id]) for row in found}


def _manned(covenants: list[Covenant]) -> tuple[set[int], set[int]]:
    """Among the units of adopted covenants those with a signer, among the drafting units of drafts those with anybody; one query."""
    adopted = [covenant for covenant in covenants if covenant.state == CovenantState.ADOPTED]
    drafts = [covenant for covenant in covenants if covenant.state == CovenantState.DRAFT]
    signing = form_check.signers_of(seat.unit_id for covenant in adopted for seat in covenant.bloc_year.ordered_seats)
    drafting = [seat.unit_id for covenant in drafts for seat in _drafting_seats(covenant)]
    anybody = Position.objects.on(clock.today()).filter(unit__in=drafting)
    found: dict[str, set[int]] = {"sign": set(), "draft": set()}
    for work, unit in _units_for(signing, "sign").union(_units_for(anybody, "draft")):
        found[work].add(unit)
    return found["sign"], found["draft"]


def _units_for(positions: QuerySet[Position], work: str) -> QuerySet[Position, tuple[str, int]]:
    return positions.order_by().annotate(work=Value(work)).values_list("work", "unit_id")


def _drafting_seats(covenant: Covenant) -> list[Seat]:
    return [seat for seat in covenant.bloc_year.ordered_seats if seat.role != SeatRole.MEMBER]


def _without_covenant(bloc: BlocYear, actor: Actor) -> Iterator[Task]:
    if bloc.year_id < clock.today().year:
        return
    verdict = policies.may_start_draft_in_empty(bloc, actor)
    if verdict or actor.is_office:
        yield Task(
            DRAFT,
            _("Soạn dự thảo giao ước thi đua năm %(year)d") % {"year": bloc.year_id},
            bloc.full_name,
            reverse("covenant_start", args=[bloc.pk]) if verdict else reverse("bloc", args=[bloc.pk]),
            _("Soạn dự thảo") if verdict else _("Xem khối"),
            due=bloc.draft_due,
        )


def _of_covenant(covenant: Covenant, seen: Overview, actor: Actor) -> Iterator[Task]:
    signing_round = seen.rounds.get(covenant.pk)
    version = next(iter(covenant.versions.all()), None)
    if version:
        version.covenant = covenant
    if covenant.state == CovenantState.DRAFT:
        yield from _in_draft(covenant, actor, seen.staffed)
    elif covenant.state == CovenantState.DISCUSSION and version:
        yield from _in_discussion(covenant, version, actor)
    elif covenant.state == CovenantState.ADOPTED and version:
        yield from _when_adopted(covenant, version, actor, seen.able)
    elif signing_round:
        yield from _in_signing(covenant, signing_round, actor)


def _in_draft(covenant: Covenant, actor: Actor, staffed: Collection[int]) -> Iterator[Task]:
    if policies.may_publish(covenant, actor):
        page = reverse("draft", args=[covenant.pk])
        yield Task(
            DRAFT,
            _("Soạn và công bố dự thảo"),
            covenant.printed_title,
            page,
            _("Soạn tiếp"),
            covenant.bloc_year.draft_due,
            covenant=covenant,
        )
    elif actor.is_office and not any(seat.unit_id in staffed for seat in _drafting_seats(covenant)):
        names = ", ".join(seat.unit.short_name for seat in _drafting_seats(covenant))
        note = _("Các đơn vị được soạn chưa có cán bộ nào: %(units)s.") % {"units": names}
        button, due = _("Mở danh sách cán bộ"), covenant.bloc_year.draft_due
        yield Task(WATCH, _("Cử người soạn dự thảo"), note, reverse("people"), button, due, covenant=covenant)


def _in_discussion(covenant: Covenant, version: Version, actor: Actor) -> Iterator[Task]:
    page = reverse("covenant", args=[covenant.pk])
    stands = {stand.unit_id: stand for stand in version.stands.all()}
    mine = stands.get(actor.unit_id or 0)
    if policies.may_prepare_stand(covenant, actor) and not (mine and mine.sent_at):
        note = covenant.printed_title
        if mine:
            note = _("%(person)s đã soạn sẵn: %(opinion)s.") % {
                "person": mine.prepared_label.split(",")[0],
                "opinion": mine.get_opinion_display(),
            }
        if actor.is_commander or not mine:
            title = _("Gửi ý kiến về bản dự thảo %(n)d") if actor.is_commander else _("Soạn ý kiến về bản dự thảo %(n)d")
            button = _("Xem và gửi") if actor.is_commander else _("Xem và soạn")
            yield Task(STAND, title % {"n": version.number}, note, page, button, version.deadline, covenant=covenant)
    if policies.may_adopt(covenant, actor):
        sent = {unit: stand.opinion for unit, stand in stands.items() if stand.sent_at}
        seats = covenant.bloc_year.ordered_seats
        silent = [seat.unit.short_name for seat in seats if seat.unit_id not in sent]
        remarks = [seat.unit.short_name for seat in seats if sent.get(seat.unit_id) == Opinion.REMARK]
        note = _missing(silent, len(seats)) if silent else _("Tất cả đơn vị đã gửi ý kiến.")
        if remarks:
            note += " " + _("Có ý kiến: %(units)s.") % {"units": ", ".join(remarks)}
        title = _("Ghi nhận thống nhất bản dự thảo %(n)d") % {"n": version.number}
        yield Task(ADOPT, title, note, page, _("Xem ý kiến"), version.deadline, covenant=covenant)


def _when_adopted(covenant: Covenant, version: Version, actor: Actor, able: Collection[int]) -> Iterator[Task]:
    page = reverse("covenant", args=[covenant.pk])
    done = {check.kind for check in version.checks.all()}
    due = covenant.bloc_year.sign_due
    for kind in CheckKind.values:
        if kind not in done and policies.may_record_check(version, kind, actor):
            title = _("Kiểm tra %(part)s giao ước trước khi ký") % {"part": str(CheckKind(kind).label).lower()}
            yield Task(CHECK, title, covenant.printed_title, page, _("Kiểm tra"), due, covenant=covenant)
    if policies.may_open_signing(covenant, actor, done):
        yield Task(OPEN, _("Mở ký giao ước"), covenant.printed_title, page, _("Mở ký"), due, covenant=covenant)
    if actor.is_office and (without := form_check.units_without_signer(covenant.bloc_year, able=able)):
        note = _("Chưa có ai được ký: %(units)s.") % {"units": ", ".join(without)}
        yield Task(WATCH, _("Cử người ký cho đơn vị"), note, reverse("people"), _("Mở danh sách cán bộ"), due, covenant=covenant)


def _in_signing(covenant: Covenant, signing_round: SigningRound, actor: Actor) -> Iterator[Task]:
    page = reverse("covenant", args=[covenant.pk])
    slots = list(signing_round.slots.all())
    for slot in slots:
        yield from _own_slot(covenant, signing_round, slot, actor)
    if signing_policies.may_void(signing_round, actor):
        open_slots = [slot for slot in slots if slot.state != SlotState.SIGNED]
        note = _("Chưa ký: %(units)s.") % {"units": ", ".join(progress.slot_label(slot) for slot in open_slots)}
        title = _("Theo dõi ký: %(done)d/%(total)d đã ký") % {"done": len(slots) - len(open_slots), "total": len(slots)}
        yield Task(WATCH, title, note, page, _("Xem"), signing_round.deadline, covenant=covenant, signing_round=signing_round)


def _own_slot(covenant: Covenant, signing_round: SigningRound, slot: Slot, actor: Actor) -> Iterator[Task]:
    if slot.unit_id != actor.unit_id or not actor.is_commander or slot.state not in (SlotState.READY, SlotState.REFUSED):
        return
    page = reverse("sign", args=[covenant.pk])
    if slot.state == SlotState.REFUSED:
        note = _("Đơn vị đã từ chối ký: %(reason)s") % {"reason": slot.refusal_reason}
        yield Task(
            SIGN,
            covenant.printed_title,
            note,
            page,
            _("Xem lại"),
            signing_round.deadline,
            covenant=covenant,
            signing_round=signing_round,
        )
        return
    verdict = signing_policies.may_sign(slot, actor)
    yield Task(
        SIGN,
        covenant.printed_title,
        covenant.bloc_year.full_name,
        page,
        _("Xem và ký"),
        signing_round.deadline,
        verdict,
        covenant,
        signing_round,
    )


def _missing(names: list[str], total: int) -> str:
    return _("Còn %(n)d/%(total)d đơn vị chưa gửi ý kiến: %(units)s.") % {
        "n": len(names),
        "total": total,
        "units": ", ".join(names),
    }


def _urgency(task: Task) -> tuple[int, str]:
    first = {SIGN: 0}.get(task.kind, 1)
    due = task.due
    moment = due.isoformat() if due else "9999"
    return (first, moment)
