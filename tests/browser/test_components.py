"""The page of all components: accessible in light and dark, no complaint of the browser, no sideways scrolling on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpResponse
from django.urls import path

from emulation.components_page import components


def nowhere(request):
    return HttpResponse("")


urlpatterns = [
    path("", components, name="home"),
    *(path(f"{name}/", nowhere, name=name) for name in ("login", "notices", "password_change", "choose_position", "set_theme")),
]


@pytest.fixture
def page_of_components(settings, new_context):
    settings.ROOT_URLCONF = __name__

    def show(**options):
        page = new_context(**options).new_page()
        page.goto("/")
        return page

    return show


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_serious_for_axe(page_of_components, scheme, width):
    page = page_of_components(color_scheme=scheme, viewport={"width": width, "height": 900})
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["impact"]) for each in found if each["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_page_scrolls_sideways(page_of_components, width):
    page = page_of_components(viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dialog_opens_and_closes(page_of_components):
    page = page_of_components()
    page.get_by_role("link", name="Hủy vòng ký…").click()
    page.get_by_role("dialog", name="Hủy vòng ký").get_by_role("button", name="Quay lại").click()
    assert page.get_by_role("dialog").count() == 0


def test_the_eye_shows_a_secret_and_hides_it_before_it_is_sent(page_of_components):
    page = page_of_components()
    field = page.get_by_label("Mật khẩu của đồng chí").first
    field.fill("bí mật")
    page.get_by_role("button", name="Hiện mật khẩu").first.click()
    assert field.get_attribute("type") == "text"
    page.get_by_role("button", name="Ẩn mật khẩu").first.click()
    assert field.get_attribute("type") == "password"


def test_the_pages_of_a_document_can_be_read_as_text_without_scripts(page_of_components):
    page = page_of_components(java_script_enabled=False)
    page.get_by_text("Dạng chữ", exact=True).click()
    assert page.get_by_role("heading", name="GIAO ƯỚC THI ĐUA", exact=True).is_visible()
    assert not page.get_by_role("img", name="Trang 1 trên 4").is_visible()


def test_dark_never_reaches_the_printer(page_of_components):
    page = page_of_components(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 20, 18)"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
