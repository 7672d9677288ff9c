"""The signing desk: choose the unit, choose who signs, sign with one's own secret, and back to the units.

The session is the keeper's and stays as it is: nobody is logged in or out here, and nothing is written into it. What is signed is
signed by an actor made for this one request, after his own secret was checked.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from blocs import policies
from blocs.domain import desk, discussion, progress
from blocs.domain import signing as verbs
from blocs.domain.snapshots import version_text
from blocs.forms.desk import DeskForm
from blocs.models import BlocDocument
from blocs.views.documents import find, round_pages, text_html
from blocs.views.hall import tag_of
from blocs.views.signing_pages import sign_with
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.middleware import address_of
from emulation.signing.domain import signatures
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot


@require_safe
@acting("documents")
@never_cache
def desk_page(request: ActedRequest, pk: int) -> HttpResponse:
    """The units as large tiles; the signed ones grey, with their time. It is loaded again when somebody has signed elsewhere."""
    tag = tag_of(request, pk)
    document, signing_round = _kept(request, pk)
    rows, wanted = progress.slot_rows(signing_round, None), request.GET.get("da-ky")
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "round": signing_round,
        "rows": rows,
        "tag": tag,
        "done": sum(row.slot.state == SlotState.SIGNED for row in rows),
        "just_signed": next((row.slot for row in rows if row.slot.signed_at and str(row.slot.number) == wanted), None),
    }
    return render(request, "blocs/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@acting("documents")
@never_cache
def desk_sign(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """One unit's turn: its commanders, the pages, the sentence, one secret; then back to the units."""
    document, signing_round = _kept(request, pk)
    slot = _slot(signing_round, number)
    signers = desk.signers(slot, address=address_of(request))
    frozen = signing_round.document.revisions.get(number=0).sha256
    form = DeskForm(request.POST or None, signers=signers, initial={"digest": frozen})
    if slot.state == SlotState.SIGNED or _signed(request, slot, form):
        return redirect(f"{reverse('desk', args=[pk])}?da-ky={number}")
    version = discussion.latest(document)
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "round": signing_round,
        "slot": slot,
        "signers": signers,
        "form": form,
        "may_somebody": any(row.verdict for row in signers),
        "pages": round_pages(signing_round),
        "text_html": text_html(document, version_text(version)) if version else "",
        "pledge": signatures.will_sentence(slot),
    }
    return render(request, "blocs/desk_sign.html", context, status=422 if form.errors else 200)


def _signed(request: ActedRequest, slot: Slot, form: DeskForm) -> bool:
    """Sign as the person whom the form names, if the secret is his; what is wrong goes into the form."""
    return form.is_valid() and sign_with(form, slot, actor=form.chosen.actor, keeper=request.actor)


def _kept(request: ActedRequest, pk: int) -> tuple[BlocDocument, SigningRound]:
    """The document and its open round, for who may keep the desk."""
    document = find(request, pk)
    enforce(policies.may_keep_desk(document, request.actor))
    signing_round = verbs.current_round(document)
    if signing_round is None or signing_round.on_paper:
        raise Http404
    return document, signing_round


def _slot(signing_round: SigningRound, number: int) -> Slot:
    slot = next((row for row in signing_round.slots.all() if row.number == number), None)
    if slot is None:
        raise Http404
    slot.round = signing_round
    return slot
