"""`manage.py setup`: everything that must be there before the first request. Calling it again changes nothing."""

import contextlib
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from emulation.lib import private_files
from emulation.office.domain import first_start
from emulation.pdf import fonts
from emulation.records import seal_key
from emulation.signing.authority import AuthorityProblem
from emulation.signing.domain import authorities


class Command(BaseCommand):
    help = "Make the folders, the secret key, the database, the fonts, the sealer's key and the signing authority."

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = not options["verbosity"]
        try:
            make_folders()
            make_secret_key()
            migrate()
            fonts.ensure_subsets()
            make_seal_key()
            authority = authorities.ensure()
            code = first_start.ensure_code()
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        except DatabaseError as error:
            raise CommandError(f"the database does not answer (DATABASE_URL): {error}") from error
        except (private_files.UnsafeFile, fonts.FontMissing) as error:
            raise CommandError(str(error)) from error
        except (AuthorityProblem, seal_key.SealKeyProblem) as error:
            raise CommandError(f"{error}. Is AUTHORITY_PASSPHRASE the one with which {settings.VAR_DIR} was set up?") from error
        self.say("Thư mục dữ liệu / data folder", settings.VAR_DIR)
        self.say("Cơ sở dữ liệu / database", f"{connection.vendor}, {connection.settings_dict['NAME']}")
        self.say("Đơn vị cấp chứng thư / signing authority", authority.name)
        if code:
            self.say("Mã khởi đầu cho trang /khoi-dau/ nằm trong tệp / code for the first page, in the file", code)

    def say(self, label: str, value: object) -> None:
        if not self.quiet:
            self.stdout.write(f"{label}: {value}")


def make_folders() -> None:
    """The data folder and those in it, for this account only."""
    private = (settings.AUTHORITY_DIR, settings.SEAL_DIR, settings.DOCUMENTS_DIR, settings.UPLOADS_DIR, settings.EXPORTS_DIR)
    for folder in (settings.VAR_DIR, *private):
        path = Path(folder)
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o700)


def make_secret_key() -> None:
    """The file from which the settings read the secret key when the environment gives none."""
    with contextlib.suppress(FileExistsError):
        private_files.create(Path(settings.VAR_DIR) / "secret_key", f"{secrets.token_urlsafe(50)}\n".encode("ascii"))


def migrate() -> None:
    """Bring the tables and triggers up to date."""
    call_command("migrate", interactive=False, verbosity=0)


def make_seal_key() -> None:
    """The sealer's key, or a look whether the one that is there opens."""
    try:
        seal_key.create(Path(settings.SEAL_DIR), passphrase=settings.AUTHORITY_PASSPHRASE)
    except FileExistsError:
        seal_key.load(Path(settings.SEAL_DIR), settings.AUTHORITY_PASSPHRASE)
