"""Forms that end a document in force."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.domain.ending import LONGEST_DECISION, LONGEST_REASON
from blocs.forms.discussion import ActForm


class RevokeForm(ActForm):
    """By which decision, and why."""

    decision = forms.CharField(
        label=_("Quyết định thu hồi"),
        max_length=LONGEST_DECISION,
        help_text=_("Số, ngày và cơ quan ban hành, ví dụ: Quyết định số 215/QĐ-CAT ngày 05/06/2026 của Công an tỉnh."),
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ai xác minh văn bản cũng đọc được lý do này."),
    )
