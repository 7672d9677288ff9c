"""`manage.py demo`: load the demonstration into an empty database. The last line is the path of the signed covenant of 2020."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from emulation.office.demo import loading
from emulation.records import seal_key
from emulation.records.domain import seals


class Command(BaseCommand):
    help = "Load the demonstration; refused when the database holds anything else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only into an empty embedded database; otherwise do nothing, quietly"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not (settings.EMBEDDED_DATABASE and loading.is_empty()):
            return
        try:
            path = loading.load()
            seals.seal_new_heads()
        except loading.NotEmpty as error:
            raise CommandError(
                "Cơ sở dữ liệu đã có dữ liệu khác, dữ liệu mẫu không được nạp lẫn vào. / The database holds something else: "
                "point DATABASE_URL, or VAR_DIR for the embedded one, at an empty one."
            ) from error
        except loading.NoDemonstrationAuthority as error:
            raise CommandError(
                "Đơn vị cấp chứng thư thật không ký văn bản mẫu. / A real signing authority never signs a demonstration: "
                "run it without AUTHORITY_PASSPHRASE and with a VAR_DIR of its own."
            ) from error
        except seal_key.SealKeyProblem as error:
            raise CommandError(f"{error}: run `manage.py setup` first") from error
        self.stdout.write(f"Giao ước mẫu năm 2020 đã ký đủ / the signed covenant of 2020:\n{path}")
