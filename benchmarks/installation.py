"""A throw-away installation with the demonstration: its own folder, SQLite, signing authority and static files.

It must be prepared before anything reads Django's settings, so modules that need models are imported afterwards.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing of the person's own environment may steer what is measured.
_FOREIGN = (
    "ALLOWED_HOSTS", "AUTHORITY_NAME", "AUTHORITY_PASSPHRASE", "DATABASE_URL", "DEBUG", "DOCUMENT_FONT_DIR", "PUBLIC_BASE_URL",
    "SECURE_SSL_REDIRECT", "SESSION_HOURS", "TRUSTED_PROXIES",
)  # fmt: skip


@contextmanager
def prepared(*, database: str = "") -> Iterator[Path]:
    """Set Django up in a temporary folder (on this database, or on an SQLite file there), with tables, keys and static files."""
    folder = Path(tempfile.mkdtemp(prefix="emulation-bench-"))
    try:
        _settle_environment(folder, database)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("setup", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def load_demonstration() -> None:
    """What `make demo` loads."""
    from emulation.office.demo import loading
    from emulation.records.domain import seals

    loading.load()
    seals.seal_new_heads()


def _settle_environment(folder: Path, database: str) -> None:
    for name in _FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="emulation.settings",
        SECRET_KEY="measurements only: never the key of a running system",
        VAR_DIR=str(folder),
        PLAIN_HTTP="1",
        LOG_LEVEL="CRITICAL",
        # A driven browser keeps an event loop in the main thread, where Django would refuse to touch the database.
        DJANGO_ALLOW_ASYNC_UNSAFE="true",
    )
    if database:
        os.environ["DATABASE_URL"] = database
