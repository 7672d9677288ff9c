"""Accounts, units with dated names, positions, bases for signing on another's behalf, one-time links, attempts."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from emulation.lib import clock, vietnamese
from emulation.organisation.enums import COMMANDING_POSTS, Capacity, MandateScope, Post, Rank, UnitKind
from emulation.records.models import Revision


class Installation(models.Model):
    """The one row that says whether this database holds the demonstration. Without it, it does not."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demonstration = models.BooleanField(_("dữ liệu mẫu"), default=False)

    class Meta:
        verbose_name = _("hệ thống")
        verbose_name_plural = _("hệ thống")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="installation_only_one")]

    def __str__(self) -> str:
        return "demonstration" if self.is_demonstration else "installation"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; names and log-in names are stored in composed form."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(username=vietnamese.nfc(username).strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(username, password, is_superuser=True, is_staff=True, secret_is_own=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """An account of one person. What he may do follows from his positions, never from the account."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    full_name_key = models.CharField(max_length=600, editable=False, db_index=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    is_staff = models.BooleanField(_("vào trang quản trị"), default=False)
    secret_is_own = models.BooleanField(_("đã tự đặt mật khẩu"), default=False)
    created_at = models.DateTimeField(_("ngày tạo"), default=clock.now, editable=False)

    # His positions of today, when they were brought together with him (`backends.HolderBackend`).
    held_today: list[Position] | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = pgettext_lazy("plural", "tài khoản")
        ordering = ["full_name_key"]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = vietnamese.nfc(self.full_name)
        self.full_name_key = vietnamese.name_sort_key(self.full_name)
        super().save(*args, **kwargs)


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> UnitQuerySet:
        """Units that exist on this day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def named(self) -> UnitQuerySet:
        """With all their names, so that `name_on` asks no more."""
        return self.prefetch_related("names")


class Unit(models.Model):
    """A police unit from its forming to its end. Its names are dated rows of their own."""

    kind = models.CharField(_("loại đơn vị"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("đơn vị cấp trên")
    )
    is_emulation_office = models.BooleanField(_("cơ quan thường trực thi đua"), default=False)
    valid_from = models.DateField(_("thành lập từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = pgettext_lazy("plural", "đơn vị")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc phải từ ngày thành lập trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(is_emulation_office=False) | Q(parent__isnull=False),
                name="unit_office_belongs_to_a_province",
                violation_error_message=_("Cơ quan thường trực thi đua phải thuộc một Công an tỉnh."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name today."""
        return self.name_on(clock.today())

    @property
    def short_name(self) -> str:
        """Its short name today, such as the place alone: "Đồng Hới"."""
        return self.short_name_on(clock.today())

    def name_on(self, day: date) -> str:
        """The name valid on this day (before the first name: the first)."""
        found = self._name_row(day)
        return found.name if found else str(_("Đơn vị chưa đặt tên"))

    def short_name_on(self, day: date) -> str:
        """The short name valid on this day."""
        found = self._name_row(day)
        return found.short_name if found else ""

    def _name_row(self, day: date) -> UnitName | None:
        rows = sorted(self.names.all(), key=lambda row: row.valid_from)
        return next((row for row in reversed(rows) if row.valid_from <= day), rows[0] if rows else None)


class UnitName(models.Model):
    """A unit's name from a day on, until the next one."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên đầy đủ"), max_length=150)
    short_name = models.CharField(_("tên ngắn"), max_length=60, help_text=_("Tên địa danh hoặc mã phòng, ví dụ: Đồng Hới, PX03."))
    name_key = models.CharField(max_length=700, editable=False, db_index=True)
    valid_from = models.DateField(_("dùng từ ngày"))

    class Meta:
        verbose_name = _("tên đơn vị")
        verbose_name_plural = _("tên đơn vị")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"],
                name="unit_one_name_a_day",
                violation_error_message=_("Đơn vị đã có tên khác dùng từ ngày này."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name, self.short_name = vietnamese.nfc(self.name), vietnamese.nfc(self.short_name)
        self.name_key = vietnamese.sort_key(self.name)
        super().save(*args, **kwargs)


class PositionQuerySet(models.QuerySet["Position"]):
    def on(self, day: date) -> PositionQuerySet:
        """Positions held on this day by people whose account is in use."""
        return self.filter(valid_from__lte=day, person__is_active=True).filter(Q(valid_until=None) | Q(valid_until__gte=day))

    def signers(self) -> PositionQuerySet:
        """Those that may sign for their unit."""
        return self.filter(may_sign=True, person__is_superuser=False)

    def full(self) -> PositionQuerySet:
        """With person, unit and the unit's names."""
        return self.select_related("person", "unit").prefetch_related("unit__names")


