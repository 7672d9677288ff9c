"""A snapshot of the standings: its pages, who signs and has signed; open, sign, refuse, void."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.forms.discussion import ReasonForm, SignForm
from blocs.views.conferences import send_file
from blocs.views.documents import WIDTHS
from emulation.lib import vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.domain import mandates
from emulation.organisation.domain.secrets import WrongSecret
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.records.models import Revision
from emulation.signing import policies as signing_policies
from emulation.signing.domain import rounds, signatures
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot
from scoring import campaign_policies as policies
from scoring.domain import standings as verbs
from scoring.domain import standings_kind
from scoring.enums import StandingState
from scoring.models import Campaign, Snapshot
from scoring.views.campaigns import MENU


def find_snapshot(request: ActedRequest, pk: int) -> Snapshot:
    """The snapshot, if it is published or the actor may see what leads to it; 404 otherwise."""
    row = get_object_or_404(Snapshot.objects.select_related("run", "supersedes", "campaign"), pk=pk)
    visible = Campaign.objects.visible_to(request.actor).full().prefetch_related("snapshots")
    row.campaign = get_object_or_404(visible, pk=row.campaign_id)
    if row.state != StandingState.PUBLISHED and not policies.may_see_running(row.campaign, request.actor):
        raise Http404
    return row


@require_safe
@acting(MENU)
def standings_signing(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages of a snapshot and its signatures; before, the way to open it."""
    snapshot, actor = find_snapshot(request, pk), request.actor
    signing_round = standings_kind.current_round(snapshot)
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "campaign": snapshot.campaign,
        "bloc": snapshot.campaign.bloc_year,
        "title": verbs.title_of(snapshot),
        "round": signing_round,
    }
    if snapshot.state == StandingState.DRAFT:
        may_open = policies.may_open_standings(snapshot, actor)
        context["may_open"] = verbs.signable(snapshot.campaign) if may_open else may_open
        context["slots_planned"] = verbs.slots_of(snapshot.campaign, snapshot.made_at.date())
    elif signing_round:
        context |= _about_round(snapshot, signing_round, request)
    return render(request, "scoring/standings_signing.html", context)


def _about_round(snapshot: Snapshot, signing_round: SigningRound, request: ActedRequest) -> dict[str, Any]:
    slots, actor = sorted(signing_round.slots.all(), key=lambda slot: slot.number), request.actor
    return {
        "slots": slots,
        "may_sign": any(signing_policies.may_refuse(slot, actor) for slot in slots),
        "may_look_again": any(signing_policies.may_withdraw_refusal(slot, actor) for slot in slots),
        "may_void": signing_policies.may_void(signing_round, actor),
        "pages": _pages(snapshot, signing_round),
        "verify_url": reverse("verify_token", args=[signing_round.token]),
        "verify_facts": [(_("Mã tra cứu"), signing_round.short_code), (_("Mã kiểm tra nội dung"), signing_round.short_hash)],
    }


