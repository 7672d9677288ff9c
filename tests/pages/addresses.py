"""What every address answers to every role. An address without a line here fails the walk.

A line: the address, whose it is (a covenant's state, "empty" for the bloc without one, "" for nobody's), which keys it needs, what
is sent (None: GET), and the answers that differ from a pattern.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulation.lib import clock
from tests.builders import SECRET
from tests.pages.world import ROLES, in_a_week

Answers = Mapping[str, int]

# Members of the bloc, its office and the provincial leaders see; to everybody else it does not exist.
SEEN: Answers = dict.fromkeys(ROLES, 200) | {"visitor": 302, "stranger": 404, "other_office": 404, "administrator": 404}
# A first draft exists only for those who write it and those above.
HIDDEN_DRAFT: Answers = {**SEEN, "member": 404}
DRAFTING: Answers = {**SEEN, "member": 403, "director": 403}
REMARKING: Answers = {**SEEN, "director": 403}
EVERYBODY: Answers = dict.fromkeys(ROLES, 200)
SIGNED_IN: Answers = {**EVERYBODY, "visitor": 302}
NOBODY: Answers = dict.fromkeys(ROLES, 403) | {"visitor": 302, "stranger": 404, "other_office": 404, "administrator": 404}


def redirected(pattern: Answers, *roles: str) -> Answers:
    """The same pattern after a POST that succeeds: 302 where the page would be shown."""
    return {role: 302 if status == 200 or role in roles else status for role, status in pattern.items()}


def only(*roles: str, status: int = 302, of: Answers = NOBODY) -> Answers:
    """Allowed to these roles, refused with a reason to the others who may see."""
    return {**of, **dict.fromkeys(roles, status)}


def _now() -> str:
    return f"{clock.local(clock.now()):%d/%m/%Y %H:%M}"


@dataclass(frozen=True)
class Row:
    name: str
    of: str = ""
    keys: str = ""
    answers: Answers = field(default_factory=lambda: SEEN)
    send: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


PRESENTING: Answers = {**DRAFTING, "director": 200}
DRAFTERS = ("clerk", "deputy", "leader", "office")
CLAUSE = {"version": "0", "heading": "Tiêu đề", "text": "Nội dung"}
INDICATOR = {"version": "0", "name": "Chỉ tiêu", "measure": "%", "direction": "higher", "bloc_value": "81,5"}
REASON = {"reason": "Thiếu một nội dung."}
COVENANT = {"kind": "covenant"}
ADOPT = {"version": "1", "basis": "conference", "held_on": "04/03/2020", "present": "3"}

BLOCS = [
    Row("blocs", answers=SIGNED_IN),
    Row("bloc", "empty", "bloc"),
    Row("bloc_new", answers={**dict.fromkeys(ROLES, 403), "visitor": 302, "office": 200, "other_office": 200}),
    Row("bloc_edit", "empty", "bloc", only("office", status=200)),
    Row("document_start", "empty", "bloc", only("clerk", "deputy", "leader", status=200), more=COVENANT),
    Row("document_start", "empty", "bloc", only("clerk", "deputy", "leader"), {"start": "template"}, COVENANT),
    Row("document_start", "empty", "bloc", only("clerk", "deputy", "leader"), {"start": "template"}, {"kind": "report_outline"}),
    Row("document_start", "outline", "bloc of", NOBODY, {"start": "template"}, {"kind": "report_outline"}),
]
DRAFTS = [
    Row("documents", answers=SIGNED_IN),
    Row("document", "draft", answers=HIDDEN_DRAFT),
    Row("document", "discussion"),
    Row("document", "adopted"),
    Row("document", "signing"),
    Row("document", "signed"),
    Row("document", "regulation"),
    Row("document", "attached"),
    Row("version", "signed", more={"number": 1}),
    Row("version", "draft", answers=dict.fromkeys(ROLES, 404) | {"visitor": 302}, more={"number": 1}),
    Row("version_pdf", "discussion", more={"number": 1}),
    Row("compare", "discussion"),
    Row("compare", "draft", answers=HIDDEN_DRAFT),
    Row("compare_pdf", "discussion", answers={**dict.fromkeys(ROLES, 404), "visitor": 302, **dict.fromkeys(DRAFTERS, 200)}),
    Row("version_word", "discussion", more={"number": 1}),
    Row("library", "discussion", answers=DRAFTING),
    Row("library", "discussion", answers=only(*DRAFTERS), send={"chon": "0"}),
    Row("draft_word", "discussion", answers=DRAFTING),
    Row("draft_word", "signed", answers=NOBODY),
    Row("draft", "draft", answers={**DRAFTING, "member": 404}),
    Row("draft", "discussion", answers=DRAFTING),
    Row("draft", "signed", answers=NOBODY),
    Row("draft", "outline", answers={**DRAFTING, "member": 404}),
    Row("save_registrations", "outline", answers={**NOBODY, "member": 404}, send={"next": "document", "version": "0"}),
    Row("indicator_add", "outline", answers={**NOBODY, "member": 404}, send=INDICATOR),
    Row("draft_preview", "discussion", answers=DRAFTING),
    Row(
        "save_frame",
        "discussion",
        answers=only(*DRAFTERS),
        send={"version": "1", "recipients": "Như trên"},
        more={"part": "noi-nhan"},
    ),
    Row(
        "save_frame",
        "signing",
        answers=NOBODY,
        send={"version": "1", "place": "Khác", "signing_order": "free"},
        more={"part": "ngay-ky"},
    ),
    Row("save_registrations", "discussion", answers=only("member", *DRAFTERS), send={"next": "document", "version": "0"}),
    Row("clause_add", "discussion", answers=only(*DRAFTERS), send={"part": "body", "kind": "clause"}),
    Row("save_clause", "discussion", "clause", only(*DRAFTERS), CLAUSE),
    Row("save_clause", "signed", "clause", NOBODY, CLAUSE),
    Row("clause_act", "discussion", "clause", only(*DRAFTERS), {}, {"act": "go"}),
    Row("indicator_add", "discussion", answers=only(*DRAFTERS), send=INDICATOR),
    Row("save_indicator", "discussion", "indicator", only(*DRAFTERS), INDICATOR),
    Row("indicator_act", "discussion", "indicator", only(*DRAFTERS), {}, {"act": "go"}),
]
DISCUSSION = [
    Row("publish", "discussion", answers=only("clerk", "deputy", "leader"), send=lambda: {"deadline": in_a_week()}),
    Row(
        "stand",
        "discussion",
        answers=only("member", "deputy", "leader"),
        send={"version": "1", "opinion": "agree", "act": "send"},
    ),
    Row("stand", "discussion", answers=only("member", "clerk", "deputy", "leader"), send={"version": "1", "opinion": "agree"}),
    Row("remarks", "discussion"),
    Row("remarks", "signed"),
    Row("remarks_pdf", "discussion"),
    Row("remarks_docx", "signed"),
    Row("remark_new", "discussion", answers=REMARKING),
    Row("remark_new", "adopted", answers=NOBODY),
    Row("remark_new", "discussion", answers=only("member", *DRAFTERS), send={"version": "1", "text": "Góp ý"}),
    Row("remark", "discussion", "remark"),
    Row("remark_reply", "discussion", "remark", only("member", *DRAFTERS), {"text": "Trao đổi"}),
    Row("remark_answer", "discussion", "remark", only("clerk", "deputy", "leader"), {"act": "de-lai"}),
    Row("remark_wording", "discussion", "remark", only("clerk", "deputy", "leader"), {"wording": "Chữ", "seen": "0"}),
    Row("remark_withdraw", "discussion", "remark", only("member"), {}),
    Row("remark_file", "discussion", "remark", more={"order": 1}),
    Row("remind", "discussion", answers=only(*DRAFTERS), send={"version": "1"}),
    Row("adopt", "discussion", answers=NOBODY, send=ADOPT),
    Row("publish_and_adopt", "discussion", answers=only("deputy", "leader"), send=ADOPT),
    Row("redraft", "adopted", answers=only("deputy", "leader", "office"), send=REASON),
    Row("check", "adopted", answers=only(*DRAFTERS), send={"version": "1"}, more={"kind": "content"}),
    Row("attach", "regulation", answers=only("leader", "office"), send={}),
    Row("attach", "adopted", answers=NOBODY, send={}),
    Row("open_signing", "regulation", answers=only("leader", "office"), send=lambda: {"deadline": in_a_week()}),
    Row("open_signing", "adopted", answers=NOBODY, send=lambda: {"deadline": in_a_week()}),
]
SIGNING = [
    Row("sign", "signing", answers={**SEEN, "office": 403}),
    Row(
        "sign",
        "signing",
        answers=only("member", "deputy", "leader", of={**NOBODY, "clerk": 422, "director": 422}),
        send={"secret": SECRET},
    ),
    Row("hall", "adopted", answers=PRESENTING),
    Row("hall", "signing", answers=PRESENTING),
    Row("hall", "signed", answers=PRESENTING),
    Row("hall_poll", "signing", answers=PRESENTING),
    Row("desk", "signing", answers=DRAFTING),
    Row("desk", "discussion", answers=NOBODY),
    Row("desk_sign", "signing", answers=DRAFTING, more={"number": 1}),
    Row("desk_sign", "signing", answers=only(*DRAFTERS, status=422), send={"secret": SECRET}, more={"number": 1}),
    Row("refuse_signing", "signing", answers=only("member", "deputy", "leader"), send=REASON),
    Row("withdraw_refusal", "signing", answers=NOBODY, send={}),
    Row("open_group", "signing", answers=only("leader", "office"), send=REASON),
    Row("void_round", "signing", answers=only("leader", "office"), send=REASON),
    Row("voided_round", "voided", "round"),
    Row("voided_round", "signed", "round", {**dict.fromkeys(ROLES, 404), "visitor": 302}),
    Row("document_replace", "signed", answers=only("clerk", "deputy", "leader", status=200)),
    Row("document_replace", "signed", answers=only("clerk", "deputy", "leader"), send=REASON),
    Row("document_revoke", "signed", answers=only("office", status=200)),
    Row("document_revoke", "signed", answers=only("office"), send={**REASON, "decision": "Quyết định số 215/QĐ-CAT"}),
    Row("document_revoke", "signing", answers=NOBODY),
    Row("document", "replaced"),
    Row("document", "revoked"),
    Row("document_pdf", "revoked"),
    Row("paper", "paper"),
    Row("paper", "signed", answers={**dict.fromkeys(ROLES, 404), "visitor": 302}),
    Row("paper", "paper", answers=only(*DRAFTERS), send={"signed_on": "01/01/2020"}),
    Row("paper_scan", "paper", answers={**NOBODY, **dict.fromkeys(DRAFTERS, 422)}, send={}),
    Row("scan_page", "recorded", "scan"),
    Row("scan_file", "recorded", "scanned file"),
    Row("paper_confirm", "recorded", "record", only("clerk", "leader", "office"), {}),
    Row("paper_decline", "recorded", "record", only("clerk", "leader", "office"), REASON),
    Row("document_pdf", "signed"),
    Row("document_pdf", "discussion"),
    Row("document_pdf", "attached"),
    Row("round_pdf", "signed", "round"),
    Row("document_page", "signed", "picture"),
    Row("preview_page", "discussion", "preview"),
]
ORGANISERS = ("clerk", "deputy", "leader", "office")
MEETING = {
    "title": "Hội nghị ký giao ước",
    "venue": "Hội trường",
    "starts_at": in_a_week(),
    "chair_unit": "0",
}
ROLL = {"dd-TOTAL_FORMS": "0", "dd-INITIAL_FORMS": "0"}
VOTE = {"text": "Thông qua", "rule": "majority", "votes_for": "3", "against": "0", "abstained": "0"}
CONFERENCES = [
    Row("conference_new", "empty", "bloc", only(*ORGANISERS, status=200)),
    Row("conference_new", "empty", "bloc", only(*ORGANISERS, status=200), MEETING),
    *(Row("conference", "empty", state) for state in ("planned", "held", "closed")),
    Row("conference_edit", "empty", "planned", only(*ORGANISERS, status=200)),
    Row("conference_edit", "empty", "closed", NOBODY),
    Row("conference_edit", "empty", "planned", only(*ORGANISERS, status=422), {**MEETING, "seen": "1"}),
    Row("conference_invite", "empty", "planned", only(*ORGANISERS), {}),
    Row("conference_call_off", "empty", "planned", only(*ORGANISERS, status=200)),
    Row("conference_call_off", "empty", "planned", only(*ORGANISERS), REASON),
    Row("conference_hold", "empty", "planned", only(*ORGANISERS), {}),
    Row("conference_close", "empty", "held", only(*ORGANISERS), lambda: {"ended_at": _now()}),
    Row("conference_close", "empty", "planned", NOBODY, lambda: {"ended_at": _now()}),
    Row("conference_reopen", "empty", "closed", only(*ORGANISERS), {}),
    Row("conference_readiness", "empty", "planned", only(*ORGANISERS, status=200)),
    Row("minutes_start", "empty", "closed", only(*ORGANISERS), {}),
    Row("minutes_start", "empty", "held", NOBODY, {}),
    Row("minutes", "empty", "drafted"),
    Row("minutes", "empty", "signing_minutes"),
    Row("minutes_again", "empty", "drafted", only(*ORGANISERS), {}),
    Row("minutes_save", "empty", "drafted", only(*ORGANISERS), {"version": "0", "text": "I. A"}),
    Row("minutes_preview", "empty", "drafted", only(*ORGANISERS, status=200)),
    Row("minutes_open", "empty", "drafted", only(*ORGANISERS), {}),
    Row("minutes_pdf", "empty", "signing_minutes"),
    Row("minutes_picture", "empty", "minutes_picture"),
    Row("minutes_sign", "empty", "signing_minutes", only("leader", status=200)),
    Row("minutes_refuse", "empty", "signing_minutes", only("leader", status=200)),
    Row("minutes_withdraw", "empty", "signing_minutes", NOBODY, {}),
    Row("minutes_void", "empty", "signing_minutes", only(*ORGANISERS), REASON),
    Row("conference_invitation", "empty", "planned"),
    Row("conference_invitation_of", "empty", "invitation"),
    Row("conference_calendar", "empty", "planned"),
    Row("agenda_add", "empty", "planned", only(*ORGANISERS), {"title": "Văn nghệ"}),
    Row("agenda_save", "empty", "agenda_item", only(*ORGANISERS), {"title": "Văn nghệ", "seen": "0"}),
    Row("agenda_act", "empty", "agenda_item", only(*ORGANISERS), {}, {"act": "go"}),
    Row("attendance_save", "empty", "held", only(*ORGANISERS), ROLL),
    Row("attendance_save", "empty", "closed", NOBODY, ROLL),
    Row("table_add", "empty", "planned", only(*ORGANISERS), {"title": "Quy chế"}),
    Row("table_remove", "empty", "table_item", only(*ORGANISERS), {}),
    Row("decision_add", "empty", "held", only(*ORGANISERS), VOTE),
    Row("decision_add", "empty", "planned", NOBODY, VOTE),
    Row("decision_save", "empty", "decision", only(*ORGANISERS), {**VOTE, "seen": "1"}),
    Row("directive_add", "empty", "held", only(*ORGANISERS), {"text": "Rà soát"}),
    Row("directive_save", "empty", "directive", only(*ORGANISERS), {"text": "Rà soát", "seen": "1"}),
    Row("directive_report", "empty", "task", only("member"), {"report": "Đã xong"}),
    Row("photo_add", "empty", "held", only(*ORGANISERS, status=422), {"caption": "Ảnh"}),
    Row("photo_remove", "empty", "photo", only(*ORGANISERS), {}),
    Row("photo", "empty", "photo", more={"size": "nho"}),
]
PUBLIC = [
    Row("health", answers=EVERYBODY),
    Row("verify", answers=EVERYBODY),
    Row("verify", answers=dict.fromkeys(ROLES, 400), send={}),
    Row("verify_token", "signed", "token", EVERYBODY),
    Row("verify_token", answers=dict.fromkeys(ROLES, 404), more={"token": "khong-co-ma-nay"}),
    Row("verify_code", "signing", "code", EVERYBODY),
    Row("verify_job", "signed", "job", EVERYBODY),
]
ROOF = [
    Row("home", answers={**SIGNED_IN, "administrator": 302}),
    Row("board", answers={**dict.fromkeys(ROLES, 403), "visitor": 302, "office": 200, "other_office": 200, "director": 200}),
]
KEEPERS: Answers = {
    **dict.fromkeys(ROLES, 403),
    "visitor": 302,
    "office": 200,
    "other_office": 200,
    "administrator": 200,
}
ACCOUNT = [
    Row("login", answers={**dict.fromkeys(ROLES, 302), "visitor": 200}),
    Row("logout", answers=dict.fromkeys(ROLES, 302), send={}),
    Row("choose_position", answers={**dict.fromkeys(ROLES, 404), "visitor": 302}, send={"position": "0"}),
    Row("password_change", answers=SIGNED_IN),
    Row("set_secret_code", answers=EVERYBODY),
    Row("set_secret", keys="link", answers=EVERYBODY),
    Row("set_secret", answers=dict.fromkeys(ROLES, 410), more={"token": "GUESSED2345678AB"}),
    Row("set_language", answers=dict.fromkeys(ROLES, 302), send={"language": "en"}),
    Row("set_theme", answers=dict.fromkeys(ROLES, 302), send={"theme": "dark"}),
    Row("mandates", answers=SIGNED_IN),
    Row(
        "mandate_file",
        keys="mandate",
        answers={**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 200, "office": 200, "other_office": 200},
    ),
    Row(
        "mandate_end",
        keys="mandate",
        answers={**dict.fromkeys(ROLES, 404), **dict.fromkeys(("visitor", "member", "office", "other_office"), 302)},
        send={},
    ),
    Row("notices", answers=SIGNED_IN),
    Row("notices", answers=dict.fromkeys(ROLES, 302), send={}),
]
OFFICE = [
    Row("first_steps", answers=KEEPERS),
    Row("people", answers=KEEPERS),
    Row("reset_slip", keys="person", answers=KEEPERS),
    Row("reset_slip", keys="person", answers=KEEPERS, send={}),
    Row("unlock", keys="person", answers=redirected(KEEPERS), send={}),
]
HIDDEN = only(*DRAFTERS, status=200, of={**NOBODY, "member": 404})
HIDDEN_SENT = only(*DRAFTERS, of={**NOBODY, "member": 404})
CRITERION = {"version": "0", "code": "2", "name": "Tên", "max_points": "60", "rule_type": "manual"}
SETTINGS = {"version": "0", "total_points": "1000", "places": "2", "not_assigned": "drop", "exempt": "full", "method": "mean"}
CRITERIA = [
    Row("criteria", "scoring", answers=HIDDEN_DRAFT),
    Row("criteria", "criteria", answers=HIDDEN_DRAFT),
    Row("criteria", "outline", answers=dict.fromkeys(ROLES, 404) | {"visitor": 302}),
    Row("criteria_start", "scoring", answers=HIDDEN_SENT, send={}),
    Row("criterion_add", "criteria", answers=HIDDEN_SENT, send={"kind": "group", "name": "Nhóm"}),
    Row("criterion_save", "criteria", "criterion", HIDDEN_SENT, CRITERION),
    Row("criterion_act", "criteria", "criterion", HIDDEN_SENT, {}, {"act": "go"}),
    Row("criteria_put_back", "criteria", answers=HIDDEN_SENT, send={}),
    Row("criteria_settings", "criteria", answers=HIDDEN),
    Row("criteria_settings", "criteria", answers=HIDDEN_SENT, send=SETTINGS),
    Row("criteria_check", "criteria", answers=HIDDEN_SENT, send={}),
    Row("criteria_workbook", "criteria", answers=HIDDEN_DRAFT),
    Row("criteria_import", "criteria", answers=HIDDEN),
]
SECTION = {"version": "0", "heading": "Ưu điểm", "content": "narrative", "word_limit": "300", "merge": "gather"}
OUTLINES = [
    Row("outline", "outline", answers=HIDDEN_DRAFT),
    Row("outline", "outlined", answers=HIDDEN_DRAFT),
    Row("outline", "scoring", answers=dict.fromkeys(ROLES, 404) | {"visitor": 302}),
    Row("outline_start", "outline", answers=HIDDEN_SENT, send={}),
    Row("outline_add", "outlined", answers=HIDDEN_SENT, send={"words": "Phần mới"}),
    Row("outline_save", "outlined", "section", HIDDEN_SENT, SECTION),
    Row("outline_act", "outlined", "section", HIDDEN_SENT, {}, {"act": "go"}),
    Row("outline_put_back", "outlined", answers=HIDDEN_SENT, send={}),
]
# An explanation is read by its unit and by those who answer it.
UNREAD: Answers = {**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 403}
LEADS = ("clerk", "leader", "office")
PHASES = {"moves_by_date": "on", "appraisal_name": "Phúc tra"}
# A unit's own sheet before anybody else may read it; and one that its readers may do no more about.
OF_THE_UNIT: Answers = {**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 200}
REFUSED_SHEET: Answers = {
    **dict.fromkeys(ROLES, 404),
    "visitor": 302,
    **dict.fromkeys(("member", "clerk", "leader", "office"), 403),
}
CAMPAIGNS = [
    Row("campaigns", answers=SIGNED_IN),
    *(Row("campaign", state, answers=SEEN) for state in ("in self", "in reply", "in ratify")),
    Row("sheet", "in self", "own sheet", {**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 200}),
    Row("sheet", "in reply", "own sheet", {**OF_THE_UNIT, **dict.fromkeys(("clerk", "leader", "office"), 200)}),
    Row("sheet_cell", "in self", "own cell", OF_THE_UNIT),
    Row("sheet_cell", "in self", "own cell", {**OF_THE_UNIT, "member": 302}, {"version": "0", "f-yes": "yes"}),
    Row("evidence_add", "in self", "own cell", {**OF_THE_UNIT, "member": 422}, {}),
    Row("evidence_file", "in self", "own file", OF_THE_UNIT),
    Row("evidence_remove", "in self", "own file", {**OF_THE_UNIT, "member": 302}, {}),
    Row("sheet_explain", "in reply", "bloc's cell", {**REFUSED_SHEET, "office": 404, "member": 302}, {"text": "Có hồ sơ."}),
    Row("sheet_submit", "in self", "own sheet", {**OF_THE_UNIT, "member": 422}, {}),
    Row("sheet_return", "in reply", "own sheet", REFUSED_SHEET, {"tra-lai-reason": "Sai số liệu."}),
    Row("sheet_accept", "in reply", "own sheet", REFUSED_SHEET, {}),
    Row("sheet_recuse", "in reply", "bloc's sheet", {**REFUSED_SHEET, "office": 404}, {"tu-choi-reason": "Người nhà."}),
    Row("campaign_open", "in self", "bloc", only(*LEADS, status=200)),
    Row("campaign_open", "in self", "bloc", only(*LEADS, status=422), {"period": "year"}),
    Row("campaign_dates", "in self", answers=only(*LEADS, status=200)),
    Row("campaign_dates", "in self", answers=only(*LEADS), send=PHASES),
    Row("campaign_move", "in ratify", answers=NOBODY, send={"from": "ratify"}),
    Row("campaign_move", "in reply", answers=only(*LEADS), send={"from": "appraise"}),
    Row("campaign_back", "in ratify", answers=only(*LEADS), send=REASON),
    Row("campaign_renew", "in self", answers=only(*LEADS, status=200)),
    Row("campaign_renew", "in ratify", answers=NOBODY),
    Row("campaign_withdraw", "in self", answers=only("office", status=200)),
    Row("campaign_withdraw", "in self", answers=only("office", status=422), send={"reason": "Quyết định số 12"}),
    Row("standings", "in ratify"),
    Row("standings", "published scores"),
    Row("standings_compute", "in ratify", answers=only(*LEADS), send={}),
    Row("standings_prepare", "in ratify", answers=only(*LEADS), send={}),
    Row("standings_tie", "in ratify", answers={**NOBODY, **dict.fromkeys(LEADS, 404)}, more={"group": 1}),
    Row("standings_unit", "in ratify", "unit", {**SEEN, "member": 404}),
    Row("standings_unit", "published scores", "unit"),
    Row("standings_signing", "in ratify", "snapshot", {**SEEN, "member": 404}),
    Row("standings_signing", "published scores", "snapshot"),
    Row("standings_open", "in ratify", "snapshot", only("leader", "office", of={**NOBODY, "member": 404}), {}),
    Row("standings_sign", "in ratify", "snapshot", {**dict.fromkeys(ROLES, 404), "visitor": 302}),
    Row("standings_sign", "published scores", "snapshot", only("leader", "deputy", status=200)),
    Row("standings_refuse", "published scores", "snapshot", NOBODY, REASON),
    Row("standings_withdraw", "published scores", "snapshot", NOBODY, {}),
    Row("standings_void", "published scores", "snapshot", NOBODY, REASON),
    Row("standings_pdf", "published scores", "snapshot"),
    Row("export_ask", "published scores", answers=redirected(SEEN), send={"kind": "workbook"}),
    Row("export_ask", "in reply", answers=NOBODY, send={"kind": "detail"}),
    Row("export", "published scores", "export", {**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 200}),
    Row("export_file", "published scores", "export", {**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 302}),
    Row("standings_picture", "published scores", "snapshot picture"),
    Row("campaign_correct", "published scores", answers=only("office", status=200)),
    Row("explanations", "in reply"),
    Row("explanation_answer", "in reply", "explanation", only("clerk", "leader", status=200, of=UNREAD)),
    Row("explanation_answer", "in reply", "explanation", only("clerk", "leader", of=UNREAD), {"outcome": "kept", "text": "Giữ"}),
]
ROWS = [*BLOCS, *CRITERIA, *OUTLINES, *CAMPAIGNS, *DRAFTS, *DISCUSSION, *SIGNING, *CONFERENCES, *PUBLIC, *ROOF, *ACCOUNT, *OFFICE]
