"""What every address of reports, of joint activities and of boards answers to every role; see addresses.py."""

from tests.builders import SECRET
from tests.pages.answers import HIDDEN_DRAFT, NOBODY, SEEN, SIGNED_IN, Answers, Row, only, redirected
from tests.pages.world import ROLES

# A report that was never handed in exists for its unit only; one that was, also for those who preside, the office and those above.
OWN = {**dict.fromkeys(ROLES, 404), "visitor": 302, "member": 200}
HANDED_IN = {**SEEN}
LEADS = ("clerk", "leader", "office")
RETURN = {"reason": "Số liệu chưa khớp."}
DAYS = {"opens_on": "01/01/2099", "due_on": "01/02/2099", "bloc_due_on": "10/02/2099"}


def own(status: int, others: int = 404) -> dict[str, int]:
    """The unit alone; `others` who may read the handed-in report."""
    if others == 404:
        return {**OWN, "member": status}
    return {**HANDED_IN, **dict.fromkeys(("clerk", "deputy", "leader", "office", "director"), others), "member": status}


PERIODS = [
    Row("periods", answers=SIGNED_IN),
    Row("report_trends", answers=SIGNED_IN),
    Row("period", "report written", "period"),
    Row("period_open", "report written", "bloc", only(*LEADS, status=200)),
    Row("period_open", "report written", "bloc", only(*LEADS), {**DAYS, "kind": "final"}),
    Row("period_open", "empty", "bloc", only()),
    Row("period_days", "report written", "period", only(*LEADS, status=200)),
    Row("period_days", "report written", "period", only(*LEADS), DAYS),
    Row("period_extend", "report written", "unit", only(*LEADS, status=200)),
    Row("period_extend", "report written", "unit", only(*LEADS), {"due_on": "01/02/2099", "reason": "Mưa lũ."}),
    Row("period_follow", "report written", "period", only()),
    Row("period_follow", "report written", "period", only(), {}),
]
REPORTS = [
    Row("report", "report written", "report", own(200)),
    Row("report", "report signing", "report", own(200)),
    Row("report", "report submitted", "report", HANDED_IN),
    Row("report_head", "report written", "report", own(200)),
    Row("report_head", "report written", "report", own(302), {"version": "0", "number": "12/BC"}),
    Row("report_head", "report submitted", "report", own(200, 403)),
    Row("report_section", "report written", "section", own(200)),
    Row("report_section", "report written", "section", own(409), {"version": "", "text": "Chữ khác"}),
    Row("report_section", "report submitted", "section", own(403, 403), {"version": "", "text": "Chữ khác"}),
    Row("report_file_add", "report written", "section", own(422), {}),
    Row("report_file_remove", "report written", "report file", own(302), {}),
    Row("report_file_remove", "report submitted", "report file", own(403, 403), {}),
    Row("report_file", "report written", "report bytes", own(200)),
    Row("report_file", "report submitted", "report bytes", HANDED_IN),
    Row("report_preview", "report written", "report", own(200)),
    Row("report_present", "report written", "report", own(200)),
    Row("report_present", "report written", "report", own(302), {"method": "electronic"}),
    Row("report_sign", "report signing", "report", own(200)),
    Row("report_sign", "report signing", "report", own(422), {"secret": SECRET}),
    Row("report_refuse", "report signing", "report", own(302), RETURN),
    Row("report_withdraw", "report signing", "report", own(403), {}),
    Row("report_void", "report signing", "report", own(302), RETURN),
    Row("report_pdf", "report written", "report", own(404)),
    Row("report_pdf", "report signing", "report", own(200)),
    Row("report_pdf", "report submitted", "report", HANDED_IN),
    Row("report_print", "report written", "report", own(302), {}),
    Row("report_print", "report submitted", "report", {**dict.fromkeys(ROLES, 404), "visitor": 302}, {}),
    Row("print_order", "report written", "print", own(200)),
    Row("print_file", "report written", "print", own(302)),
    Row("report_word", "report written", "report", own(200)),
    Row("report_word", "report submitted", "report", HANDED_IN),
    Row("report_numbers", "report written", "report", own(200)),
    Row("report_numbers", "report submitted", "report", HANDED_IN),
    Row("report_picture", "report submitted", "report page", HANDED_IN),
    Row("report_paper", "report paper", "report", own(200)),
    Row("report_paper", "report submitted", "report", own(404, 403)),
    Row("report_paper_scan", "report paper", "report", own(422), {}),
    Row("report_paper_confirm", "report paper", "report record", own(404), {}),
    Row("report_paper_decline", "report paper", "report record", own(404), RETURN),
    Row("report_scan_page", "report paper", "report scan", own(404)),
    Row("report_scan_file", "report paper", "report scanned", own(404)),
    Row("report_accept", "report submitted", "report", only("clerk", "leader", "office"), {}),
    Row("report_return", "report submitted", "report", only("clerk", "leader", "office", status=200)),
    Row("report_return", "report submitted", "report", only("clerk", "leader", "office"), RETURN),
    Row("report_reopen", "report accepted", "report", only("clerk", "leader", "office", status=200)),
    Row("report_reopen", "report accepted", "report", only("clerk", "leader", "office"), RETURN),
    Row("report_compare", "report accepted", "report", HANDED_IN),
    Row("report_compare", "report submitted", "report", {**dict.fromkeys(ROLES, 404), "visitor": 302}),
]

