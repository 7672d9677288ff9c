"""Acts of signing: open, sign, refuse, take the refusal back, open the next group, void."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from blocs.domain import discussion, progress
from blocs.domain import signing as verbs
from blocs.domain.snapshots import version_text
from blocs.forms.discussion import OpenSigningForm, ReasonForm, SignForm
from blocs.models import BlocDocument
from blocs.views.documents import find, render_page, round_pages, text_html
from blocs.views.signing_pages import panel, sign_form, sign_with
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.actors import Actor
from emulation.signing import policies
from emulation.signing.domain import rounds
from emulation.signing.enums import SlotRole, SlotState
from emulation.signing.models import SigningRound, Slot


@require_POST
@acting("documents")
def open_signing(request: ActedRequest, pk: int) -> HttpResponse:
    """Freeze the adopted text and open it for signing."""
    document = find(request, pk)
    form = OpenSigningForm(request.POST)
    if form.is_valid():
        try:
            verbs.open_signing(document, actor=request.actor, **form.choices_made)
        except ValidationError as error:
            for sentence in error.messages:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Đã mở ký; các đơn vị đã được báo."))
            return redirect("document", pk)
    return render_page(request, document, open_form=form, status=422)


@require_POST
@acting("documents")
def attach(request: ActedRequest, pk: int) -> HttpResponse:
    """Bring the adopted text out with the minutes of the conference."""
    verbs.attach(find(request, pk), actor=request.actor)
    messages.success(request, _("Đã ban hành kèm theo biên bản hội nghị; các đơn vị đã được báo."))
    return redirect("document", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@acting("documents")
def sign(request: ActedRequest, pk: int) -> HttpResponse:
    """The signing screen: the pages, the person and capacity, one sentence, one secret."""
    document, signing_round, slot = _own_slot(request, pk)
    if request.method == "POST" and slot.state == SlotState.SIGNED:
        return redirect("document", pk)
    form = sign_form(request, signing_round)
    if sign_with(form, slot, actor=request.actor):
        messages.success(request, _("Đã ký thay mặt %(unit)s.") % {"unit": slot.unit_name})
        return redirect("document", pk)
    return _signing_screen(request, document, signing_round, slot, form)


def _signing_screen(
    request: ActedRequest, document: BlocDocument, signing_round: SigningRound, slot: Slot, form: SignForm
) -> HttpResponse:
    version = discussion.latest(document)
    context: dict[str, Any] = {
        "document": document,
        "bloc": document.bloc_year,
        "round": signing_round,
        "sign_title": _("Ký %(noun)s") % {"noun": _(document.noun)},
        "pages": round_pages(signing_round),
        "text_html": text_html(document, version_text(version)) if version else "",
        "seats": _seats(signing_round, request.actor),
        "form": form,
    }
    context |= panel(slot, request.actor)
    return render(request, "blocs/sign.html", context, status=422 if form.errors else 200)


def _seats(signing_round: SigningRound, actor: Actor) -> list[dict[str, str]]:
    """The strip of numbered seats in the panel."""
    rows = progress.slot_rows(signing_round, actor)
    return [
        {"label": _("CK") if row.slot.role == SlotRole.WITNESS else str(row.slot.number), "state": row.state, "name": row.label}
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def refuse_signing(request: ActedRequest, pk: int) -> HttpResponse:
    """Refuse to sign, with a reason that everybody is told."""
    document, _round, slot = _own_slot(request, pk)
    enforce(policies.may_refuse(slot, request.actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rounds.refuse_to_sign(slot, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã ghi nhận đơn vị từ chối ký; các đơn vị đã được báo."))
        return redirect("document", pk)
    words = _("Đơn vị chưa ký; lý do được báo cho khối trưởng và các đơn vị. Đồng chí rút lại được khi vòng ký còn mở.")
    return _reason_page(request, document, form, title=_("Từ chối ký"), words=words, button=_("Từ chối ký"))


@require_POST
@acting("documents")
def withdraw_refusal(request: ActedRequest, pk: int) -> HttpResponse:
    """Take the unit's refusal back."""
    _document, _round, slot = _own_slot(request, pk)
    rounds.withdraw_refusal(slot, actor=request.actor)
    messages.success(request, _("Đã rút lại lời từ chối; đơn vị ký được."))
    return redirect("sign", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def open_group(request: ActedRequest, pk: int) -> HttpResponse:
    """Open the next group before the earlier ones are complete, with a reason."""
    document, signing_round = _current(request, pk)
    enforce(policies.may_open_next_group(signing_round, request.actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rounds.open_next_group(signing_round, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã mở lượt ký kế tiếp; đơn vị chưa ký vẫn ký sau được."))
        return redirect("document", pk)
    words = _("Lượt sau được ký ngay; đơn vị của lượt trước vẫn ký được.")
    return _reason_page(request, document, form, title=_("Mở sớm lượt ký kế tiếp"), words=words, button=_("Mở lượt kế tiếp"))


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def void_round(request: ActedRequest, pk: int) -> HttpResponse:
    """Void the round and re-open the draft, with a reason; says what that destroys."""
    document, signing_round = _current(request, pk)
    enforce(policies.may_void(signing_round, request.actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rounds.void(signing_round, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Vòng ký đã hủy, dự thảo được mở lại; những người đã ký đã được báo."))
        return redirect("document", pk)
    signed = sum(slot.signed_at is not None for slot in signing_round.slots.all())
    words = _("%(n)d chữ ký đã có bị hủy, những người đã ký được báo tin. Bản đã ký vẫn lưu và ghi rõ “đã hủy”.") % {"n": signed}
    return _reason_page(request, document, form, title=_("Hủy vòng ký và mở lại dự thảo"), words=words, button=_("Hủy vòng ký"))


def _reason_page(
    request: ActedRequest, document: BlocDocument, form: ReasonForm, *, title: str, words: str, button: str
) -> HttpResponse:
    context = {"document": document, "bloc": document.bloc_year, "form": form, "title": title, "words": words, "button": button}
    return render(request, "blocs/reason.html", context, status=422 if form.errors else 200)


def _current(request: ActedRequest, pk: int) -> tuple[BlocDocument, SigningRound]:
    document = find(request, pk)
    signing_round = verbs.current_round(document)
    if signing_round is None:
        raise Http404
    return document, signing_round


def _own_slot(request: ActedRequest, pk: int) -> tuple[BlocDocument, SigningRound, Slot]:
    """The slot of the actor's unit in the newest round; refused with the reason when there is none."""
    document, signing_round = _current(request, pk)
    slot = next((row for row in signing_round.slots.all() if row.unit_id == request.actor.unit_id), None)
    if slot is None:
        raise Refused(refuse(_("Đơn vị của đồng chí không có ô ký trong văn bản này.")))
    slot.round = signing_round
    return document, signing_round, slot
