"""Who may form blocs, draft, discuss, adopt, check and open the signing: one function a verb."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.enums import (
    CLOSED,
    ENDED,
    NOUNS,
    UNDECIDED,
    AdoptionBasis,
    CheckKind,
    DocumentKind,
    DocumentState,
    MinutesState,
    Opinion,
    SeatRole,
    VoteRule,
)
from blocs.models import BlocDocument, BlocYear, LibraryClause, Remark, Seat, Version
from blocs.workflow import DOCUMENT
from emulation.lib import clock
from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor

_STATE_REASONS = {
    DocumentState.DRAFT: gettext_lazy("Dự thảo chưa được công bố để lấy ý kiến."),
    DocumentState.DISCUSSION: gettext_lazy("Văn bản đang lấy ý kiến, chưa được thông qua."),
    DocumentState.ADOPTED: gettext_lazy("Văn bản đã được thông qua; muốn sửa phải đưa về lấy ý kiến."),
    DocumentState.SIGNING: gettext_lazy("Văn bản đang ký; muốn sửa phải mở lại dự thảo, khi đó các chữ ký đã có bị hủy."),
    DocumentState.SIGNED: gettext_lazy("Văn bản đã ký đủ, không sửa được nữa."),
    DocumentState.ATTACHED: gettext_lazy("Văn bản đã ban hành kèm theo biên bản hội nghị, không sửa được nữa."),
    DocumentState.REPLACED: gettext_lazy("Văn bản đã được thay thế, chỉ để xem."),
    DocumentState.REVOKED: gettext_lazy("Văn bản đã bị thu hồi, chỉ để xem."),
}


def may_form_bloc(actor: Actor | None) -> Verdict:
    """Blocs are formed and changed by the standing office (by decision of the head of the provincial police)."""
    if actor and actor.is_office:
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực thi đua được lập và sửa khối."))


def may_keep_library(row: LibraryClause | None, actor: Actor | None) -> Verdict:
    """Each standing office keeps a library of clauses of its own; `row` is the clause to be changed, if there is one yet."""
    if actor is None or not actor.is_office:
        return refuse(_("Chỉ cơ quan thường trực thi đua được biên soạn thư viện điều khoản."))
    if row is not None and row.office_id != actor.unit_id:
        return refuse(_("Điều khoản này do cơ quan thường trực khác biên soạn."))
    return ALLOWED


def may_change_bloc(bloc_year: BlocYear, actor: Actor | None, *, documents: Iterable[BlocDocument] | None = None) -> Verdict:
    """The bloc's own office changes it until its covenant is adopted: who agreed to a text are those who will sign it.

    While the leader unit signs another document of the bloc, it stays the leader. `documents` are the bloc's, when known already.
    """
    if not (verdict := may_form_bloc(actor)):
        return verdict
    if actor is None or bloc_year.bloc.standing_office_id != actor.unit_id:
        return refuse(_("Khối này do cơ quan thường trực khác phụ trách."))
    found = list(bloc_year.documents.all() if documents is None else documents)
    if any(document.state == DocumentState.SIGNING and not document.is_covenant for document in found):
        return refuse(_("Một văn bản của khối đang ký: đợi ký xong rồi mới đổi thành phần khối."))
    states = {document.state for document in found if document.is_covenant}
    if states & {DocumentState.SIGNING, DocumentState.SIGNED}:
        return refuse(_("Giao ước của khối đang ký hoặc đã ký: không đổi thành phần khối được nữa."))
    if DocumentState.ADOPTED in states:
        return refuse(_("Giao ước của khối đã được thông qua: đưa về lấy ý kiến rồi mới đổi thành phần khối."))
    return ALLOWED


def may_start_draft(bloc_year: BlocYear, actor: Actor | None, kind: str = DocumentKind.COVENANT) -> Verdict:
    """The leader or deputy unit starts the bloc's documents, one of each kind for a bloc and year; a new one after a revoked one."""
    if not (verdict := may_start_draft_in_empty(bloc_year, actor)):
        return verdict
    if bloc_year.documents.filter(kind=kind).exclude(state__in=ENDED).exists():
        return refuse(_("Khối đã có %(noun)s của năm này.") % {"noun": _(NOUNS[DocumentKind(kind)])})
    return ALLOWED