# While it is made, the bloc's report exists for those who make, check and receive it.
MAKING: Answers = {**NOBODY, "member": 404}
TYPED = {"version": "0", "text": "Chữ của khối"}


def making(*roles: str, status: int = 302) -> Answers:
    """The leader unit's people, or those named."""
    return only(*(roles or ("clerk", "leader")), status=status, of=MAKING)


BLOC_REPORTS = [
    Row("bloc_report", "bloc report drafted", "bloc report", HIDDEN_DRAFT),
    Row("bloc_report", "bloc report signing", "bloc report", HIDDEN_DRAFT),
    Row("bloc_report", "bloc report sent", "bloc report"),
    Row("bloc_report_gather", "bloc report drafted", "bloc report", making(), {}),
    Row("bloc_report_head", "bloc report drafted", "bloc report", making(), {"version": "0", "number": "12/BC"}),
    Row("bloc_report_section", "bloc report drafted", "bloc section", HIDDEN_DRAFT),
    Row("bloc_report_own", "bloc report drafted", "bloc section", making(), TYPED),
    Row("bloc_report_check", "bloc report drafted", "bloc report", making("deputy"), {}),
    Row("bloc_report_open", "bloc report drafted", "bloc report", MAKING),
    Row("bloc_report_return", "bloc report drafted", "bloc report", making("deputy", status=200)),
    Row("bloc_report_return", "bloc report drafted", "bloc report", making("deputy"), RETURN),
    Row("bloc_report_return", "bloc report sent", "bloc report", only("office", status=200)),
    Row("bloc_report_return", "bloc report sent", "bloc report", only("office"), RETURN),
    Row("bloc_report_preview", "bloc report drafted", "bloc report", HIDDEN_DRAFT),
    Row("bloc_report_word", "bloc report drafted", "bloc report", HIDDEN_DRAFT),
    Row("bloc_report_word", "bloc report sent", "bloc report"),
    Row("bloc_report_numbers", "bloc report drafted", "bloc report", HIDDEN_DRAFT),
    Row("bloc_report_numbers", "bloc report sent", "bloc report"),
    Row("bloc_report_print", "bloc report drafted", "bloc report", redirected(HIDDEN_DRAFT), {}),
    Row("bloc_report_pdf", "bloc report drafted", "bloc report", {**dict.fromkeys(ROLES, 404), "visitor": 302}),
    Row("bloc_report_pdf", "bloc report sent", "bloc report"),
    Row("bloc_report_picture", "bloc report sent", "bloc report page"),
    Row("bloc_report_sign", "bloc report signing", "bloc report", making("leader", status=200)),
    Row("bloc_report_sign", "bloc report signing", "bloc report", making("leader", status=422), {"secret": SECRET}),
    Row("bloc_report_refuse", "bloc report signing", "bloc report", making("leader"), RETURN),
    Row("bloc_report_withdraw", "bloc report signing", "bloc report", making("leader", status=403), {}),
    Row("bloc_report_void", "bloc report signing", "bloc report", making(), RETURN),
    Row("passage_save", "bloc report drafted", "passage", making(), TYPED),
    Row("passage_choose", "bloc report drafted", "passage", making(), {"is_included": "0"}),
    Row("passage_settle", "bloc report drafted", "passage", MAKING, {"source": "1", "take": "1"}),
]


