"""What every address of reports, of joint activities and of boards answers to every role; see addresses.py."""

from tests.builders import SECRET
from tests.pages.answers import SEEN, SIGNED_IN, Answers, Row, only
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
