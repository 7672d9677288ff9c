"""Every component in every state on one page, for looking at; the URL exists only while DEBUG is on."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

from emulation.lib import clock
from emulation.lib.verdict import refuse

STEPS = [
    ("Lập khối", "10/01", "done"),
    ("Dự thảo", "14/02", "done"),
    ("Lấy ý kiến", "trễ 5 ngày, hạn 28/02", "late"),
    ("Ký giao ước", "hạn 06/03", "now"),
    ("Sơ kết", "30/06", "todo"),
    ("Tự chấm, báo cáo", "10/11", "todo"),
    ("Bàn giao", "10/12", "todo"),
]
BADGES = [
    ("ok", "Đã ký 14:31", "signature"),
    ("wait", "Chưa ký", ""),
    ("mine", "Chờ đồng chí ký", ""),
    ("late", "Trễ 5 ngày", ""),
    ("doing", "Đang ký 5/9", "writing"),
    ("info", "Lấy ý kiến 5/8", ""),
    ("done", "Đã thông qua", ""),
    ("neutral", "Đã đóng", ""),
    ("refused", "Từ chối", ""),
    ("void", "Đã hủy", ""),
]
SEATS = [
    ("Quảng Ninh", "signed"),
    ("Đồng Hới", "signed"),
    ("Ba Đồn", "signed"),
    ("Bố Trạch", "mine"),
    ("Lệ Thủy", "empty"),
    ("Minh Hóa", "refused"),
    ("Quảng Trạch", "empty"),
    ("Tuyên Hóa", "signed"),
    ("Chứng kiến", "witness"),
]
UNITS = [
    ("Công an huyện Quảng Ninh", "leader", "Khối trưởng", "Thượng tá Nguyễn Văn A", "ok", "Đã ký 14:31"),
    ("Công an TP. Đồng Hới", "deputy", "Khối phó", "Thượng tá Trần Thị B", "ok", "Đã ký 14:33"),
    ("Công an huyện Bố Trạch", "member", "Thành viên", "Thượng tá Lê Văn D", "mine", "Chờ đồng chí ký"),
    ("Công an huyện Lệ Thủy", "member", "Thành viên", "Thượng tá Hoàng Văn E", "wait", "Chưa ký"),
]
ANSWERS = [
    ("file-text", "Đây là tệp nào?", "Bản cuối cùng, có đủ chữ ký. Hệ thống lưu đúng tệp này từ 15:02 ngày 04/03/2020."),
    ("fingerprint", "Có còn nguyên vẹn không?", "Nguyên vẹn. Không có nội dung nào bị sửa, thêm hoặc bớt."),
    ("users", "Ai đã ký, với tư cách gì?", "8 chỉ huy đơn vị và 1 người chứng kiến, mỗi người một chữ ký riêng."),
]
REDLINE = [
    ("same", "…tỷ lệ điều tra, khám phá đạt từ 80% trở lên, trong đó án rất nghiêm trọng đạt từ "),
    ("del", "90%"),
    ("same", " "),
    ("ins", "95%"),
    ("same", " trở lên"),
    ("ins", "; không để tội phạm hoạt động theo kiểu băng, nhóm"),
    ("same", "."),
]


class SampleForm(forms.Form):
    """One field of each kind; bound with faults, so that errors show too."""

    day = forms.DateField(label="Ngày ký", help_text="Ngày, tháng, năm, ví dụ 04/03/2020.")
    cases = forms.IntegerField(label="Số vụ khám phá", localize=True)
    text = forms.CharField(label="Nội dung", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    unit = forms.ChoiceField(
        label="Đơn vị", choices=[("1", "Công an huyện Lệ Thủy"), ("2", "Công an TX. Ba Đồn")], required=False
    )
    stand = forms.ChoiceField(
        label="Ý kiến", choices=[("1", "Thống nhất"), ("2", "Bảo lưu")], widget=forms.RadioSelect, required=False
    )
    read = forms.BooleanField(label="Đã đọc toàn văn", required=False)
    file = forms.FileField(label="Tệp PDF", required=False)
    password = forms.CharField(label="Mật khẩu của đồng chí", widget=forms.PasswordInput, required=False)
    locked = forms.CharField(label="Khóa", disabled=True, required=False, initial="Đã chốt")

    helper = FormHelper()
    helper.form_tag = False


def components(request: HttpRequest) -> HttpResponse:
    """Show the kit; `/thanh-phan/` in DEBUG only."""
    if not messages.get_messages(request):
        messages.success(request, "Đã gửi ý kiến của Công an huyện Bố Trạch.")
        messages.error(request, "Chưa ký được: mật khẩu không đúng.")
    return render(request, "layout/components.html", sample())


def sample() -> dict[str, Any]:
    """The rows that the page shows."""
    return {
        "steps": rows("label note state", STEPS),
        "badges": BADGES,
        "seats": rows("label state", SEATS),
        "numbers": [{"label": number_of(at), "state": state, "name": name} for at, (name, state) in enumerate(SEATS, 1)],
        "units": UNITS,
        "answers": rows("icon question answer", ANSWERS),
        "redline": REDLINE,
        "refusal": refuse("Còn 3 đơn vị chưa thống nhất dự thảo: Lệ Thủy, Minh Hóa, Tuyên Hóa."),
        "save_states": ["untouched", "saved", "saving", "invalid", "conflict", "offline", "signed-out", "locked"],
        "facts": [("Đơn vị", "Công an huyện Bố Trạch"), ("Người ký", "Thượng tá Lê Văn D"), ("Trống", "")],
        "tabs": rows("label url active count", [("Căn cứ", "?", False, None), ("Nội dung", "?", True, 10)]),
        "filters": rows("label url active count", [("Tất cả", "?", True, 12), ("Trễ hạn", "?", False, 2)]),
        "pages": [{"picture": static("img/favicon.svg"), "number": number} for number in range(1, 5)],
        "form": SampleForm(),
        "faulty": SampleForm({"day": "31/02/2020", "cases": "12,5"}),
        **times(),
    }


def times() -> dict[str, Any]:
    """What is counted from this moment."""
    now, today = clock.now(), clock.today()
    later, past = today + timedelta(days=6), today - timedelta(days=5)
    coming = [(today, "Hội nghị ký kết giao ước", "Đang họp", True), (later, "Hạn góp ý kế hoạch", "5/8 đơn vị đã gửi", False)]
    events = [(now, "Công an huyện Tuyên Hóa", "đã ký"), (now, "Công an huyện Minh Hóa", "đã ký (KT.)")]
    return {
        "now": now,
        "soon": now + timedelta(minutes=138),
        "later": later,
        "past": past,
        "coming": rows("day title note today", coming),
        "events": rows("at who what", events),
    }


def rows(names: str, values: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Tuples as the dictionaries that the components take."""
    return [dict(zip(names.split(), row, strict=True)) for row in values]


def number_of(at: int) -> str:
    return "CK" if at == len(SEATS) else str(at)
