"""A text is saved while it is typed, and nothing typed is ever lost: log-out, no network, two people, a field that is gone.

The server below keeps its half of the contract that static/js/autosave.js states, with two fields of one text.
"""

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

PAGE = """{% extends "layout/base.html" %}{% load look static %}
{% block title %}Soạn{% endblock %}{% block heading %}Soạn{% endblock %}
{% block actions %}{% save_state %}{% button "Công bố" post="/publish/" %}{% endblock %}
{% block content %}
<form method="post" action="/save/" autocomplete="off" data-autosave="/save/" data-autosave-key="nguoi-1:van-ban-1">{% csrf_token %}
<input type="hidden" name="version" value="{{ text.version }}">
<label>agreed <input type="checkbox" name="agreed"{% if text.fields.agreed %} checked{% endif %}></label>
<label>grade <select name="grade"><option>A</option><option{% if text.fields.grade == "B" %} selected{% endif %}>B</option></select></label>
{% for name, value in text.areas %}<div id="div_id_{{ name }}"><label for="id_{{ name }}">{{ name }}</label>
<textarea class="form-control" name="{{ name }}" id="id_{{ name }}">{{ value }}</textarea></div>{% endfor %}
</form>{% conflict %}{% endblock %}
{% block scripts %}<script src="{% static "js/autosave.js" %}" defer></script>{% endblock %}"""


class Text:
    """What is stored, and when each field last changed."""

    def __init__(self) -> None:
        self.fields = {"heading": "Tiêu đề", "body": "Nội dung", "agreed": "", "grade": "A"}
        self.changed_in = dict.fromkeys(self.fields, 1)
        self.version = 1
        self.signed_in = True
        self.published: dict[str, str] | None = None

    @property
    def areas(self) -> list[tuple[str, str]]:
        return [(name, self.fields[name]) for name in ("heading", "body") if name in self.fields]

    def put(self, name: str, value: str) -> None:
        self.version += 1
        self.fields[name], self.changed_in[name] = value, self.version


text = Text()


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render({"text": text}, request))


def save(request: HttpRequest) -> HttpResponse:
    if not text.signed_in:
        return HttpResponse("<title>Đăng nhập</title>")
    errors, conflicts = {}, {}
    for name in request.POST.getlist("changed"):
        value = request.POST.get(name, "")
        if value == "" and name != "agreed":
            errors[name] = ["Chưa nhập ô này."]
        elif text.changed_in[name] > int(request.POST["version"]):
            conflicts[name] = {"theirs": text.fields[name], "who": "Đại úy Cao Thị N", "at": "lúc 09:41"}
        else:
            text.put(name, value)
    status = 409 if conflicts else 422 if errors else 200
    answer = {"version": text.version, "saved_at": "09:42:16", "errors": errors, "conflicts": conflicts}
    return JsonResponse(answer, status=status)


def publish(request: HttpRequest) -> HttpResponse:
    text.published = dict(text.fields)
    return HttpResponse("<!doctype html><html lang=vi><link rel=icon href='data:,'><title>Đã công bố</title>")


def nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", show, name="home"),
    path("save/", save),
    path("publish/", publish),
    path("dang-nhap/", nowhere, name="login"),
    path("notices/", nowhere, name="notices"),
]


@pytest.fixture
def writer(settings, new_context):
    settings.ROOT_URLCONF = __name__
    text.__init__()
    page = new_context().new_page()
    page.goto("/")
    return page


def kept(page):
    return page.evaluate("localStorage.length")


def expect_state(page, state):
    page.wait_for_selector(f'[data-save-state][data-state="{state}"]', state="attached")


def saved(page):
    """What was typed since the page was loaded is stored."""
    page.get_by_text("Đã lưu lúc 09:42:16").wait_for()


def test_typed_text_is_saved_by_itself(writer):
    writer.get_by_label("body").fill("Câu mới")
    saved(writer)
    assert text.fields == {**Text().fields, "body": "Câu mới"}
    assert kept(writer) == 0