class Position(models.Model):
    """A person's post in a unit, with rank, for a period; whether it may sign for the unit."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="positions", verbose_name=_("cán bộ"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions", verbose_name=_("đơn vị"))
    post = models.CharField(_("cấp"), max_length=10, choices=Post.choices)
    title = models.CharField(_("chức vụ"), max_length=120)
    rank = models.CharField(_("cấp bậc hàm"), max_length=20, choices=Rank.choices)
    may_sign = models.BooleanField(_("được ký thay mặt đơn vị"), default=False)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = pgettext_lazy("plural", "chức vụ")
        ordering = ["unit", "post", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="position_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(may_sign=False) | Q(post__in=COMMANDING_POSTS),
                name="position_only_commanders_sign",
                violation_error_message=_("Chỉ chỉ huy đơn vị (cấp trưởng, cấp phó) được ký."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ranked_name}, {self.title}"

    @property
    def ranked_name(self) -> str:
        """ "Thượng tá Nguyễn Văn A"."""
        return f"{self.get_rank_display()} {self.person.full_name}"

    @property
    def is_commander(self) -> bool:
        return self.post in COMMANDING_POSTS

    def held_on(self, day: date) -> bool:
        """Whether the position is held on this day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Mandate(models.Model):
    """The recorded basis on which somebody signs for the head of his unit (Decree 30/2020, art. 13): document and period."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("người được giao"))
    capacity = models.CharField(
        _("hình thức"), max_length=5, choices=[choice for choice in Capacity.choices if choice[0] != Capacity.OWN]
    )
    document = models.CharField(_("văn bản làm căn cứ"), max_length=300)
    scope = models.CharField(_("phạm vi"), max_length=12, choices=MandateScope.choices, default=MandateScope.ALL)
    file = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    file_name = models.CharField(_("tệp văn bản"), max_length=150, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    valid_from = models.DateField(_("từ ngày"))
    valid_until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, editable=False)

    class Meta:
        verbose_name = _("căn cứ ký thay")
        verbose_name_plural = pgettext_lazy("plural", "căn cứ ký thay")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="mandate_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="mandate_has_a_document", violation_error_message=_("Ghi rõ văn bản làm căn cứ.")
            ),
            models.CheckConstraint(
                condition=~Q(capacity=Capacity.TUQ) | Q(valid_until__isnull=False),
                name="mandate_tuq_is_limited",
                violation_error_message=_("Thừa ủy quyền phải có thời hạn: ghi ngày kết thúc."),
            ),
            models.CheckConstraint(
                condition=Q(file=None, file_name="", file_type="") | Q(file__isnull=False) & ~Q(file_name="") & ~Q(file_type=""),
                name="mandate_file_has_its_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} {self.document}"

    def covers(self, scope: str) -> bool:
        """Whether the basis is good for documents of this scope."""
        return self.scope in (MandateScope.ALL, scope)

    def live_on(self, day: date) -> bool:
        """Whether the basis holds on this day; never on the day on which it was ended."""
        if self.ended_at and clock.local(self.ended_at).date() <= day:
            return False
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class SecretLink(models.Model):
    """A one-time link with which the holder sets his own secret. Only the token's hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="secret_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("liên kết đặt mật khẩu")
        verbose_name_plural = _("liên kết đặt mật khẩu")

    def __str__(self) -> str:
        return f"{self.user_id} {self.issued_at:%d/%m/%Y}"


class Attempt(models.Model):
    """One attempt that counts toward a limit: a wrong secret, or a request to a limited public page."""

    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("lần thử")
        verbose_name_plural = _("lần thử")
        indexes = [models.Index(fields=["scope", "key", "at"])]

    def __str__(self) -> str:
        return f"{self.scope} {self.at:%d/%m/%Y %H:%M}"
