"""The only door to the page engine: nothing foreign is read, nothing depends on the thread or the process."""

import http.server
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from django.conf import settings

from emulation.pdf import render as door
from emulation.pdf.render import Unrenderable, render, warm
from tests.pdf.samples import covenant_html, covenant_pdf, covenant_text, document_frame, printed, units

PAGE = '<html lang="vi"><title>Thử</title><body>{}</body></html>'


class Listener(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *args):
        """Silence."""


def in_another_process(program, *arguments):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "emulation.settings"}
    subprocess.run([sys.executable, "-c", program, *arguments], cwd=settings.BASE_DIR, env=environment, check=True)


@pytest.fixture
def listener():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Listener.asked.clear()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd" alt="">',
        '<img src="../../manage.py" alt="">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<style>@import "/etc/passwd";</style>',
        '<style>@font-face { font-family: X; src: url("file:///etc/passwd") } p { font-family: X }</style><p>x</p>',
        '<p style="background: url(file:///etc/hostname)">x</p>',
        '<object data="file:///etc/passwd"></object>',
        '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="">',
        '<img src="file://host/share/x.png" alt="">',
    ],
)
def test_files_that_are_not_ours_stop_the_printing(html):
    with pytest.raises(Unrenderable, match="not ours"):
        render(PAGE.format(html))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{}/x.png" alt="">',
        '<link rel="stylesheet" href="{}/x.css">',
        '<style>@import url("{}/x.css");</style>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{}/x.png" width="9" height="9"/></svg>',
        '<link rel="attachment" href="{}/x.txt">',
    ],
)
def test_no_host_is_ever_asked(html, listener):
    with pytest.raises(Unrenderable, match="not ours"):
        render(PAGE.format(html.format(f"http://127.0.0.1:{listener.server_port}")))
    assert Listener.asked == []


def test_a_link_out_of_the_document_folder_is_not_followed(tmp_path):
    link = settings.BASE_DIR / "templates" / "documents" / f"{tmp_path.name}.png"
    link.symlink_to("/etc/passwd")
    try:
        with pytest.raises(Unrenderable, match="not ours"):
            render(PAGE.format(f'<img src="{link.name}" alt="">'))
    finally:
        link.unlink()


def test_a_nest_without_end_is_refused():
    with pytest.raises(Unrenderable, match="nested"):
        render(PAGE.format("<div>" * 10_000))


def test_a_text_without_end_is_refused():
    with pytest.raises(Unrenderable, match="characters"):
        render("x" * 4_000_001)


def test_after_a_refusal_the_next_document_prints():
    with pytest.raises(Unrenderable):
        render(PAGE.format('<img src="file:///etc/passwd" alt="">'))
    assert render(PAGE.format("<p>Được</p>")).startswith(b"%PDF-1.7")


def test_decomposed_text_is_printed_composed():
    assert render(PAGE.format("<p>Vie\u0302\u0323t</p>")) == render(PAGE.format("<p>Việt</p>"))


def test_threads_take_turns_and_print_the_same():
    names = units(3)
    text, frame = covenant_text(names), document_frame(names)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: printed(text, frame), range(8)))
    assert set(made) == {covenant_pdf(3)}


def test_another_process_prints_the_same(tmp_path):
    program = (
        "import django; django.setup()\nimport sys, pathlib\nfrom tests.pdf.samples import covenant_pdf\n"
        "pathlib.Path(sys.argv[1]).write_bytes(covenant_pdf(3))\n"
    )
    target = tmp_path / "other.pdf"
    in_another_process(program, target)
    assert target.read_bytes() == covenant_pdf(3)


def test_the_engine_is_imported_only_when_something_is_printed():
    program = (
        "import django; django.setup()\nimport sys\n"
        "import emulation.pdf.render, emulation.pdf.finish, emulation.pdf.stamp, emulation.pdf.fonts, blocs.documents.covenant\n"
        "assert 'weasyprint' not in sys.modules"
    )
    in_another_process(program)


def test_warming_leaves_a_press_ready():
    warm()
    assert door._own.press.fonts is not None


def test_a_stamp_sheet_has_no_tags(tmp_path):
    file = tmp_path / "plain.pdf"
    file.write_bytes(render(PAGE.format("<p>x</p>"), sheet="stamp.css", variant=""))
    with pikepdf.open(file) as plain:
        assert "/StructTreeRoot" not in plain.Root


def test_the_spared_stylesheet_prints_the_same_bytes(monkeypatch):
    import weasyprint

    html = covenant_html(covenant_text(units(8)), document_frame(units(8))) + "<ul><li>a</li></ul><ol><li>b</li></ol>"
    spared = render(html)
    monkeypatch.setattr(door, "_page", lambda: weasyprint.HTML)
    assert render(html) == spared
