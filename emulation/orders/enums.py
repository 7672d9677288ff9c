"""How far a file is that is made in the background."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrderState(TextChoices):
    """Of a file that somebody asked for."""

    WAITING = "waiting", _("Chờ đến lượt")
    COMPUTING = "computing", _("Đọc kết quả")
    PRINTING = "printing", _("Dàn trang")
    READY = "ready", _("Xong")
    FAILED = "failed", _("Không xuất được")


FINISHED = (OrderState.READY, OrderState.FAILED)
