"""`manage.py check_vectors FILE`: an office's own worked examples through the engine; exits with 1 when one comes to something else."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from scoring.rules import ENGINE, vectors


class Command(BaseCommand):
    help = "Chạy các ví dụ chấm điểm trong một tệp JSON qua bộ tính điểm; in từng ví dụ sai khác. / Run worked examples through the engine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp JSON có leaf, total, rank, consolidate")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        cases = self.read(file)
        counts = vectors.counted(cases)
        if not any(counts.values()):
            raise CommandError(f"{file}: không có ví dụ nào (leaf, total, rank, consolidate).")
        found = list(vectors.check(cases))
        for row in found:
            self.stderr.write(f"{row.section} “{row.name}”: cần {row.expected}, tính ra {row.found}")
        for name in vectors.left_alone(cases):
            self.stdout.write(f"Không chạy: {name}")
        told = ", ".join(f"{section} {count}" for section, count in counts.items())
        if found:
            raise CommandError(f"{len(found)} ví dụ sai khác ({told}).")
        self.stdout.write(self.style.SUCCESS(f"Đúng tất cả: {told}. Bộ tính điểm số {ENGINE}."))

    def read(self, file: Path) -> Mapping[str, Any]:
        """The file as JSON. A number with decimals is read as text, so that it stays exact."""
        try:
            cases = json.loads(file.read_text(encoding="utf-8"), parse_float=str)
        except OSError as error:
            raise CommandError(f"Không đọc được tệp {file}: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(f"{file} không phải tệp JSON: {error}.") from error
        if not isinstance(cases, Mapping) or not all(isinstance(cases.get(name, []), list) for name in vectors.RUNNERS):
            raise CommandError(f"{file}: cần một đối tượng với các danh sách leaf, total, rank, consolidate.")
        return cases
