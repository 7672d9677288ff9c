"""`manage.py accounts`: who can log in to the demonstration, those whose signature is awaited first; otherwise, how to start."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from emulation.office.demo import cast, current_year, loading
from emulation.office.domain import first_start
from emulation.organisation.domain import units
from emulation.organisation.models import Position

OTHERS = [
    (
        "Cán bộ soạn dự thảo, soạn ý kiến / clerks",
        [f"{current_year.UPLAND[0].key}.canbo", f"{current_year.UPLAND[-1].key}.canbo"],
    ),
    (
        "Chỉ huy đơn vị khối trưởng / leader unit's commander",
        [f"{current_year.UPLAND[0].key}.truong", f"{current_year.COAST[0].key}.truong"],
    ),
    ("Chỉ huy có ý kiến chờ gửi / commander with a stand to send", [current_year.PREPARED_BY.replace("canbo", "truong")]),
    ("Cơ quan thường trực thi đua / emulation office", [person.login for person in reversed(cast.OFFICE.people)]),
    ("Lãnh đạo Công an tỉnh / provincial leader", [person.login for person in cast.PROVINCE.people]),
]


class Command(BaseCommand):
    help = "Print who can log in (in a demonstration), or how to make the first administrator."

    def handle(self, *args: Any, **options: Any) -> None:
        if units.is_demonstration():
            self.print_accounts()
        elif first_start.is_needed():
            self.stdout.write("Chưa có tài khoản nào: mở trang /khoi-dau/ và nhập mã trong tệp")
            self.stdout.write(f"Nobody has an account yet: open /khoi-dau/ and enter the code in {first_start.code_path()}")
        else:
            self.stdout.write("Đăng nhập bằng tài khoản đã được cấp. / Log in with the account that you were given.")

    def print_accounts(self) -> None:
        self.stdout.write(f"\nMật khẩu của mọi tài khoản mẫu / password of every account: {cast.PASSWORD}\n")
        self.print_group("Chỉ huy chờ ký / commanders whose signature is awaited", loading.awaited_signers())
        for label, logins in OTHERS:
            self.print_group(label, loading.holders(logins))

    def print_group(self, label: str, positions: Iterable[Position]) -> None:
        rows = [f"  {row.person.username:<18} {row.ranked_name}, {row.title}, {row.unit.name}" for row in positions]
        if rows:
            self.stdout.write("\n".join([label, *rows]))
