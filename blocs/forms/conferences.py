"""Forms of a conference: its plan, agenda, documents, votes, directives, photographs, its end."""

from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blocs.domain.conferences import ConferencePlan
from blocs.domain.decisions import Vote
from blocs.domain.directives import Wanted
from blocs.enums import VoteRule
from blocs.forms.discussion import ActForm
from blocs.models import BlocDocument, BlocYear, Conference, TableItem
from emulation.lib.photographs import MOST_BYTES
from emulation.organisation.forms.fields import DayField, MomentField
from emulation.organisation.models import Position, Unit

MOST_FILES = 10
PLAN_FIELDS = (
    "title", "starts_at", "venue", "locality", "presiding_leader", "invitation_number", "invitation_note",
)  # fmt: skip


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric"}), **more)


class ConferenceForm(ActForm):
    """When, where, who leads; the secretary is chosen among the people of the bloc."""

    title = forms.CharField(label=_("Tên hội nghị"), max_length=250)
    starts_at = MomentField(label=_("Bắt đầu"))
    venue = forms.CharField(label=_("Địa điểm"), max_length=200)
    locality = forms.CharField(
        label=_("Địa danh"), max_length=60, required=False, help_text=_("In trước ngày trên giấy mời, biên bản.")
    )
    host_unit = forms.ModelChoiceField(label=_("Đơn vị đăng cai"), queryset=Unit.objects.none(), required=False)
    chair_unit = forms.ModelChoiceField(
        label=_("Đơn vị chủ trì"), queryset=Unit.objects.none(), help_text=_("Chỉ huy đơn vị này ký biên bản ở ô chủ trì.")
    )
    secretary = forms.ModelChoiceField(
        label=_("Thư ký"), queryset=Position.objects.none(), required=False, help_text=_("Ghi và ký biên bản.")
    )
    presiding_leader = forms.CharField(
        label=_("Lãnh đạo dự và chỉ đạo"), max_length=150, required=False, help_text=_("Cấp bậc, họ tên, chức vụ.")
    )
    invitation_number = forms.CharField(label=_("Số giấy mời"), max_length=40, required=False)
    invitation_note = forms.CharField(
        label=_("Đề nghị các đơn vị chuẩn bị"), max_length=2000, required=False, widget=_area(2), help_text=_("In cuối giấy mời.")
    )

    def __init__(self, *args: Any, bloc_year: BlocYear, secretaries: list[Position], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = bloc_year.ordered_seats
        units = Unit.objects.filter(pk__in=[seat.unit_id for seat in seats])
        named = [(seat.unit_id, seat.unit.name) for seat in seats]
        self._choose("host_unit", units, [("", _("— ở nơi khác —")), *named])
        self._choose("chair_unit", units, named)
        people = [(row.pk, f"{row.ranked_name}, {row.title}, {row.unit.short_name}") for row in secretaries]
        self._choose(
            "secretary", Position.objects.filter(pk__in=[row.pk for row in secretaries]), [("", _("— chưa chọn —")), *people]
        )
        self.helper.layout = Layout(
            "title",
            Row(Column("starts_at", css_class="col-md-4"), Column("venue", css_class="col-md-8")),
            Row(Column("host_unit", css_class="col-md-8"), Column("locality", css_class="col-md-4")),
            Row(Column("chair_unit", css_class="col-md-6"), Column("secretary", css_class="col-md-6")),
            "presiding_leader",
            Row(Column("invitation_number", css_class="col-md-4"), Column("invitation_note", css_class="col-md-8")),
        )

    def _choose(self, name: str, queryset: Any, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.choices = queryset, choices

    def plan(self) -> ConferencePlan:
        """The plan for the verb; call after `is_valid`."""
        return ConferencePlan(**self.cleaned_data)


def initial_of(conference: Conference | ConferencePlan) -> dict[str, Any]:
    """The form's values for a conference, or for what is usual."""
    values = {name: getattr(conference, name) for name in PLAN_FIELDS}
    for name in ("host_unit", "chair_unit", "secretary"):
        row = getattr(conference, name)
        values[name] = row.pk if row else None
    return values


class AgendaItemForm(ActForm):
    title = forms.CharField(label=_("Nội dung"), max_length=300, widget=_area(2))
    presenter = forms.CharField(label=_("Người thực hiện"), max_length=150, required=False)
    minutes = _number(_("Số phút"), required=False, max_value=600)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "title", Row(Column("presenter", css_class="col-md-8"), Column("minutes", css_class="col-md-4"))
        )

    def clean_minutes(self) -> int | None:
        """No minutes are none said."""
        return self.cleaned_data["minutes"] or None


class TableItemForm(ActForm):
    document = forms.ModelChoiceField(label=_("Văn bản của khối"), queryset=BlocDocument.objects.none(), required=False)
    title = forms.CharField(label=_("hoặc tên tài liệu khác"), max_length=300, required=False)

    def __init__(self, *args: Any, documents: list[BlocDocument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = BlocDocument.objects.filter(pk__in=[row.pk for row in documents])
        field.choices = [("", "—"), *((row.pk, row.printed_title) for row in documents)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("document") and not (data.get("title") or "").strip():
            self.add_error("title", _("Chọn văn bản của khối, hoặc ghi tên tài liệu."))
        return data


class DecisionForm(ActForm):
    text = forms.CharField(label=_("Nội dung biểu quyết"), max_length=2000, widget=_area(2))
    about = forms.ModelChoiceField(label=_("Về tài liệu"), queryset=TableItem.objects.none(), required=False)
    rule = forms.ChoiceField(label=_("Thông qua khi"), choices=VoteRule.choices, initial=VoteRule.MAJORITY)
    votes_for = _number(_("Đồng ý"))
    against = _number(_("Không đồng ý"), initial=0)
    abstained = _number(_("Không biểu quyết"), initial=0)
    reservations = forms.CharField(label=_("Ý kiến bảo lưu"), max_length=2000, required=False, widget=_area(2))

    def __init__(self, *args: Any, table: list[TableItem], total: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = total
        field = self.fields["about"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = TableItem.objects.filter(pk__in=[row.pk for row in table])
        field.choices = [("", "—"), *((row.pk, row.title) for row in table)]
        self.helper.layout = Layout(
            "text",
            Row(Column("about", css_class="col-md-6"), Column("rule", css_class="col-md-6")),
            Row(
                Column("votes_for", css_class="col-4"),
                Column("against", css_class="col-4"),
                Column("abstained", css_class="col-4"),
            ),
            "reservations",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        votes = [data[name] for name in ("votes_for", "against", "abstained") if isinstance(data.get(name), int)]
        if len(votes) == 3 and not 1 <= sum(votes) <= self.total:
            self.add_error("votes_for", _("Tổng số phiếu từ 1 đến %(total)d (số đơn vị của khối).") % {"total": self.total})
        return data

    def vote(self) -> Vote:
        """The vote for the verb; call after `is_valid`."""
        return Vote(**self.cleaned_data)


class DirectiveForm(ActForm):
    text = forms.CharField(label=_("Nội dung chỉ đạo"), max_length=2000, widget=_area(3))
    units = forms.TypedMultipleChoiceField(
        label=_("Đơn vị thực hiện"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mỗi đơn vị được chọn có một việc trên trang Việc cần làm. Không chọn thì chỉ ghi lại."),
    )
    due = DayField(label=_("Thời hạn"), required=False)

    def __init__(self, *args: Any, bloc_year: BlocYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(seat.unit_id, seat.unit.short_name) for seat in bloc_year.ordered_seats]

    def wanted(self) -> Wanted:
        """The directive for the verb; call after `is_valid`."""
        return Wanted(**self.cleaned_data)


class ReportForm(ActForm):
    report = forms.CharField(label=_("Kết quả thực hiện"), max_length=4000, widget=_area(3))


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data]
        if not given:
            raise ValidationError(_("Chọn ít nhất một ảnh."))
        if len(given) > MOST_FILES:
            raise ValidationError(_("Mỗi lần gửi nhiều nhất %(most)d ảnh.") % {"most": MOST_FILES})
        return [super(ManyFilesField, self).clean(file, initial) for file in given]


class PhotoForm(ActForm):
    photos = ManyFilesField(
        label=_("Ảnh JPEG hoặc PNG"),
        max_length=255,
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("Mỗi ảnh nhiều nhất 12 MB; chọn được nhiều ảnh. Vị trí và dữ liệu của máy ảnh bị xóa khi lưu."),
    )
    caption = forms.CharField(label=_("Chú thích"), max_length=200, required=False)

    def clean_photos(self) -> list[Any]:
        """Only sizes are looked at here; whether it is a picture, its content says."""
        files: list[Any] = self.cleaned_data["photos"]
        if any(file.size > MOST_BYTES for file in files):
            raise ValidationError(_("Có ảnh lớn hơn 12 MB. Đồng chí thu nhỏ rồi gửi lại."))
        return files


class CloseForm(ActForm):
    ended_at = MomentField(label=_("Kết thúc lúc"))
