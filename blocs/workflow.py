"""The moves of a document, as a table."""

from blocs.enums import DocumentState as State
from emulation.lib.workflow import Move, Workflow

DOCUMENT = Workflow(
    [
        Move("publish", (State.DRAFT, State.DISCUSSION), State.DISCUSSION, "Công bố bản dự thảo"),
        Move("adopt", (State.DISCUSSION,), State.ADOPTED, "Ghi nhận thống nhất"),
        Move("redraft", (State.ADOPTED,), State.DISCUSSION, "Đưa về lấy ý kiến"),
        Move("open_signing", (State.ADOPTED,), State.SIGNING, "Mở ký"),
        Move("complete", (State.SIGNING,), State.SIGNED, "Ký đủ"),
        Move("reopen", (State.SIGNING,), State.DRAFT, "Mở lại dự thảo"),
    ]
)
