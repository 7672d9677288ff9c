"""What every test stands on: an environment of its own, the database that was asked for, and no way out to a network.

The environment must be settled here, before Django reads its settings: chosen any later, a suite that means to run on PostgreSQL
runs on SQLite and says nothing. `EXPECT_VENDOR` therefore names the database that must have been reached; tests/house asserts it.
"""

import gc
import ipaddress
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings

assert not settings.configured, "unset DJANGO_SETTINGS_MODULE: the settings were read before the tests could choose a database"

# Models and pages leave many small things behind; looking through all of them as often as usual takes an eighth of the tests' time.
USUAL_GARBAGE = gc.get_threshold()
SELDOM = (200_000, 50, 100)
gc.set_threshold(*SELDOM)

VAR_DIR = Path(tempfile.mkdtemp(prefix="emulation-tests-"))

# Nothing of the person's own environment may steer the tests.
for name in [
    "ALLOWED_HOSTS", "AUTHORITY_NAME", "AUTHORITY_PASSPHRASE", "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEBUG",
    "DOCUMENT_FONT_DIR", "HELP_LINE", "PUBLIC_BASE_URL", "SECURE_SSL_REDIRECT", "SESSION_HOURS", "TRUSTED_PROXIES",
]:  # fmt: skip
    os.environ.pop(name, None)
os.environ.update(
    DJANGO_SETTINGS_MODULE="emulation.settings",
    SECRET_KEY="tests only: never the key of a running system",
    VAR_DIR=str(VAR_DIR),
    PLAIN_HTTP="1",
    LOG_LEVEL="WARNING",
    # A kept connection of a server thread would stop the test database from being dropped.
    CONN_MAX_AGE="0",
    # A browser under test keeps an event loop in the main thread, where Django would refuse to touch the database.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]


class NetworkRefused(RuntimeError):
    """Something under test tried to reach another machine."""


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: sockets may reach this machine only."""
    if event == "socket.getaddrinfo" and not is_loopback(arguments[0]):
        raise NetworkRefused(f"name lookup of {arguments[0]!r}")
    if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple) and not is_loopback(arguments[1][0]):
        raise NetworkRefused(f"connection to {arguments[1]!r}")


def is_loopback(host: object) -> bool:
    if host in {None, "", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


sys.addaudithook(refuse_network)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="leave out what cannot differ from one database to another")


def pytest_configure(config: pytest.Config) -> None:
    # Strong password hashes are slow on purpose, and every test logs somebody in. The manifest names every file as in earnest;
    # only the compressed copies are left out.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    django.setup()
    # A worker process that inherited this would read its settings too early.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    let_tests_empty_the_tables()
    look_at_static_files_once()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays, as in a serving process; or each burst of work would end with a look through all of it."""
    from emulation.lib import garbage

    garbage.settle()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(VAR_DIR, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark the browser tests by their folder before `-m` chooses, and run them last; leave out what only PostgreSQL can show when it
    is not there.

    Last, because once a browser has been driven, its event loop stays in the main thread and some libraries refuse to work there.
    """
    for item in items:
        if "browser" in item.path.relative_to(config.rootpath).parts:
            item.add_marker("browser")
    yield
    config.hook.pytest_deselected(items=[item for item in items if is_left_out(config, item)])
    kept = [item for item in items if not is_left_out(config, item)]
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("browser") is not None)


def is_left_out(config: pytest.Config, item: pytest.Item) -> bool:
    if item.get_closest_marker("postgres") and not on_postgresql():
        return True
    return config.getoption("--database-only") and (
        not touches_database(item) or item.get_closest_marker("any_database") is not None
    )


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & {"db", "transactional_db"})


def on_postgresql() -> bool:
    return "postgresql" in settings.DATABASES["default"]["ENGINE"]


def let_tests_empty_the_tables() -> None:
    """Insert-only tables refuse to be emptied, which is how a test with real transactions cleans up. So their triggers are
    dropped for that moment; the signal after it creates them again.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    from emulation.records import triggers

    empty = TransactionTestCase._fixture_teardown

    def drop_triggers_and_empty(self: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            for trigger in triggers.declared():
                on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}")
        empty(self)

    TransactionTestCase._fixture_teardown = drop_triggers_and_empty


def look_at_static_files_once() -> None:
    """Every test client has a middleware of its own, and looking at all static files takes it longer than a page does. They stay as
    they were collected, so that the first one looks for all.
    """
    from whitenoise.base import WhiteNoise

    look = WhiteNoise.update_files_dictionary
    found: dict[tuple[str, str], dict[str, object]] = {}

    def look_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            before, self.files = self.files, {}
            look(self, root, prefix)
            found[root, prefix], self.files = self.files, before
        self.files.update(found[root, prefix])

    WhiteNoise.update_files_dictionary = look_once


@pytest.fixture(scope="session", autouse=True)
def collected_static_files() -> None:
    """The manifest that every page needs."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def quick_paper() -> Iterator[None]:
    """Rounds of this module are frozen and signed without printing and cryptography."""
    from tests.without_paper import without_paper

    with without_paper():
        yield


@pytest.fixture
def real_paper() -> Iterator[None]:
    """Printed and signed in earnest, in a module with quick paper."""
    from tests.without_paper import with_paper

    with with_paper():
        yield


@pytest.fixture
def usual_garbage() -> Iterator[None]:
    """Garbage is collected as often as where the application runs: for what is held to a time."""
    gc.set_threshold(*USUAL_GARBAGE)
    yield
    gc.set_threshold(*SELDOM)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What one test remembered, another must not be told."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def work(db: None) -> Callable[[], None]:
    """Let a worker do the waiting tasks, in this process."""

    def run() -> None:
        from django_tasks_db.management.commands.db_worker import Worker
        from django_tasks_db.models import DBTaskResult

        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="tests",
        )
        # Not `worker.run()`, which closes the connection and with it the test's own transaction.
        for waiting in DBTaskResult.objects.ready():
            waiting.claim("tests")
            worker.run_task(waiting)

    return run
