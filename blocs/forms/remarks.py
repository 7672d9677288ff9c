"""Forms for remarks: make one, talk about it, decide on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from blocs.domain.attachments import Upload
from blocs.domain.places import Place
from blocs.domain.remarks import LONGEST, LONGEST_WORDING
from blocs.forms.discussion import ActForm
from blocs.models.remarks import MOST_ATTACHMENTS, MOST_BYTES


class FilesInput(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files or none, each as the bytes that were sent. One byte more than allowed is read, so that the verb can tell."""

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002  # Django hands it to every file field
        sent: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else []  # never to be cleared, whatever is posted
        return [Upload(file.name or "", file.read(MOST_BYTES + 1)) for file in sent[: MOST_ATTACHMENTS + 1]]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


class PlaceForm(ActForm):
    """Which part of the document the remark is about; chosen by address."""

    muc = forms.ChoiceField(label=_("Góp ý về"), error_messages={"invalid_choice": _("Không có mục này.")})

    def __init__(self, *args: Any, found: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["muc"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(place.code, place.label[:90]) for place in found]


class RemarkForm(ActForm):
    text = forms.CharField(label=_("Nội dung góp ý"), max_length=LONGEST, widget=_area(4))
    proposed = forms.CharField(
        label=_("Câu chữ đề xuất"),
        required=False,
        max_length=LONGEST_WORDING,
        widget=_area(8),
        help_text=_("Sửa thẳng vào nội dung của mục; để nguyên nếu không đề xuất câu chữ."),
    )
    attachments = FilesField(
        label=_("Tệp kèm theo"),
        required=False,
        widget=FilesInput(attrs={"accept": ".pdf,.docx,.png,.jpg,.jpeg"}),
        help_text=_("PDF, DOCX, PNG, JPEG; nhiều nhất 5 tệp, mỗi tệp 10 MB."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"proposed": place.text})
        super().__init__(*args, **kwargs)
        if not place.text:
            del self.fields["proposed"]


class ReplyForm(ActForm):
    text = forms.CharField(label=_("Trao đổi thêm"), max_length=LONGEST, widget=_area(3))


class AnswerForm(ActForm):
    answer = forms.CharField(
        label=_("Trả lời, giải trình"),
        required=False,
        max_length=LONGEST,
        widget=_area(3),
        help_text=_("Không tiếp thu thì phải nêu lý do."),
    )


class WordingForm(ActForm):
    """The leader's choice when the clause has changed since: the wording that enters, having seen the clause as it is."""

    wording = forms.CharField(label=_("Câu chữ đưa vào dự thảo"), required=False, max_length=LONGEST_WORDING, widget=_area(8))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    answer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LONGEST)
