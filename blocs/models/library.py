"""Clauses that a standing office keeps for its blocs to choose from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.enums import ClauseKind, ClausePart
from blocs.models.blocs import BlocYear
from emulation.organisation.models import Unit


class LibraryClauseQuerySet(models.QuerySet["LibraryClause"]):
    def for_bloc(self, bloc_year: BlocYear) -> LibraryClauseQuerySet:
        """What the bloc's own office keeps and has not retired, in its order."""
        return self.filter(office=bloc_year.bloc.standing_office_id, is_retired=False)


class LibraryClause(models.Model):
    """A clause or section heading to take into a draft; its text may leave words open in braces, such as {năm}."""

    office = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("cơ quan thường trực")
    )
    part = models.CharField(_("phần"), max_length=15, choices=ClausePart.choices, default=ClausePart.BODY)
    kind = models.CharField(_("loại"), max_length=10, choices=ClauseKind.choices, default=ClauseKind.CLAUSE)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    heading = models.CharField(_("tiêu đề"), max_length=300, blank=True)
    text = models.TextField(
        _("nội dung"),
        blank=True,
        help_text=_("Có thể để chỗ trống: {năm}, {năm trước}, {khối}, {đơn vị khối trưởng}, {đơn vị khối phó}, {ngày ký}."),
    )
    is_retired = models.BooleanField(_("không dùng nữa"), default=False)

    objects = LibraryClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("điều khoản mẫu")
        verbose_name_plural = pgettext_lazy("plural", "điều khoản mẫu")
        ordering = ["part", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(heading="") | ~Q(text=""),
                name="library_clause_says_something",
                violation_error_message=_("Điều khoản phải có tiêu đề hoặc nội dung."),
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.text[:60]
