"""The moves of a document, of a conference and of its minutes, as tables."""

from blocs.enums import ConferenceState as Conference
from blocs.enums import DocumentState as State
from blocs.enums import MinutesState as Minutes
from emulation.lib.workflow import Move, Workflow

DOCUMENT = Workflow(
    [
        Move("publish", (State.DRAFT, State.DISCUSSION), State.DISCUSSION, "Công bố bản dự thảo"),
        Move("adopt", (State.DISCUSSION,), State.ADOPTED, "Ghi nhận thống nhất"),
        Move("redraft", (State.ADOPTED,), State.DISCUSSION, "Đưa về lấy ý kiến"),
        Move("open_signing", (State.ADOPTED,), State.SIGNING, "Mở ký"),
        Move("attach", (State.ADOPTED,), State.ATTACHED, "Ban hành kèm theo biên bản hội nghị"),
        Move("complete", (State.SIGNING,), State.SIGNED, "Ký đủ"),
        Move("reopen", (State.SIGNING,), State.DRAFT, "Mở lại dự thảo"),
        Move("replace", (State.SIGNED, State.ATTACHED), State.REPLACED, "Thay thế bằng văn bản mới"),
        Move("revoke", (State.SIGNED, State.ATTACHED), State.REVOKED, "Thu hồi"),
    ]
)

CONFERENCE = Workflow(
    [
        Move("hold", (Conference.PLANNED,), Conference.HELD, "Ghi nhận hội nghị đã họp"),
        Move("close", (Conference.HELD,), Conference.CLOSED, "Kết thúc hội nghị"),
        Move("reopen", (Conference.CLOSED,), Conference.HELD, "Mở lại để sửa kết quả"),
    ]
)

MINUTES = Workflow(
    [
        Move("open_signing", (Minutes.DRAFT,), Minutes.SIGNING, "Mở ký biên bản"),
        Move("complete", (Minutes.SIGNING,), Minutes.SIGNED, "Ký đủ"),
        Move("void", (Minutes.SIGNING,), Minutes.DRAFT, "Mở lại biên bản"),
    ]
)
