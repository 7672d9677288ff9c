"""Who may run a campaign, score whom, explain, settle ties and publish: one function a verb.

What of others' points a person may see is no question here but `Sheet.objects.visible_to`.
"""

from django.utils.translation import gettext as _

from blocs.enums import SeatRole
from blocs.models import BlocYear
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor
from scoring.enums import Layer, Phase, SetState, SheetState, StandingState, since
from scoring.models import Campaign, CriteriaSet, Explanation, Sheet, Snapshot
from scoring.workflow import SHEET, STANDING

# In which phases the sheets of a layer may be written. A unit that is late may still hand in until the bloc has consolidated.
WRITTEN_IN = {
    Layer.SELF: (Phase.SELF, Phase.CROSS, Phase.CONSOLIDATE),
    Layer.CROSS: (Phase.CROSS,),
    Layer.CONSOLIDATED: (Phase.CONSOLIDATE, Phase.REPLY),
    Layer.APPRAISED: (Phase.APPRAISE,),
}


# --- The campaign ----------------------------------------------------------------------------------------------------------------


def may_open_campaign(bloc_year: BlocYear, criteria_set: CriteriaSet | None, actor: Actor | None) -> Verdict:
    """Who leads the bloc, or its office, opens the scoring of a period, by the criteria set that the bloc adopted."""
    if not (verdict := leading(bloc_year, actor)):
        return verdict
    if criteria_set is None or criteria_set.state != SetState.ADOPTED:
        return refuse(_("Khối chưa thông qua quy định tiêu chí chấm điểm, nên chưa có bộ tiêu chí để chấm."))
    return ALLOWED


