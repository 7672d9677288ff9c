"""The first administrator of an empty system: whoever can read the code that set-up left in a private file."""

import hmac
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from emulation.lib import codes, private_files, vietnamese
from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import attempts
from emulation.organisation.domain.secrets import stream_of
from emulation.organisation.models import Installation, User
from emulation.records.domain import audit
from emulation.records.events import Event

SCOPE = "first_code"
TRIES, MINUTES = 10, 15


def code_path() -> Path:
    """Where set-up leaves the code."""
    return Path(settings.VAR_DIR) / "first_code"


def is_needed() -> bool:
    """Whether nobody has an account yet."""
    return not User.objects.exists()


def ensure_code() -> Path | None:
    """Leave a code in the private file while nobody has an account; None when it is not needed. Only set-up calls this."""
    if not is_needed():
        return None
    path = code_path()
    if not path.exists():
        private_files.create(path, f"{codes.typing_code()}\n".encode())
    return path


def forget_code() -> None:
    """Take the code away: it has served, or is not needed."""
    code_path().unlink(missing_ok=True)


def may_start() -> Verdict:
    """The first administrator is made once, with the code from the file."""
    if not is_needed():
        return refuse(_("Hệ thống đã có tài khoản quản trị. Đồng chí đăng nhập để tiếp tục."))
    if not code_path().exists():
        return refuse(_("Chưa có mã khởi đầu: chạy `manage.py setup` trên máy chủ rồi mở lại trang này."))
    return ALLOWED


@transaction.atomic
def _create(*, username: str, full_name: str, secret: str, address: str) -> User:
    # Two at once queue here, and the second finds an account.
    Installation.objects.get_or_create(pk=1)
    Installation.objects.select_for_update().get(pk=1)
    enforce(may_start())
    user = User.objects.create_superuser(username, vietnamese.nfc(secret), full_name=full_name)
    audit.log(Event.USER_CREATED, stream=stream_of(user), actor=Actor(user, None, address), username=user.username, first=True)
    return user


def create_administrator(code: str, *, username: str, full_name: str, secret: str, address: str) -> User:
    """Make the first administrator and take the code away. Wrong codes count by address. Raises `Refused`."""
    enforce(may_start())
    if not attempts.within(SCOPE, address, limit=TRIES, minutes=MINUTES):
        raise Refused(refuse(_("Nhập sai mã nhiều lần. Đồng chí chờ %(minutes)d phút.") % {"minutes": MINUTES}))
    if not hmac.compare_digest(codes.read_typed(code).encode(), private_files.read(code_path()).strip()):
        raise Refused(refuse(_("Mã khởi đầu không đúng.")))
    user = _create(username=username, full_name=full_name, secret=secret, address=address)
    forget_code()
    return user