def may_start_draft_in_empty(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    """The same question for a bloc that is known to have no such document yet: asks the database nothing."""
    return _drafts(bloc_year, actor)


def may_edit(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Leader and deputy unit edit the working draft until it is adopted.

    The bloc's own standing office may edit it too, for units that have nobody to draft; to publish it stays with the units.
    """
    if not document.is_editable:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _drafts_or_office(document.bloc_year, actor)


def may_set_signing_details(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Date, place, number and order of signing: by leader, deputy or office, until the text is frozen."""
    if document.state in (DocumentState.SIGNING, *CLOSED):
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _drafts_or_office(document.bloc_year, actor)


def may_register(document: BlocDocument, unit_id: int, actor: Actor | None) -> Verdict:
    """A unit registers its own titles in the covenant while its draft is open; who edits the draft may enter them for all."""
    if not document.is_covenant:
        return refuse(_("Danh hiệu được đăng ký trong giao ước."))
    if not document.is_editable:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    if document.bloc_year.seat_of(unit_id) is None:
        return refuse(_("Đơn vị này không thuộc khối."))
    if actor and actor.unit_id == unit_id:
        return ALLOWED
    return _drafts_or_office(document.bloc_year, actor)


def may_publish(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Leader or deputy unit publishes the draft as a version to take stands on: the text is the bloc's, so the office does not."""
    if not document.is_editable:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _drafts(document.bloc_year, actor)


def may_prepare_stand(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Staff and commanders of a member unit prepare its stand while the document is under discussion."""
    if document.state != DocumentState.DISCUSSION:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    if actor is None or document.bloc_year.seat_of(actor.unit_id) is None:
        return refuse(_("Chỉ đơn vị trong khối được cho ý kiến."))
    return ALLOWED


def may_send_stand(document: BlocDocument, actor: Actor | None) -> Verdict:
    """A commander sends his unit's stand."""
    if not (verdict := may_prepare_stand(document, actor)):
        return verdict
    if actor is None or not actor.is_commander:
        return refuse(_("Chỉ chỉ huy đơn vị được gửi ý kiến; cán bộ soạn sẵn để chỉ huy gửi."))
    return ALLOWED


def may_remark(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Member units and the bloc's own office make remarks, and answer each other, while the document is under discussion."""
    if document.state != DocumentState.DISCUSSION:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    if _is_own_office(document.bloc_year, actor) or (actor and document.bloc_year.seat_of(actor.unit_id)):
        return ALLOWED
    return refuse(_("Chỉ đơn vị trong khối và cơ quan thường trực được góp ý."))


def may_answer_remarks(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Leader and deputy unit decide on remarks as long as they may change the draft; the office does not decide for the units."""
    if not document.is_editable:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _drafts(document.bloc_year, actor)


def may_withdraw_remark(remark: Remark, actor: Actor | None) -> Verdict:
    """The unit that made a remark takes it back as long as nobody has decided on it."""
    if actor is None or actor.unit_id != remark.unit_id:
        return refuse(_("Chỉ đơn vị đã góp ý được rút ý kiến."))
    if not remark.document.is_editable:
        return refuse(str(_STATE_REASONS[DocumentState(remark.document.state)]))
    if remark.state not in UNDECIDED:
        return refuse(_("Ý kiến này đã được trả lời hoặc đã rút."))
    return ALLOWED


def may_adopt(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Commanders of the leader and deputy unit, or the office, record the agreement on the newest version."""
    if not DOCUMENT.allows("adopt", document.state):
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _leads_or_office(document.bloc_year, actor)


def may_remind(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Leader and deputy unit or the office remind those who have sent no stand, while they can."""
    if document.state != DocumentState.DISCUSSION:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _drafts_or_office(document.bloc_year, actor)


def rule_holds(rule: str, *, present: int, votes_for: int) -> Verdict:
    """Whether so many of those present are enough under this rule: all, two thirds, or more than half of those present.

    The rules are counted over those present, not over all units; who abstains is not in favour.
    """
    counts = {VoteRule.ALL: present, VoteRule.TWO_THIRDS: -(-present * 2 // 3), VoteRule.MAJORITY: present // 2 + 1}
    needed = max(counts[VoteRule(rule)], 1)
    if votes_for >= needed:
        return ALLOWED
    return refuse(
        _("Chưa đủ phiếu để thông qua: %(for)d/%(present)d đơn vị có mặt đồng ý, cần ít nhất %(needed)d.")
        % {"for": votes_for, "present": present, "needed": needed}
    )


def adoption_open(version: Version, basis: str) -> Verdict:
    """Whether this basis holds for the version now: all agreed, or the deadline passed without remarks, or a conference."""
    stands = {stand.unit_id: stand.opinion for stand in version.stands.all() if stand.sent_at}
    seats = version.document.bloc_year.ordered_seats
    silent = [seat for seat in seats if seat.unit_id not in stands]
    remarking = [seat for seat in seats if stands.get(seat.unit_id) == Opinion.REMARK]
    if basis == AdoptionBasis.CONFERENCE:
        return ALLOWED
    if remarking:
        return refuse(
            _("Còn đơn vị có ý kiến: %(units)s. Công bố bản mới, hoặc ghi nhận thống nhất tại hội nghị.")
            % {"units": _names(remarking)}
        )
    if basis == AdoptionBasis.CONSENSUS and silent:
        return refuse(_("Còn %(n)d đơn vị chưa thống nhất: %(units)s.") % {"n": len(silent), "units": _names(silent)})
    if basis == AdoptionBasis.LAPSE and not version.lapse_sentence:
        return refuse(_("Bản dự thảo không ghi rằng im lặng là thống nhất, nên không thông qua theo cách này được."))
    if basis == AdoptionBasis.LAPSE and version.deadline > clock.now():
        return refuse(_("Chưa hết hạn lấy ý kiến."))
    return ALLOWED


def may_publish_and_adopt(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Both acts at once, in the hall: for the commanders of leader and deputy unit, who may do either."""
    if not (verdict := may_publish(document, actor)):
        return verdict
    return _leads_or_office(document.bloc_year, actor)


def may_redraft(document: BlocDocument, actor: Actor | None) -> Verdict:
    """An adopted text may go back to discussion until it is frozen."""
    if not DOCUMENT.allows("redraft", document.state):
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _leads_or_office(document.bloc_year, actor)


def may_check(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Two persons of leader unit, deputy unit or standing office check the adopted text."""
    if document.state != DocumentState.ADOPTED:
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    return _drafts_or_office(document.bloc_year, actor)


def may_record_check(version: Version, kind: str, actor: Actor | None) -> Verdict:
    """One check a kind, the two by two persons (Decree 30/2020, art. 12)."""
    done = {check.kind: check.person_id for check in version.checks.all()}
    if kind in done:
        return refuse(_("Phần này đã được kiểm tra."))
    if actor and actor.user_id in done.values():
        return refuse(_("Đồng chí đã kiểm tra phần kia: hai phần phải do hai người kiểm tra."))
    return may_check(version.document, actor)


def may_open_signing(document: BlocDocument, actor: Actor | None, checked: set[str]) -> Verdict:
    """The leader unit's commander or the office opens the signing of an adopted, twice checked text."""
    return _may_bring_out("open_signing", document, actor, checked, _("mở ký"))


def may_attach(document: BlocDocument, actor: Actor | None, checked: set[str], basis: str, minutes: str = "") -> Verdict:
    """What a conference agreed on goes out with its minutes, instead of being signed; a covenant is always signed.

    `minutes`: the state of these minutes. Once they are frozen they name all that goes out with them, and nothing is added.
    """
    if document.is_covenant:
        return refuse(_("Giao ước phải được các đơn vị ký, không ban hành kèm theo biên bản."))
    if DOCUMENT.allows("attach", document.state) and basis != AdoptionBasis.CONFERENCE:
        return refuse(_("Văn bản không được thông qua tại hội nghị nên không có biên bản để kèm theo."))
    if DOCUMENT.allows("attach", document.state) and minutes == MinutesState.SIGNING:
        return refuse(
            _("Biên bản hội nghị đang ký nên không nhận thêm văn bản kèm theo: mở lại dự thảo biên bản, hoặc mở ký văn bản này.")
        )
    if DOCUMENT.allows("attach", document.state) and minutes == MinutesState.SIGNED:
        return refuse(_("Biên bản hội nghị đã ký đủ nên không nhận thêm văn bản kèm theo; mở ký văn bản này."))
    return _may_bring_out("attach", document, actor, checked, _("ban hành văn bản"))


def _may_bring_out(verb: str, document: BlocDocument, actor: Actor | None, checked: set[str], act: str) -> Verdict:
    """From adopted to signing or in force: after both checks, by the leader unit's commander or the office."""
    if not DOCUMENT.allows(verb, document.state):
        return refuse(str(_STATE_REASONS[DocumentState(document.state)]))
    if missing := [CheckKind(kind).label for kind in CheckKind.values if kind not in checked]:
        return refuse(_("Chưa kiểm tra %(parts)s.") % {"parts": _(" và ").join(str(label).lower() for label in missing)})
    if _is_own_office(document.bloc_year, actor):
        return ALLOWED
    if actor and actor.is_commander and document.bloc_year.leader.unit_id == actor.unit_id:
        return ALLOWED
    return refuse(_("Chỉ chỉ huy đơn vị khối trưởng hoặc cơ quan thường trực được %(act)s.") % {"act": act})


def may_replace(document: BlocDocument, actor: Actor | None) -> Verdict:
    """Who drafts for the bloc starts a new document in place of one in force; it holds until the new one is brought out."""
    if not DOCUMENT.allows("replace", document.state):
        return refuse(_not_in_force(document))
    if getattr(document, "replaced_by", None) is not None:
        return refuse(_("Khối đang soạn %(noun)s thay thế.") % {"noun": _(document.noun)})
    return _drafts(document.bloc_year, actor)


def may_revoke(document: BlocDocument, actor: Actor | None) -> Verdict:
    """The bloc's own standing office revokes a document in force, by a decision of the provincial police."""
    if not DOCUMENT.allows("revoke", document.state):
        return refuse(_not_in_force(document))
    if _is_own_office(document.bloc_year, actor):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực phụ trách khối được thu hồi văn bản, theo quyết định của Công an tỉnh."))


def _not_in_force(document: BlocDocument) -> str:
    if document.state in ENDED:
        return str(_STATE_REASONS[DocumentState(document.state)])
    return _("Văn bản chưa có hiệu lực.")


def may_present(document: BlocDocument, actor: Actor | None) -> Verdict:
    """The projector's view of a signing is opened by leader and deputy unit, their office, and the leaders of the province."""
    if actor and actor.is_provincial_leader:
        return ALLOWED
    if _drafts_or_office(document.bloc_year, actor):
        return ALLOWED
    return refuse(_("Chỉ đơn vị khối trưởng, khối phó, cơ quan thường trực và lãnh đạo Công an tỉnh được mở trình chiếu."))


def may_keep_desk(document: BlocDocument, actor: Actor | None) -> Verdict:
    """The signing desk of a hall is opened by leader and deputy unit or their office, while there is something to sign; it
    gives its keeper no right to sign.
    """
    if document.state not in (DocumentState.SIGNING, DocumentState.SIGNED):
        return refuse(_("Chưa mở ký, nên chưa mở được bàn ký."))
    if _drafts_or_office(document.bloc_year, actor):
        return ALLOWED
    return refuse(_("Chỉ đơn vị khối trưởng, khối phó hoặc cơ quan thường trực được mở bàn ký."))


def _drafts(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    seat = bloc_year.seat_of(actor.unit_id) if actor else None
    if seat is None or seat.role == SeatRole.MEMBER:
        return refuse(_("Chỉ đơn vị khối trưởng và khối phó được soạn dự thảo."))
    return ALLOWED


def _is_own_office(bloc_year: BlocYear, actor: Actor | None) -> bool:
    return bool(actor and actor.is_office and bloc_year.bloc.standing_office_id == actor.unit_id)


def _drafts_or_office(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    return ALLOWED if _is_own_office(bloc_year, actor) else _drafts(bloc_year, actor)


def _leads_or_office(bloc_year: BlocYear, actor: Actor | None) -> Verdict:
    if _is_own_office(bloc_year, actor):
        return ALLOWED
    if actor and actor.is_commander and _drafts(bloc_year, actor):
        return ALLOWED
    return refuse(_("Chỉ chỉ huy đơn vị khối trưởng, khối phó hoặc cơ quan thường trực được làm việc này."))


def _names(seats: list[Seat]) -> str:
    return ", ".join(seat.unit.short_name for seat in seats)
