"""Forms of a signing on paper: the scan, and who signed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blocs.forms.discussion import ActForm
from emulation.lib import clock
from emulation.organisation.forms.fields import DayField
from emulation.organisation.models import Position
from emulation.signing import policies
from emulation.signing.domain.scans import MOST_FILES
from emulation.signing.models import Scan, Slot


class ManyFilesInput(forms.ClearableFileInput):
    """A choice of several files; a phone offers its camera for it."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """Several uploaded files; cleans to their list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files] if files else super().clean(None, initial)


class ScanForm(ActForm):
    """The scan of one signed original: a PDF, or a picture of each page."""

    scan = ManyFilesField(
        label=_("Bản chụp một bản gốc đã ký"),
        max_length=255,
        widget=ManyFilesInput(attrs={"accept": "application/pdf,image/jpeg,image/png", "multiple": True}),
        help_text=_("Một tệp PDF, hoặc mỗi trang một ảnh chụp bằng điện thoại, theo thứ tự trang."),
        error_messages={
            "required": _("Chọn tệp PDF hoặc ảnh chụp các trang đã ký."),
            "empty": _("Tệp rỗng: chụp lại rồi tải lên."),
            "max_length": _("Tên tệp quá dài: đổi tên ngắn hơn rồi gửi lại."),
        },
    )

    def clean_scan(self) -> list[UploadedFile]:
        """Within the limits, before a single file is read."""
        files: list[UploadedFile] = self.cleaned_data["scan"]
        if len(files) > MOST_FILES or sum(file.size or 0 for file in files) > settings.SCAN_MAX_BYTES:
            limit = {"n": MOST_FILES, "megabytes": settings.SCAN_MAX_BYTES // 2**20}
            raise forms.ValidationError(gettext("Bản chụp quá lớn: tối đa %(n)d tệp, tổng cộng %(megabytes)d MB.") % limit)
        return files


class PaperForm(ActForm):
    """When the paper was signed, and for each unit a tick and who signed."""

    # Which scan the page showed: nobody vouches for one that he has not seen.
    scan = forms.IntegerField(widget=forms.HiddenInput, required=False)
    signed_on = DayField(label=_("Ngày ký trên giấy"))
    no_code_reason = forms.CharField(
        label=_("Lý do không đọc được mã QR"),
        max_length=480,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ghi rõ đã đối chiếu mã tra cứu in trên trang ký bằng mắt như thế nào."),
        error_messages={"required": _("Không đọc được mã QR trên bản chụp: ghi lý do và cách đồng chí đã đối chiếu.")},
    )

    def __init__(
        self, *args: Any, scan: Scan, slots: Sequence[Slot], candidates: Mapping[int, Sequence[Position]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.newest = scan.number
        self.slots, self.positions = slots, {row.pk: row for rows in candidates.values() for row in rows}
        if scan.has_code:
            del self.fields["no_code_reason"]
        for slot in slots:
            self._add(slot, candidates[slot.unit_id])

    def _add(self, slot: Slot, candidates: Sequence[Position]) -> None:
        self.fields[f"tick-{slot.pk}"] = forms.BooleanField(
            label=slot.unit_name,
            error_messages={"required": _("Đánh dấu khi đã thấy chữ ký của đơn vị này trên bản chụp.")},
        )
        likely = next((row.pk for row in candidates if policies.capacity_on(row, clock.today(), slot.round.kind)), None)
        self.fields[f"slot-{slot.pk}"] = forms.TypedChoiceField(
            label=_("Người đã ký thay mặt %(unit)s") % {"unit": slot.unit_name},
            choices=[("", _("Chọn người đã ký")), *((row.pk, _named(row, slot.round.kind)) for row in candidates)],
            coerce=int,
            initial=likely,
            error_messages={"required": _("Chọn người đã ký thay mặt %(unit)s.") % {"unit": slot.unit_name}},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scan") != self.newest:
            self.add_error(None, gettext("Có bản chụp mới hơn bản đồng chí đã xem. Đồng chí xem bản mới rồi ghi nhận."))
        return data

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row for each slot: its tick and its signer, as the page shows them."""
        return [{"slot": slot, "tick": self[f"tick-{slot.pk}"], "signer": self[f"slot-{slot.pk}"]} for slot in self.slots]

    @property
    def signers(self) -> dict[int, Position]:
        """The chosen position for each slot, of a valid form."""
        return {slot.pk: self.positions[self.cleaned_data[f"slot-{slot.pk}"]] for slot in self.slots}


def _named(position: Position, kind: str) -> str:
    """How a choice reads: in which capacity he would sign today, or that he has no basis."""
    found = policies.capacity_on(position, clock.today(), kind)
    if found and found[1]:
        return f"{found[0].upper()}. {position.ranked_name}, {position.title}"
    words = f"{position.ranked_name}, {position.title}"
    return words if found else gettext("%(person)s (hôm nay chưa có căn cứ ký thay)") % {"person": words}
