"""A campaign from its opening to ratification: phases with their last days, sheets that come with them, units that leave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.enums import SETTLED
from blocs.models import BlocYear
from emulation.inbox.domain import notices
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import ALLOWED, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring import campaign_policies as policies
from scoring.enums import OPTIONAL_PHASES, ExplanationState, Layer, Period, Phase, SetState, SheetState
from scoring.models import Campaign, CampaignPhase, CriteriaSet, Explanation, Recusal, Sheet, Withdrawal
from scoring.models.sheets import SUBMITTED
from scoring.workflow import SHEET

Dates = Mapping[Phase, date | None]
# The states in which a sheet is still somebody's work.
WRITABLE = (SheetState.OPEN, SheetState.RETURNED)


@transaction.atomic
def open_campaign(
    bloc_year: BlocYear, criteria_set: CriteriaSet | None, *, actor: Actor, dates: Dates, period: str = Period.YEAR
) -> Campaign:
    """Open the scoring of a period: every unit gets its own sheet. `dates`: the phases wanted, each with its last day.

    Raises `Refused`; `ValidationError` by phase for days out of order.
    """
    BlocYear.objects.select_for_update(of=("self",)).get(pk=bloc_year.pk)  # two who open at once: the second is told
    enforce(policies.may_open_campaign(bloc_year, criteria_set, actor))
    assert criteria_set is not None
    check_dates(dates)
    campaign = Campaign(
        bloc_year=bloc_year, criteria_set=criteria_set, period=period, opened_at=clock.now(), opened_by=actor.user
    )
    campaign.full_clean()
    campaign.save()
    rows = [CampaignPhase(campaign=campaign, phase=phase, closes_on=dates.get(phase)) for phase in wanted(dates)]
    CampaignPhase.objects.bulk_create(rows)
    seats = bloc_year.ordered_seats
    _make_sheets(campaign, [(seat.unit, Layer.SELF, seat.unit) for seat in seats])
    _tell(campaign, [seat.unit_id for seat in seats], f"{campaign.title}: mở tự chấm{_until(dates.get(Phase.SELF))}.", actor)
    audit.log(
        Event.CAMPAIGN_OPENED,
        stream=campaign.stream,
        actor=actor,
        bloc_year=bloc_year.pk,
        criteria=criteria_set.content_sha256,
        phases={row.phase: row.closes_on for row in rows},
    )
    return campaign


def adopted_set(bloc_year: BlocYear) -> CriteriaSet | None:
    """The set by which the bloc scores: the one adopted last, of a regulation that is agreed on and has not ended."""
    sets = CriteriaSet.objects.filter(document__bloc_year=bloc_year, document__state__in=SETTLED, state=SetState.ADOPTED)
    return sets.order_by("-document", "-version__number").first()


def wanted(dates: Dates) -> list[Phase]:
    """The phases of a campaign with these dates: all but the optional ones that are not named."""
    return [phase for phase in Phase if phase != Phase.PUBLISHED and (phase not in OPTIONAL_PHASES or phase in dates)]


def check_dates(dates: Dates, now: Phase = Phase.SELF) -> None:
    """Raises `ValidationError` by phase when a day lies before that of an earlier phase, or a coming one in the past."""
    faults: dict[str, str] = {}
    last: date | None = None
    coming = list(Phase)[list(Phase).index(now) :]
    for phase in wanted(dates):
        day = dates.get(phase)
        if day is None:
            continue
        if last and day < last:
            faults[phase] = _("Hạn của bước này phải từ ngày %(day)s, hạn của bước trước.") % {"day": f"{last:%d/%m/%Y}"}
        elif phase in coming and day < clock.today():
            faults[phase] = _("Hạn này đã qua.")
        last = max(day, last or day)
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def set_dates(campaign: Campaign, *, actor: Actor, dates: Dates, moves_by_date: bool, appraisal_name: str) -> Campaign:
    """Change the last days of the phases, and what the appraisal is called. Raises `Refused`, `ValidationError` by phase."""
    campaign = lock(campaign)
    enforce(policies.may_change_campaign(campaign, actor))
    known: dict[Phase, date | None] = {phase: dates.get(phase) for phase in wanted(dict.fromkeys(campaign.phases))}
    check_dates(known, Phase(campaign.phase))
    for row in campaign.dates.all():
        row.closes_on = known[Phase(row.phase)]
        row.save(update_fields=["closes_on"])
    campaign.moves_by_date, campaign.appraisal_name = moves_by_date, vietnamese.nfc(appraisal_name).strip()
    campaign.full_clean(exclude=["bloc_year", "criteria_set", "opened_by"])
    campaign.save(update_fields=["moves_by_date", "appraisal_name"])
    audit.log(Event.CAMPAIGN_CHANGED, stream=campaign.stream, actor=actor, phases=known, moves_by_date=moves_by_date)
    return campaign


@transaction.atomic
def move_on(campaign: Campaign, *, actor: Actor | None) -> Campaign:
    """Go on to the phase after the one in which the caller saw it; `actor` None is the calendar.

    When it has moved meanwhile, nothing happens. Raises `Refused` with what is still missing.
    """
    seen, campaign = campaign.phase, lock(campaign)
    if actor is not None:
        enforce(policies.may_move_on(campaign, actor))
    if campaign.phase != seen:
        return campaign
    enforce(ready(campaign))
    following = campaign.next_phase
    assert following is not None
    return enter(campaign, following, actor)


@transaction.atomic
def step_back(campaign: Campaign, *, actor: Actor, reason: str) -> Campaign:
    """Go back by one phase. What was handed in stays handed in until it is given back. Raises `Refused`, `ValidationError`."""
    campaign = lock(campaign)
    enforce(policies.may_step_back(campaign, actor))
    before = campaign.previous_phase
    assert before is not None
    return enter(campaign, before, actor, reason=said(reason))


def ready(campaign: Campaign) -> Verdict:
    """Whether the phase has come to its end: what it leaves to the next is there."""
    return ended(campaign, Counter(campaign.sheets.exclude(layer=Layer.CROSS).order_by().values_list("layer", "state")))


def ended(campaign: Campaign, sheets: Mapping[tuple[str, str], int], waiting: int | None = None) -> Verdict:
    """The same of what was counted: sheets by layer and state, and explanations that wait for their answer (None: not counted)."""
    phase = Phase(campaign.phase)
    if campaign.next_phase in (None, Phase.PUBLISHED):
        return refuse(_("Kết quả được công bố khi khối trưởng và khối phó ký đủ bảng xếp hạng."))
    if phase == Phase.SELF and not sum(sheets.get((Layer.SELF, state), 0) for state in SUBMITTED):
        return refuse(_("Chưa có đơn vị nào nộp bảng tự chấm."))
    for layer in (Layer.CONSOLIDATED, Layer.APPRAISED):  # also what was taken back while units explain
        here = phase in policies.WRITTEN_IN[layer]
        missing = sum(sheets.get((layer, state), 0) for state in WRITABLE) if here else 0
        if missing:
            return refuse(_("Còn %(n)d bảng “%(layer)s” chưa nộp.") % {"n": missing, "layer": layer.label})
    if phase == Phase.REPLY and waiting is None:
        waiting = Explanation.objects.filter(campaign=campaign, state=ExplanationState.OPEN).count()
    if phase == Phase.REPLY and waiting:
        return refuse(_("Còn %(n)d giải trình chưa được trả lời.") % {"n": waiting})
    return ALLOWED


def due(today: date) -> list[Campaign]:
    """The campaigns whose phase has passed its last day and which the calendar moves on."""
    rows = Campaign.objects.filter(moves_by_date=True).exclude(phase__in=(Phase.RATIFY, Phase.PUBLISHED)).full()
    return [row for row in rows if (day := row.closes_on(row.phase)) and day < today]


def move_due() -> list[Campaign]:
    """Move on by date what is ready; a campaign that waits for somebody stays. Safe to call at any time, any number of times."""
    moved = []
    for row in due(clock.today()):
        with transaction.atomic():
            campaign = lock(row)
            if campaign in due(clock.today()) and ready(campaign):
                moved.append(move_on(campaign, actor=None))
    return moved


@transaction.atomic
def withdraw_unit(campaign: Campaign, unit: Unit, *, actor: Actor, since: date, reason: str) -> Withdrawal:
    """Note that a unit left the bloc: its points are kept, it gets no rank. Raises `Refused`, `ValidationError`."""
    campaign = lock(campaign)
    enforce(policies.may_withdraw_unit(campaign, actor))
    row = Withdrawal(campaign=campaign, unit=unit, since=since, reason=said(reason), at=clock.now(), label=actor.label[:300])
    row.full_clean()
    row.save()
    audit.log(Event.UNIT_WITHDRAWN, stream=campaign.stream, actor=actor, unit=unit.pk, since=since, reason=row.reason)
    return row


@transaction.atomic
def recuse(sheet: Sheet, *, actor: Actor, reason: str) -> Recusal:
    """Do not score this unit, with a reason; others of the scoring unit do. Raises `Refused`, `ValidationError`."""
    campaign = sheet.campaign = lock(sheet.campaign)
    enforce(policies.may_recuse(sheet, actor))
    row = Recusal(
        campaign=campaign, person=actor.user, unit=sheet.unit, reason=said(reason), at=clock.now(), label=actor.label[:300]
    )
    row.full_clean()
    row.save()
    audit.log(Event.SCORER_RECUSED, stream=campaign.stream, actor=actor, unit=sheet.unit_id, reason=row.reason)
    return row


def lock(campaign: Campaign) -> Campaign:
    """The campaign as it stands now, locked."""
    return Campaign.objects.select_for_update(of=("self",)).full().get(pk=campaign.pk)


def said(reason: str) -> str:
    """A reason as it is kept. Raises `ValidationError` without one."""
    text = vietnamese.nfc(reason).strip()
    if not text:
        raise ValidationError({"reason": _("Ghi lý do.")})
    return text


def enter(campaign: Campaign, phase: Phase, actor: Actor | None, reason: str = "") -> Campaign:
    """Let a phase begin, for a verb that has locked the campaign: its sheets are made, those that nobody writes now are locked."""
    before, campaign.phase = campaign.phase, phase
    campaign.save(update_fields=["phase"])
    handed_over = _make_sheets(campaign, _sheets_of(campaign, phase))
    _lock_sheets(campaign, phase)
    closes = campaign.closes_on(phase)
    words = f"{campaign.title}: chuyển sang bước “{campaign.phase_name}”{_until(closes)}."
    _tell(campaign, [seat.unit_id for seat in campaign.bloc_year.ordered_seats], words, actor)
    said_more: dict[str, object] = {"reason": reason} if reason else {}
    if handed_over:
        said_more["handed_over"] = handed_over
    audit.log(Event.CAMPAIGN_MOVED, stream=campaign.stream, actor=actor, before=before, after=phase, **said_more)
    return campaign


def _sheets_of(campaign: Campaign, phase: Phase) -> list[tuple[Unit, Layer, Unit]]:
    gone = {row.unit_id for row in campaign.withdrawals.all()}
    scored = [seat.unit for seat in campaign.bloc_year.ordered_seats]
    if phase == Phase.CROSS:
        staying = [unit for unit in scored if unit.pk not in gone]
        return [(unit, Layer.CROSS, peer) for unit in staying for peer in staying if peer != unit]
    if phase in policies.WRITTEN_IN[Layer.CONSOLIDATED]:
        return [(unit, Layer.CONSOLIDATED, campaign.consolidator_of(unit.pk)) for unit in scored]
    if phase == Phase.APPRAISE:
        return [(unit, Layer.APPRAISED, campaign.bloc_year.standing_office) for unit in scored]
    return []


def _make_sheets(campaign: Campaign, wanted_rows: Sequence[tuple[Unit, Layer, Unit]]) -> dict[int, list[int]]:
    """Make the sheets that are not there yet; tell which went over to another scorer (sheet: before, after).

    One sheet of a unit there is in every layer but the peers': when the bloc has another leader or deputy by now, it goes over to
    who scores instead, with all that stands in it.
    """
    known = {(row.unit_id, row.layer, row.scorer_id): row for row in campaign.sheets.all()}
    held = {(row.unit_id, row.layer): row for row in known.values() if row.layer != Layer.CROSS}
    missing = [row for row in wanted_rows if (row[0].pk, row[1].value, row[2].pk) not in known]
    handed_over: dict[int, list[int]] = {}
    for unit, layer, scorer in missing:
        if sheet := held.get((unit.pk, layer.value)):
            handed_over[sheet.pk] = [sheet.scorer_id, scorer.pk]
            campaign.sheets.filter(pk=sheet.pk).update(scorer=scorer)
    Sheet.objects.bulk_create(
        Sheet(campaign=campaign, unit=unit, layer=layer, scorer=scorer, changed_at=clock.now())
        for unit, layer, scorer in missing
        if (unit.pk, layer.value) not in held
    )
    return handed_over


def _lock_sheets(campaign: Campaign, phase: Phase) -> None:
    """Lock the layers that nobody writes from this phase on, and open again those that somebody does.

    What a peer took back stays taken back: it counts as little as what he never handed in. What was accepted stays accepted, and a
    unit's own sheet that was given back comes back to it.
    """
    phases = list(Phase)
    over = [layer for layer, written in policies.WRITTEN_IN.items() if phases.index(written[-1]) < phases.index(phase)]
    taken_back = Q(layer=Layer.CROSS, state=SheetState.RETURNED)
    settled = taken_back | Q(state=SheetState.ACCEPTED)
    campaign.sheets.filter(layer__in=over).exclude(settled).update(state=SHEET.target("lock"))
    again = campaign.sheets.exclude(layer__in=over).filter(state=SheetState.LOCKED)
    again.filter(submitted_at__isnull=False, returned_because="").update(state=SHEET.target("unlock"))
    again.filter(submitted_at__isnull=False).update(state=SheetState.RETURNED)
    again.filter(Q(submitted_at=None)).update(state=SheetState.OPEN)


def _tell(campaign: Campaign, units: list[int], text: str, actor: Actor | None) -> None:
    path = reverse("campaign", args=[campaign.pk])
    notices.tell_units(units, text, path=path, except_users={actor.user_id} if actor else ())


def _until(day: date | None) -> str:
    return f", đến hết ngày {day:%d/%m/%Y}" if day else ""
