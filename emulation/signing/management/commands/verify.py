"""`manage.py verify FILE [--json]`: the five answers about a file.

Ends with 0 only for the final, intact, complete document that still holds, with 2 for a file that cannot be read, else with 1.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from emulation.lib import clock
from emulation.signing.domain import freezing, full_check
from emulation.signing.domain.full_check import FullCheck
from emulation.signing.inspection import InspectorBusy

NOT_VALID, UNREADABLE = 1, 2


class Command(BaseCommand):
    help = "Verify a PDF file: which it is, intact, signed by whom, complete, still in force."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="the answers for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            checked = full_check.of_file(options["file"])
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror or error}", returncode=UNREADABLE) from error
        except InspectorBusy as error:
            raise CommandError("another file is being inspected on this machine; try again", returncode=NOT_VALID) from error
        self.stdout.write(_as_json(checked) if options["json"] else _as_text(checked))
        if not checked.is_valid:
            sys.exit(NOT_VALID)


def _as_json(checked: FullCheck) -> str:
    found = {
        "valid": checked.is_valid,
        **checked.verification.as_dict(),
        "inspection": json.loads(checked.inspection.as_json()),
        "breaks": checked.breaks,
    }
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _as_text(checked: FullCheck) -> str:
    said, given = checked.verification, checked.verification.answers
    lines = [said.headline.sentence, said.headline.note, ""]
    lines += [f"{number}. {answer.sentence}" for number, answer in enumerate(_in_order(given), start=1)]
    lines += [
        "",
        *(
            f"{row.number}. {row.unit}: {row.person}, {row.title}, {clock.local(row.signed_at):%H:%M %d/%m/%Y}"
            for row in said.signers
        ),
    ]
    for other in (said.successor, said.carrier):
        if other:
            lines += ["", other.title, freezing.address_of_token(other.token)]
    lines += ["", f"{len(checked.inspection.signatures)} signatures examined: {checked.inspection.state}", *checked.breaks]
    return "\n".join(lines)


def _in_order(given: Any) -> list[Any]:
    return [given.file, given.intact, given.signers, given.complete, given.standing]