def may_change_campaign(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The same set the dates of the phases, until the result is published."""
    if not (verdict := leading(campaign.bloc_year, actor)):
        return verdict
    return _unpublished(campaign)


def may_move_on(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The same move it to the next phase; the last step, publication, comes with the last signature on the standings."""
    if not (verdict := may_change_campaign(campaign, actor)):
        return verdict
    if campaign.next_phase == Phase.PUBLISHED:
        return refuse(_("Kết quả được công bố khi khối trưởng và khối phó ký đủ bảng xếp hạng."))
    return ALLOWED


def may_step_back(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The same take it back by one phase, with a reason, as long as nothing is being signed."""
    if not (verdict := may_change_campaign(campaign, actor)):
        return verdict
    if campaign.previous_phase is None:
        return refuse(_("Đợt chấm điểm đang ở bước đầu tiên."))
    if campaign.correction and campaign.phase == Phase.APPRAISE:
        return refuse(_("Đang đính chính kết quả đã công bố: chỉ sửa ở bước thẩm định, không lùi thêm."))
    if _is_being_signed(campaign):
        return refuse(_("Bảng xếp hạng đang ký; muốn lùi bước phải hủy vòng ký trước."))
    return ALLOWED


def may_renew(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The same take over a newer adopted set, while units still score themselves; later ones would be measured by two rules."""
    if not (verdict := may_change_campaign(campaign, actor)):
        return verdict
    if campaign.phase != Phase.SELF:
        return refuse(_("Chỉ đổi bộ tiêu chí khi các đơn vị còn tự chấm; muốn đổi phải lùi về bước tự chấm."))
    return ALLOWED


def may_withdraw_unit(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The bloc's office notes that a unit left the bloc: its points are kept, it is not ranked."""
    if not _is_own_office(campaign.bloc_year, actor):
        return refuse(_("Chỉ cơ quan thường trực của khối ghi nhận đơn vị rời khối."))
    if _is_being_signed(campaign):
        return refuse(_("Bảng xếp hạng đang ký; muốn sửa phải hủy vòng ký trước."))
    return _unpublished(campaign)


# --- Sheets ----------------------------------------------------------------------------------------------------------------------


def may_enter(sheet: Sheet, actor: Actor | None) -> Verdict:
    """Everybody of the scoring unit fills in its sheet while its phase lasts and it is not handed in, except who recused himself."""
    for question in (_is_scorer, _is_in_phase, _is_writable, _has_not_recused, _has_not_left):
        if not (verdict := question(sheet, actor)):
            return verdict
    return ALLOWED


def may_submit(sheet: Sheet, actor: Actor | None) -> Verdict:
    """A commander hands in what his unit entered; in the standing office whoever does the work."""
    if not (verdict := may_enter(sheet, actor)):
        return verdict
    if actor and (actor.is_commander or actor.is_office):
        return ALLOWED
    return refuse(_("Chỉ chỉ huy đơn vị được nộp bảng chấm điểm."))


def may_return(sheet: Sheet, actor: Actor | None) -> Verdict:
    """Who consolidates a unit, or the bloc's office, gives its own sheet back; who handed in a sheet of another layer takes it back.

    Who recused himself from a unit does neither, nor accepts its sheet.
    """
    if not (verdict := may_follow(sheet, actor)):
        return verdict
    if not SHEET.allows("return", sheet.state):
        return refuse(_("Chỉ trả lại bảng đã nộp và chưa tiếp nhận."))
    return _is_in_phase(sheet, actor) and _has_not_recused(sheet, actor)


def may_accept(sheet: Sheet, actor: Actor | None) -> Verdict:
    """Who consolidates a unit, or the bloc's office, accepts its own sheet: from then on it is not given back."""
    if sheet.layer != Layer.SELF:
        return refuse(_("Chỉ tiếp nhận bảng tự chấm."))
    if not (verdict := may_follow(sheet, actor)):
        return verdict
    if not SHEET.allows("accept", sheet.state):
        return refuse(_("Chỉ tiếp nhận bảng đã nộp."))
    return _is_in_phase(sheet, actor) and _has_not_recused(sheet, actor)


def may_recuse(sheet: Sheet, actor: Actor | None) -> Verdict:
    """Who would score another unit and should not, says so with a reason, before anything is handed in."""
    if sheet.layer == Layer.SELF:
        return refuse(_("Bảng tự chấm là của đơn vị đồng chí, không phải chấm đơn vị khác."))
    return may_enter(sheet, actor)


def may_attach_evidence(sheet: Sheet, actor: Actor | None) -> Verdict:
    """Evidence belongs to a unit's own sheet and comes with it."""
    if sheet.layer != Layer.SELF:
        return refuse(_("Minh chứng kèm theo bảng tự chấm của đơn vị."))
    return may_enter(sheet, actor)


# --- Explanations ----------------------------------------------------------------------------------------------------------------


def may_explain(sheet: Sheet, actor: Actor | None) -> Verdict:
    """A unit explains the points that the bloc gave it (`sheet`: the consolidated one) while the phase for it lasts."""
    if sheet.layer != Layer.CONSOLIDATED or actor is None or actor.unit_id != sheet.unit_id:
        return refuse(_("Chỉ đơn vị được chấm giải trình về điểm của mình."))
    if sheet.campaign.phase != Phase.REPLY:
        return refuse(_("Chỉ giải trình trong bước giải trình."))
    return ALLOWED


def may_answer(explanation: Explanation, sheet: Sheet, actor: Actor | None) -> Verdict:
    """Who consolidated the unit (`sheet`) answers what it explained, once."""
    if not (verdict := _is_scorer(sheet, actor)):
        return verdict
    if not explanation.is_open:
        return refuse(_("Giải trình này đã được trả lời."))
    if sheet.campaign.phase != Phase.REPLY:
        return refuse(_("Chỉ trả lời trong bước giải trình."))
    return _has_not_recused(sheet, actor)


# --- Results ---------------------------------------------------------------------------------------------------------------------


def may_see_running(campaign: Campaign, actor: Actor | None) -> Verdict:
    """What the bloc comes to before it is published: the office from the appraisal on, leader, deputies and province to ratify it."""
    if _is_own_office(campaign.bloc_year, actor) and campaign.phase in since(Phase.APPRAISE):
        return ALLOWED
    if campaign.phase == Phase.RATIFY and actor and (_presides(campaign.bloc_year, actor) or actor.is_provincial_leader):
        return ALLOWED
    return refuse(_("Kết quả của khối chưa được công bố."))


def may_see_results(campaign: Campaign, actor: Actor | None) -> Verdict:
    """What is published belongs to everybody who sees the bloc; what is on the way to it only to those who may see it running."""
    if any(row.state == StandingState.PUBLISHED for row in campaign.snapshots.all()):
        return ALLOWED
    return may_see_running(campaign, actor)


def may_compute(campaign: Campaign, actor: Actor | None) -> Verdict:
    """Whoever prepares the result computes it over the whole bloc: the office while it appraises, then who leads as well."""
    if not (verdict := leading(campaign.bloc_year, actor)):
        return verdict
    if not (verdict := _unpublished(campaign)):
        return verdict
    return may_see_running(campaign, actor)


def may_decide_tie(campaign: Campaign, actor: Actor | None) -> Verdict:
    """Who leads the bloc, or its office, writes down what the bloc decided about equal units, before the result is signed."""
    if not (verdict := leading(campaign.bloc_year, actor)):
        return verdict
    return _ratifying(campaign)


def may_prepare_standings(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The same bring out the standings for signing when everything is in."""
    return may_decide_tie(campaign, actor)


def may_open_standings(snapshot: Snapshot, actor: Actor | None) -> Verdict:
    """A commander of the leader unit, or the office, opens the standings for the signatures of leader and deputy."""
    if not (verdict := may_decide_tie(snapshot.campaign, actor)):
        return verdict
    if not STANDING.allows("open_signing", snapshot.state):
        return refuse(_("Bảng xếp hạng này đã mở ký."))
    if actor and (actor.is_commander or actor.is_office):
        return ALLOWED
    return refuse(_("Chỉ chỉ huy đơn vị khối trưởng hoặc cơ quan thường trực được mở ký."))


def may_correct(campaign: Campaign, actor: Actor | None) -> Verdict:
    """The bloc's office reopens the appraisal of a published result, with a reason; what comes of it is another snapshot."""
    if not _is_own_office(campaign.bloc_year, actor):
        return refuse(_("Chỉ cơ quan thường trực của khối mở đính chính kết quả."))
    if campaign.phase != Phase.PUBLISHED:
        return refuse(_("Chỉ đính chính kết quả đã công bố."))
    return ALLOWED


# --- What several of them ask ----------------------------------------------------------------------------------------------------


def leading(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """The leader unit and the bloc's office run its scoring."""
    if _is_own_office(bloc_year, actor) or (actor and actor.unit_id == bloc_year.leader.unit_id):
        return ALLOWED
    return refuse(_("Chỉ đơn vị khối trưởng hoặc cơ quan thường trực của khối điều hành việc chấm điểm."))


def _is_own_office(bloc_year: BlocYear, actor: Actor | None) -> bool:
    return bool(actor and actor.is_office and actor.unit_id == bloc_year.bloc.standing_office_id)


def _presides(bloc_year: BlocYear, actor: Actor) -> bool:
    seat = bloc_year.seat_of(actor.unit_id)
    return bool(seat and seat.role != SeatRole.MEMBER)


def _unpublished(campaign: Campaign) -> Verdict:
    if campaign.phase == Phase.PUBLISHED:
        return refuse(_("Kết quả đã công bố; muốn sửa phải mở đính chính."))
    return ALLOWED


def _ratifying(campaign: Campaign) -> Verdict:
    if campaign.phase != Phase.RATIFY:
        return refuse(_("Chỉ làm khi đợt chấm ở bước xác nhận kết quả."))
    if _is_being_signed(campaign):
        return refuse(_("Bảng xếp hạng đang ký; muốn sửa phải hủy vòng ký trước."))
    return ALLOWED


def _is_being_signed(campaign: Campaign) -> bool:
    return any(row.state == StandingState.SIGNING for row in campaign.snapshots.all())


def _is_scorer(sheet: Sheet, actor: Actor | None) -> Verdict:
    if actor and actor.unit_id == sheet.scorer_id:
        return ALLOWED
    return refuse(_("Bảng này do đơn vị khác chấm."))


def _is_in_phase(sheet: Sheet, actor: Actor | None) -> Verdict:
    phase = Phase(sheet.campaign.phase)
    if phase in WRITTEN_IN[Layer(sheet.layer)]:
        return ALLOWED
    return refuse(_("Đợt chấm đang ở bước “%(phase)s”, bảng này không sửa được.") % {"phase": phase.label})


def _is_writable(sheet: Sheet, actor: Actor | None) -> Verdict:
    if SHEET.allows("submit", sheet.state):
        return ALLOWED
    reasons = {
        SheetState.SUBMITTED: _("Bảng đã nộp; muốn sửa phải được trả lại."),
        SheetState.ACCEPTED: _("Bảng đã được tiếp nhận, không sửa được nữa."),
        SheetState.LOCKED: _("Bảng đã khóa theo bước của đợt chấm."),
    }
    return refuse(reasons[SheetState(sheet.state)])


def _has_not_recused(sheet: Sheet, actor: Actor | None) -> Verdict:
    if actor is None or actor.unit_id == sheet.unit_id:
        return ALLOWED
    if any(row.person_id == actor.user_id and row.unit_id == sheet.unit_id for row in sheet.campaign.recusals.all()):
        return refuse(_("Đồng chí đã từ chối chấm đơn vị này; người khác trong đơn vị chấm thay."))
    return ALLOWED


def _has_not_left(sheet: Sheet, _actor: Actor | None) -> Verdict:
    """Who left the bloc neither scores its peers nor is scored by them; its own sheet and those above it go on."""
    gone = {row.unit_id for row in sheet.campaign.withdrawals.all()} if sheet.layer == Layer.CROSS else set()
    if {sheet.unit_id, sheet.scorer_id} & gone:
        return refuse(_("Đơn vị đã rời khối nên không chấm chéo nữa."))
    return ALLOWED


def may_follow(sheet: Sheet, actor: Actor | None) -> Verdict:
    """Who reads what was handed in and says whether it will do is told everything about where a sheet stands."""
    campaign = sheet.campaign
    if _is_own_office(campaign.bloc_year, actor):
        return ALLOWED
    own = campaign.consolidator_of(sheet.unit_id).pk if sheet.layer == Layer.SELF else sheet.scorer_id
    if actor and actor.unit_id == own:
        return ALLOWED
    return refuse(_("Chỉ đơn vị chấm cho khối hoặc cơ quan thường trực được tiếp nhận, trả lại bảng này."))
