"""The watch over the browser sees what it is there for: each page below breaks one rule."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGES = {
    "clean": '<p>Không có gì<progress value="1" max="2"></progress>',
    "inline-script": "<script>document.title = 'x'</script>",
    "inline-style": '<p style="color: red">đỏ',
    "handler": '<img src="data:," alt="" onerror="document.title = 1">',
    "other-host": '<img src="http://192.0.2.1/x.png" alt="">',
    "inline-sheet": "<style>p { color: red }</style>",
}


def show(request: HttpRequest, which: str) -> HttpResponse:
    return HttpResponse(f'<!doctype html><html lang="vi"><title>Thử</title><link rel="icon" href="data:,">{PAGES[which]}')


urlpatterns = [path("<slug:which>/", show)]


@pytest.fixture
def pages_of_this_file(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if name.startswith(("csp.", "whitenoise.", "emulation.request_id"))
    ]


def test_a_clean_page_passes(pages_of_this_file, watch, page):
    page.goto("/clean/")
    assert page.title() == "Thử"
    assert watch.complaints == []


@pytest.mark.parametrize("which", [which for which in PAGES if which != "clean"])
def test_a_page_that_breaks_a_rule_is_noticed(pages_of_this_file, watch, page, which):
    page.goto(f"/{which}/")
    page.wait_for_timeout(200)
    complaints, watch.complaints = watch.complaints, []
    assert complaints
    assert page.title() == "Thử"


def test_static_files_come_by_their_hashed_names(pages_of_this_file, page):
    from django.templatetags.static import static

    address = static("vendor/tabler/tabler.min.css")
    assert address != "/static/vendor/tabler/tabler.min.css"
    answer = page.goto(address)
    assert answer.status == 200
    assert "immutable" in answer.headers["cache-control"]
