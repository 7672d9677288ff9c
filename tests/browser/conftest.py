"""A real browser, Debian's own, against a real server: strict content policy, hashed static files, no other host.

Every page of every test is watched: whatever the browser complains about, and any request to another host, fails the test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError, expect

# Without these Chromium calls home in the background.
QUIET = [
    "--disable-background-networking", "--disable-component-update", "--disable-gpu", "--disable-quic", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip

# What is waited for comes quickly, unless the machine is busy with something else.
PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)

DESK = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": {"width": 1376, "height": 900}}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "no Chromium: install the Debian package chromium, or name the program in CHROMIUM"
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": program, "args": [*QUIET, *sandbox]}


@pytest.fixture
def server(transactional_db: None, settings: Any) -> Iterator[str]:
    """The address of a server in this process, with the middleware (and so the static files) of a real one."""
    thread = LiveServerThread("127.0.0.1", static_handler=lambda media_files: media_files.application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert not thread.error, thread.error
    address = f"http://127.0.0.1:{thread.port}"
    settings.PUBLIC_BASE_URL = address
    yield address
    thread.terminate()
    thread.join()


class Watch:
    """What the browser complained about, and where it wanted to go."""

    def __init__(self, address: str) -> None:
        self.home = urlsplit(address).netloc
        self.complaints: list[str] = []

    def attach(self, context: BrowserContext) -> None:
        context.on("console", self.on_console)
        context.on("weberror", self.on_error)
        context.on("request", self.on_request)

    def on_console(self, message: ConsoleMessage) -> None:
        # A refusal (403) or a missing page (404) that a test provokes is reported too; the test itself looks at those.
        expected = message.text.startswith("Failed to load resource: the server responded with a status of 4")
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location})")

    def on_error(self, error: WebError) -> None:
        self.complaints.append(f"script error: {error.error}")

    def on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.home:
            self.complaints.append(f"request to another host: {request.url}")


@pytest.fixture
def watch(server: str) -> Iterator[Watch]:
    watch = Watch(server)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def new_context(watch: Watch, server: str, new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """One more person at a browser of his own: `new_context(viewport=...).new_page().goto("/khoi/")`."""

    def create(**options: Any) -> BrowserContext:
        context = new_context(**{**DESK, "base_url": server, **options})
        context.set_default_timeout(PATIENCE)
        watch.attach(context)
        return context

    return create


@pytest.fixture
def in_thread(transactional_db: None) -> Iterator[Callable[..., Any]]:
    """Call a function outside of the browser's event loop, where pyHanko works: `in_thread(build_covenant, year=2020)`."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield lambda function, *arguments, **named: pool.submit(function, *arguments, **named).result()
        pool.submit(connections.close_all).result()
