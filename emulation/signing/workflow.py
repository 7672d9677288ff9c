"""The moves of a round, of a slot and of the record of a signing on paper, as tables."""

from emulation.lib.workflow import Move, Workflow
from emulation.signing.enums import PaperState as Paper
from emulation.signing.enums import RoundState as Round
from emulation.signing.enums import SlotState as Slot

ROUND = Workflow(
    [
        Move("complete", (Round.OPEN,), Round.COMPLETED, "Ký đủ"),
        Move("void", (Round.OPEN,), Round.VOIDED, "Hủy vòng ký"),
    ]
)

SLOT = Workflow(
    [
        Move("open", (Slot.WAITING,), Slot.READY, "Đến lượt ký"),
        Move("sign", (Slot.READY,), Slot.SIGNED, "Ký"),
        Move("refuse", (Slot.READY,), Slot.REFUSED, "Từ chối ký"),
        Move("withdraw_refusal", (Slot.REFUSED,), Slot.READY, "Rút lại từ chối"),
        Move("void", (Slot.WAITING, Slot.READY, Slot.REFUSED, Slot.SIGNED), Slot.VOID, "Hủy"),
    ]
)

PAPER = Workflow(
    [
        Move("confirm", (Paper.PENDING,), Paper.CONFIRMED, "Xác nhận đã ký giấy"),
        Move("decline", (Paper.PENDING,), Paper.DECLINED, "Trả lại bản ghi"),
        Move("void", (Paper.PENDING,), Paper.VOID, "Hủy"),
    ]
)
