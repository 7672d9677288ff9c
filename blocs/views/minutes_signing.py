"""Acts on the signing of minutes: sign, refuse, take the refusal back, void."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from blocs.domain import minutes as verbs
from blocs.forms.discussion import ReasonForm, SignForm
from blocs.models import Conference
from blocs.views.conferences import MENU
from blocs.views.minutes import find_minutes, round_pages
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.domain import mandates
from emulation.organisation.domain.secrets import WrongSecret
from emulation.signing import policies
from emulation.signing.domain import rounds, signatures
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@acting(MENU)
def minutes_sign(request: ActedRequest, pk: int) -> HttpResponse:
    """The signing screen of minutes: the pages, the person and capacity, one sentence, one secret."""
    conference, signing_round, slot = _own_slot(request, pk)
    if request.method == "POST" and slot.state == SlotState.SIGNED:
        return redirect("minutes", pk)
    frozen = signing_round.document.revisions.get(number=0).sha256
    form = SignForm(request.POST if request.method == "POST" else None, initial={"digest": frozen})
    if form.is_bound and form.is_valid():
        try:
            rounds.sign(slot, actor=request.actor, secret=form.cleaned_data["secret"], digest_shown=form.cleaned_data["digest"])
        except WrongSecret:
            form.add_error("secret", _("Mật khẩu không đúng."))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ký biên bản với tư cách %(role)s.") % {"role": _(slot.role_label).lower()})
            return redirect("minutes", pk)
    capacity = policies.capacity_in(slot, request.actor)
    context = {
        "conference": conference,
        "bloc": conference.bloc_year,
        "round": signing_round,
        "slot": slot,
        "pages": round_pages(conference, signing_round),
        "may_sign": policies.may_sign(slot, request.actor),
        "may_refuse": policies.may_refuse(slot, request.actor),
        "may_withdraw": policies.may_withdraw_refusal(slot, request.actor),
        "basis": mandates.describe(capacity[1]) if capacity and capacity[1] else "",
        "pledge": signatures.will_sentence(slot),
        "form": form,
    }
    return render(request, "blocs/minutes_sign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def minutes_refuse(request: ActedRequest, pk: int) -> HttpResponse:
    """Refuse to sign, with a reason that everybody is told."""
    conference, _round, slot = _own_slot(request, pk)
    enforce(policies.may_refuse(slot, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        rounds.refuse_to_sign(slot, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã ghi nhận đồng chí từ chối ký biên bản."))
        return redirect("minutes", pk)
    words = _("Biên bản chưa có hiệu lực khi còn người từ chối; muốn sửa nội dung, người lập biên bản mở lại dự thảo.")
    return _reason_page(request, conference, form, title=_("Từ chối ký biên bản"), words=words)


@require_POST
@acting(MENU)
def minutes_withdraw(request: ActedRequest, pk: int) -> HttpResponse:
    """Take the refusal back."""
    _conference, _round, slot = _own_slot(request, pk)
    rounds.withdraw_refusal(slot, actor=request.actor)
    messages.success(request, _("Đã rút lại lời từ chối; đồng chí ký được."))
    return redirect("minutes_sign", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def minutes_void(request: ActedRequest, pk: int) -> HttpResponse:
    """Void the round and re-open the draft, with a reason."""
    conference, signing_round = _current(request, pk)
    enforce(policies.may_void(signing_round, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        rounds.void(signing_round, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã hủy vòng ký; biên bản sửa lại được."))
        return redirect("minutes", pk)
    words = _("Các chữ ký đã có bị hủy; người đã ký được báo. Bản đã hủy vẫn giữ trong sổ lưu.")
    return _reason_page(request, conference, form, title=_("Mở lại dự thảo biên bản"), words=words)


def _reason_page(request: ActedRequest, conference: Conference, form: ReasonForm, *, title: str, words: str) -> HttpResponse:
    context = {"conference": conference, "bloc": conference.bloc_year, "form": form, "title": title, "words": words}
    return render(request, "blocs/minutes_reason.html", context, status=422 if form.errors else 200)


def _current(request: ActedRequest, pk: int) -> tuple[Conference, SigningRound]:
    conference, _minutes = find_minutes(request, pk)
    signing_round = verbs.current_round(conference)
    if signing_round is None:
        raise Http404
    return conference, signing_round


def _own_slot(request: ActedRequest, pk: int) -> tuple[Conference, SigningRound, Slot]:
    """The slot that this person may sign, has refused or has signed; everybody else is told for whom it is."""
    conference, signing_round = _current(request, pk)
    slots = sorted(signing_round.slots.all(), key=lambda slot: slot.number)
    for question in (policies.may_refuse, policies.may_withdraw_refusal):
        if own := next((slot for slot in slots if question(slot, request.actor)), None):
            return conference, signing_round, own
    if signed := next((slot for slot in slots if slot.signer_id == request.actor.user_id), None):
        return conference, signing_round, signed
    raise Refused(refuse(_("Biên bản do thư ký và chỉ huy đơn vị chủ trì ký.")))
