"""Forms for publishing, giving a stand, adopting, opening and refusing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blocs import policies
from blocs.domain.discussion import LAPSE_SENTENCE
from blocs.domain.votes import Vote
from blocs.enums import AdoptionBasis, Opinion, VoteRule
from blocs.models import Version
from emulation.lib import clock
from emulation.organisation.forms.fields import DayField, MomentField, NfcForm
from emulation.signing.enums import SigningMethod


class ActForm(NfcForm):
    """An act's form inside a form tag of the page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


def usual_deadline() -> datetime:
    """A week from now at the end of the working day, to be changed as needed."""
    return (clock.local(clock.now()) + timedelta(days=7)).replace(hour=17, minute=0, second=0, microsecond=0)


class PublishForm(ActForm):
    deadline = MomentField(label=_("Hạn các đơn vị cho ý kiến"), initial=usual_deadline)
    lapse_sentence = forms.CharField(
        label=_("Câu in kèm thời hạn"),
        max_length=300,
        required=False,
        initial=LAPSE_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StandForm(ActForm):
    opinion = forms.ChoiceField(
        label=_("Ý kiến của đơn vị"), choices=Opinion.choices, widget=forms.RadioSelect, initial=Opinion.AGREE
    )
    remark = forms.CharField(
        label=_("Nội dung bảo lưu hoặc ý kiến"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opinion") in (Opinion.RESERVE, Opinion.REMARK) and not data.get("remark", "").strip():
            self.add_error("remark", _("Ghi nội dung bảo lưu hoặc ý kiến của đơn vị."))
        return data


class AdoptForm(ActForm):
    basis = forms.ChoiceField(label=_("Căn cứ thông qua"), choices=AdoptionBasis.choices, widget=forms.RadioSelect)
    held_on = DayField(label=_("Ngày thông qua"))
    present = forms.IntegerField(
        label=_("Số đơn vị có mặt"), min_value=1, required=False, help_text=_("Chỉ ghi khi thống nhất tại hội nghị.")
    )
    against = forms.IntegerField(label=_("Không đồng ý"), min_value=0, max_value=99, required=False, initial=0)
    abstained = forms.IntegerField(label=_("Không biểu quyết"), min_value=0, max_value=99, required=False, initial=0)
    rule = forms.ChoiceField(label=_("Nguyên tắc thông qua"), choices=VoteRule.choices, required=False, initial=VoteRule.ALL)
    note = forms.CharField(
        label=_("Ý kiến bảo lưu, ghi chú"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    also = forms.MultipleChoiceField(
        label=_("Hội nghị thông qua cùng lúc"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Văn bản này không còn chờ thông qua; đồng chí xem lại.")},
    )

    def __init__(self, *args: Any, others: Sequence[Version] = (), **kwargs: Any) -> None:
        """`others` are the newest versions of other documents that the same conference may adopt."""
        super().__init__(*args, **kwargs)
        self.others = {str(version.pk): version for version in others}
        field = self.fields["also"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, _also_label(version)) for key, version in self.others.items()]
        if not self.others:
            del self.fields["also"]

    def clean_also(self) -> list[Version]:
        return [self.others[key] for key in self.cleaned_data["also"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        in_hall = "basis" not in self.fields or data.get("basis") == AdoptionBasis.CONFERENCE
        if data.get("also") and not in_hall:
            self.add_error("also", _("Chỉ hội nghị mới thông qua cùng lúc nhiều văn bản."))
        if in_hall and not data.get("present") and "present" not in self.errors:
            self.add_error("present", _("Ghi số đơn vị có mặt tại hội nghị."))
        rule = data.pop("rule", "") or VoteRule.ALL
        vote = Vote(rule, data.pop("against", None) or 0, data.pop("abstained", None) or 0)
        if in_hall and (present := data.get("present")):
            votes_for = present - vote.against - vote.abstained
            if votes_for >= 0 and not (verdict := policies.rule_holds(rule, present=present, votes_for=votes_for)):
                self.add_error("rule", verdict.reason)
        data["vote"] = vote
        return data


class ConferenceAdoptionForm(AdoptForm):
    """What is recorded in the hall, where the basis is known."""

    basis = None  # type: ignore[assignment]  # so a form drops a field of the one that it descends from

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].required = True
        self.fields["present"].help_text = ""


def _also_label(version: Version) -> str:
    return gettext("%(title)s, bản %(n)d") % {"title": version.document.printed_title, "n": version.number}


class OpenSigningForm(ActForm):
    """How the round is signed is one choice; the number of originals is asked for on paper only."""

    method = forms.ChoiceField(
        label=_("Cách ký"),
        choices=SigningMethod.choices,
        widget=forms.RadioSelect,
        initial=SigningMethod.ELECTRONIC,
        required=False,
    )
    originals = forms.IntegerField(
        label=_("Số bản gốc ký trên giấy"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("Mỗi đơn vị một bản và một bản lưu ở cơ quan thường trực, trừ khi khối thống nhất khác."),
    )
    deadline = MomentField(label=_("Hạn ký"), required=False, initial=usual_deadline)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        on_paper = data.get("method") == SigningMethod.PAPER
        if on_paper and not data.get("originals") and "originals" not in self.errors:
            self.add_error("originals", _("Ghi số bản gốc sẽ ký trên giấy."))
        return data

    @property
    def choices_made(self) -> dict[str, Any]:
        """What the verb takes, of a valid form."""
        on_paper = self.cleaned_data["method"] == SigningMethod.PAPER
        return {"deadline": self.cleaned_data["deadline"], "originals": self.cleaned_data["originals"] if on_paper else None}


class ReasonForm(ActForm):
    reason = forms.CharField(label=_("Lý do"), max_length=480, widget=forms.Textarea(attrs={"rows": 3}))


class SignForm(ActForm):
    secret = forms.CharField(
        label=_("Mật khẩu của đồng chí"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
