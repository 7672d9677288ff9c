"""Files of evidence, and the unit's explanation of the points that it was given. Nothing in here writes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from blocs.domain.attachments import Upload
from blocs.forms.discussion import ActForm
from blocs.forms.remarks import FilesInput
from scoring.domain.evidence import MOST_AT_ONCE, MOST_BYTES


class FilesField(forms.FileField):
    """Some files or none, each as the bytes that were sent. One byte more than allowed is read, so that the verb can tell."""

    def __init__(self, **kwargs: Any) -> None:
        accepted = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
        super().__init__(required=False, widget=FilesInput(attrs={"accept": accepted, "multiple": True}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002  # Django hands it to every file field
        sent: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else []
        return [Upload(file.name or "", file.read(MOST_BYTES + 1)) for file in sent[: MOST_AT_ONCE + 1]]


class EvidenceForm(ActForm):
    attached = FilesField(
        label=_("Tệp minh chứng"), help_text=_("PDF, DOCX, XLSX, PNG, JPEG; mỗi tệp nhiều nhất 10 MB; chọn được nhiều tệp.")
    )


class ExplainForm(ActForm):
    text = forms.CharField(label=_("Nội dung giải trình"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    attached = FilesField(
        label=_("Tệp kèm theo"), help_text=_("Không bắt buộc. PDF, DOCX, XLSX, PNG, JPEG; mỗi tệp nhiều nhất 10 MB.")
    )
