"""The moves of a sheet and of a snapshot as tables. A campaign goes through its phases in their order."""

from emulation.lib.workflow import Move, Workflow
from scoring.enums import SheetState as Sheet
from scoring.enums import StandingState as Standing

SHEET = Workflow(
    [
        Move("submit", (Sheet.OPEN, Sheet.RETURNED), Sheet.SUBMITTED, "Nộp"),
        Move("return", (Sheet.SUBMITTED,), Sheet.RETURNED, "Trả lại"),
        Move("reopen", (Sheet.SUBMITTED, Sheet.ACCEPTED), Sheet.RETURNED, "Trả lại vì đổi bộ tiêu chí"),
        Move("accept", (Sheet.SUBMITTED,), Sheet.ACCEPTED, "Tiếp nhận"),
        Move("lock", (Sheet.OPEN, Sheet.SUBMITTED, Sheet.RETURNED), Sheet.LOCKED, "Khóa"),
        Move("unlock", (Sheet.LOCKED,), Sheet.SUBMITTED, "Mở lại khi lùi bước"),
    ]
)

STANDING = Workflow(
    [
        Move("open_signing", (Standing.DRAFT,), Standing.SIGNING, "Mở ký"),
        Move("publish", (Standing.SIGNING,), Standing.PUBLISHED, "Ký đủ, công bố"),
        Move("void", (Standing.SIGNING,), Standing.DRAFT, "Hủy vòng ký"),
    ]
)