def test_what_is_typed_before_the_script_has_come_is_saved_too(writer):
    held = []

    def hold(route):
        held.append(route)

    writer.route("**/js/autosave*.js", hold)
    writer.reload(wait_until="commit")
    writer.get_by_label("body").fill("Gõ khi trang chưa tải xong")
    writer.get_by_label("agreed").check()
    writer.get_by_label("grade").select_option("B")
    assert text.fields == Text().fields
    held[0].continue_()
    saved(writer)
    assert text.fields == {"heading": "Tiêu đề", "body": "Gõ khi trang chưa tải xong", "agreed": "on", "grade": "B"}


def test_going_back_shows_what_is_stored(writer):
    writer.get_by_label("body").fill("Của tôi")
    saved(writer)
    writer.goto("/notices/")
    text.put("body", "Sau đó người khác sửa")
    writer.go_back()
    writer.get_by_label("heading").fill("Tiêu đề mới")
    saved(writer)
    assert text.fields["body"] == writer.get_by_label("body").input_value() == "Sau đó người khác sửa"


def test_a_fault_is_told_under_its_field_and_the_stored_value_stays(writer):
    writer.get_by_label("heading").fill("")
    expect_state(writer, "invalid")
    assert writer.locator("#div_id_heading").get_by_text("Chưa nhập ô này.").is_visible()
    assert text.fields["heading"] == "Tiêu đề"
    writer.get_by_label("heading").fill("Tiêu đề hai")
    expect_state(writer, "saved")
    assert writer.get_by_text("Chưa nhập ô này.").count() == 0


@pytest.mark.parametrize(("choice", "result"), [("Giữ của tôi", "Của tôi"), ("Lấy giá trị này", "Của người khác")])
def test_the_second_of_two_people_chooses(writer, choice, result):
    text.put("body", "Của người khác")
    writer.get_by_label("body").fill("Của tôi")
    expect_state(writer, "conflict")
    assert text.fields["body"] == "Của người khác"
    box = writer.get_by_role("group", name="Hai người sửa một ô")
    assert "Đại úy Cao Thị N" in box.inner_text()
    box.get_by_role("button", name=choice).click()
    expect_state(writer, "saved")
    assert text.fields["body"] == writer.get_by_label("body").input_value() == result


def test_without_a_network_the_text_stays_and_is_saved_later(writer, watch):
    writer.route("**/save/", lambda route: route.abort())
    writer.get_by_label("body").fill("Gõ khi mất mạng")
    expect_state(writer, "offline")
    writer.unroute("**/save/")
    writer.evaluate("window.dispatchEvent(new Event('online'))")
    expect_state(writer, "saved")
    assert text.fields["body"] == "Gõ khi mất mạng"
    assert all("/save/" in complaint for complaint in watch.complaints)
    watch.complaints.clear()


def test_after_log_out_the_text_is_still_there(writer):
    text.signed_in = False
    writer.get_by_label("body").fill("Gõ sau khi hết phiên")
    expect_state(writer, "signed-out")
    assert text.fields["body"] == "Nội dung"
    text.signed_in = True
    writer.reload()
    expect_state(writer, "saved")
    writer.wait_for_function("localStorage.length === 0")
    assert text.fields["body"] == "Gõ sau khi hết phiên"


def test_text_of_a_field_that_is_gone_is_shown(writer):
    text.signed_in = False
    writer.get_by_label("body").fill("Nội dung của điều đã bị bỏ")
    expect_state(writer, "signed-out")
    del text.fields["body"]
    writer.reload()
    box = writer.get_by_role("group", name="Nội dung chưa lưu")
    assert "Nội dung của điều đã bị bỏ" in box.inner_text()
    box.get_by_role("button", name="Không cần nữa").click()
    assert kept(writer) == 0


def test_an_act_elsewhere_on_the_page_waits_for_the_text(writer):
    writer.get_by_label("body").fill("Câu cuối trước khi công bố")
    writer.get_by_role("button", name="Công bố").click()
    writer.wait_for_url("**/publish/")
    assert text.published["body"] == "Câu cuối trước khi công bố"