@require_POST
@acting(MENU)
def standings_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Freeze the snapshot for the signatures of leader and deputy."""
    verbs.open_signing(find_snapshot(request, pk), actor=request.actor)
    messages.success(request, _("Đã mở ký bảng xếp hạng; hai đơn vị ký được báo."))
    return redirect("standings_signing", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@acting(MENU)
def standings_sign(request: ActedRequest, pk: int) -> HttpResponse:
    """The signing screen: the pages, the person and capacity, one sentence, one secret."""
    snapshot, signing_round, slot = _own_slot(request, pk)
    if request.method == "POST" and slot.state == SlotState.SIGNED:
        return redirect("standings_signing", pk)
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
            messages.success(request, _("Đã ký bảng xếp hạng với tư cách %(role)s.") % {"role": _(slot.role_label).lower()})
            return redirect("standings_signing", pk)
    capacity = signing_policies.capacity_in(slot, request.actor)
    context = {
        "snapshot": snapshot,
        "campaign": snapshot.campaign,
        "bloc": snapshot.campaign.bloc_year,
        "round": signing_round,
        "slot": slot,
        "pages": _pages(snapshot, signing_round),
        "may_sign": signing_policies.may_sign(slot, request.actor),
        "may_refuse": signing_policies.may_refuse(slot, request.actor),
        "may_withdraw": signing_policies.may_withdraw_refusal(slot, request.actor),
        "basis": mandates.describe(capacity[1]) if capacity and capacity[1] else "",
        "pledge": signatures.will_sentence(slot),
        "form": form,
    }
    return render(request, "scoring/standings_sign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def standings_refuse(request: ActedRequest, pk: int) -> HttpResponse:
    """Refuse to sign, with a reason that everybody is told."""
    snapshot, _round, slot = _own_slot(request, pk)
    enforce(signing_policies.may_refuse(slot, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        rounds.refuse_to_sign(slot, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã ghi nhận đồng chí từ chối ký bảng xếp hạng."))
        return redirect("standings_signing", pk)
    words = _("Kết quả chưa được công bố khi còn người từ chối; muốn sửa, khối trưởng hoặc cơ quan thường trực hủy vòng ký.")
    return _reason_page(request, snapshot, form, title=_("Từ chối ký bảng xếp hạng"), words=words)


@require_POST
@acting(MENU)
def standings_withdraw(request: ActedRequest, pk: int) -> HttpResponse:
    """Take the refusal back."""
    _snapshot, _round, slot = _own_slot(request, pk)
    rounds.withdraw_refusal(slot, actor=request.actor)
    messages.success(request, _("Đã rút lại lời từ chối; đồng chí ký được."))
    return redirect("standings_sign", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def standings_void(request: ActedRequest, pk: int) -> HttpResponse:
    """Void the round, with a reason: the standings can be brought out anew."""
    snapshot, signing_round = _current(request, pk)
    enforce(signing_policies.may_void(signing_round, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        rounds.void(signing_round, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã hủy vòng ký; bảng xếp hạng lập lại được."))
        return redirect("standings_signing", pk)
    words = _("Các chữ ký đã có bị hủy; người đã ký được báo. Bản đã hủy vẫn giữ trong sổ lưu.")
    return _reason_page(request, snapshot, form, title=_("Hủy vòng ký bảng xếp hạng"), words=words)


@require_safe
@acting(MENU)
@cache_control(private=True, max_age=86_400, immutable=True)
def standings_picture(request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
    """A page of the signed bytes as a picture."""
    snapshot = find_snapshot(request, pk)
    revision = Revision.objects.filter(
        sha256=sha256, document__round__kind=standings_kind.KIND, document__round__subject_id=snapshot.pk
    ).first()
    if revision is None or size not in WIDTHS:
        raise Http404
    try:
        picture = pictures.cached_page_picture(sha256, lambda: documents.read(revision), page, WIDTHS[size])
    except (IndexError, KeyError) as error:
        raise Http404 from error
    return HttpResponse(picture, content_type="image/png")


@require_safe
@acting(MENU)
def standings_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The newest bytes of a snapshot: what is signed so far, or the published standings."""
    snapshot = find_snapshot(request, pk)
    signing_round = standings_kind.current_round(snapshot)
    if signing_round is None:
        raise Http404
    name = f"{vietnamese.slug(signing_round.title)}-{signing_round.current.number}.pdf"
    return send_file(documents.read(signing_round.current), name, "application/pdf")


def _pages(snapshot: Snapshot, signing_round: SigningRound) -> list[dict[str, Any]]:
    key = signing_round.current.sha256

    def sizes(number: int) -> dict[str, str]:
        named = (("picture", "vua"), ("thumb", "nho"))
        return {name: reverse("standings_picture", args=[snapshot.pk, key, number, size]) for name, size in named}

    return [{"number": number, **sizes(number)} for number in range(1, signing_round.page_count + 1)]


def _reason_page(request: ActedRequest, snapshot: Snapshot, form: ReasonForm, *, title: str, words: str) -> HttpResponse:
    back = reverse("standings_signing", args=[snapshot.pk])
    context = {"campaign": snapshot.campaign, "bloc": snapshot.campaign.bloc_year, "form": form, "title": title, "words": words}
    context |= {"button": title, "kind": "danger", "back_page": back}
    return render(request, "scoring/campaign_act.html", context, status=422 if form.errors else 200)


def _current(request: ActedRequest, pk: int) -> tuple[Snapshot, SigningRound]:
    snapshot = find_snapshot(request, pk)
    signing_round = standings_kind.current_round(snapshot)
    if signing_round is None:
        raise Http404
    return snapshot, signing_round


def _own_slot(request: ActedRequest, pk: int) -> tuple[Snapshot, SigningRound, Slot]:
    """The slot that this person may sign, has refused or has signed; everybody else is told for whom it is."""
    snapshot, signing_round = _current(request, pk)
    slots = sorted(signing_round.slots.all(), key=lambda slot: slot.number)
    for question in (signing_policies.may_refuse, signing_policies.may_withdraw_refusal):
        if own := next((slot for slot in slots if question(slot, request.actor)), None):
            return snapshot, signing_round, own
    if signed := next((slot for slot in slots if slot.signer_id == request.actor.user_id), None):
        return snapshot, signing_round, signed
    said = {"first": slots[0].unit_name, "second": slots[-1].unit_name}
    raise Refused(refuse(_("Bảng xếp hạng do chỉ huy %(first)s và %(second)s ký.") % said))