# While it is made, the province's summary exists for its office and the provincial leaders; signed, for every unit of the province.
OF_PROVINCE: Answers = {**dict.fromkeys(ROLES, 404), "visitor": 302, "office": 200, "director": 200}
SIGNED_FOR_ALL: Answers = {**SEEN, "stranger": 200}
SUMMING: Answers = {**OF_PROVINCE, "office": 403, "director": 403}
TO_THE_OFFICE: Answers = only("office", of=SUMMING)


def as_leader(status: int) -> Answers:
    return only("director", status=status, of=SUMMING)


PROVINCE_REPORTS = [
    Row("province_reports", answers=SIGNED_IN),
    Row("province_report_start", answers={**dict.fromkeys(ROLES, 403), "visitor": 302}, send={"year": "1999", "kind": "final"}),
    Row("province_report", "province drafted", "province", OF_PROVINCE),
    Row("province_report", "province signing", "province", OF_PROVINCE),
    Row("province_report", "province signed", "province", SIGNED_FOR_ALL),
    Row("province_report_gather", "province drafted", "province", TO_THE_OFFICE, {}),
    Row("province_report_head", "province drafted", "province", TO_THE_OFFICE, {"version": "0", "number": "12/BC"}),
    Row("province_report_section", "province drafted", "province section", OF_PROVINCE),
    Row("province_report_own", "province drafted", "province section", TO_THE_OFFICE, TYPED),
    Row("province_report_open", "province drafted", "province", TO_THE_OFFICE, {}),
    Row("province_report_reopen", "province drafted", "province", SUMMING),
    Row("province_report_reopen", "province signed", "province", {**NOBODY, "stranger": 403, "office": 200}),
    Row("province_report_reopen", "province signed", "province", {**NOBODY, "stranger": 403, "office": 302}, RETURN),
    Row("province_report_preview", "province drafted", "province", OF_PROVINCE),
    Row("province_report_word", "province drafted", "province", OF_PROVINCE),
    Row("province_report_word", "province signed", "province", SIGNED_FOR_ALL),
    Row("province_report_numbers", "province drafted", "province", OF_PROVINCE),
    Row("province_report_numbers", "province signed", "province", SIGNED_FOR_ALL),
    Row("province_report_pdf", "province drafted", "province", {**dict.fromkeys(ROLES, 404), "visitor": 302}),
    Row("province_report_print", "province drafted", "province", {**OF_PROVINCE, "office": 302, "director": 302}, {}),
    Row("province_report_pdf", "province signed", "province", SIGNED_FOR_ALL),
    Row("province_report_picture", "province signed", "province page", SIGNED_FOR_ALL),
    Row("province_report_sign", "province signing", "province", as_leader(200)),
    Row("province_report_sign", "province signing", "province", as_leader(422), {"secret": SECRET}),
    Row("province_report_refuse", "province signing", "province", as_leader(302), RETURN),
    Row("province_report_withdraw", "province signing", "province", SUMMING, {}),
    Row("province_report_void", "province signing", "province", TO_THE_OFFICE, RETURN),
    Row("province_passage_save", "province drafted", "province passage", TO_THE_OFFICE, TYPED),
    Row("province_passage_choose", "province drafted", "province passage", TO_THE_OFFICE, {"is_included": "0"}),
    Row("province_passage_settle", "province drafted", "province passage", SUMMING, {"source": "1", "take": "1"}),
]


WATCHING: Answers = {**SEEN, "member": 403}
PROVINCE: Answers = {**dict.fromkeys(ROLES, 403), "visitor": 302, "office": 200, "other_office": 200, "director": 200}
BOARDS = [
    Row("obligations", answers=PROVINCE),
    Row("bloc_obligations", "empty", "bloc", WATCHING),
]
ACTIVITIES = [
    Row("activities", answers={**SIGNED_IN, **dict.fromkeys(("member", "clerk", "deputy", "leader"), 302)}),
    Row("bloc_activities", "empty", "bloc"),
    Row("activity_new", "empty", "bloc", {**SEEN, "director": 403}),
    Row("activity", "empty", "activity"),
    Row("activity_edit", "empty", "activity", only("member", "clerk", "leader", "office", status=200)),
    Row("activity_remove", "empty", "activity", only("member", "clerk", "leader", "office"), {}),
    Row("activity_photo_add", "empty", "activity", only("member", "clerk", "leader", "office", status=422), {"caption": "Ảnh"}),
    Row("activity_photo_remove", "empty", "activity photo", only("member", "clerk", "leader", "office"), {}),
    Row("activity_photo", "empty", "activity photo", more={"size": "nho"}),
]
