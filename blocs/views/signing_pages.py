"""The pages on which a few people sign one document: each in his own place, with his secret; refusing, taking that back, voiding.

A kind of document makes one `SigningPages`, puts its addresses among its own (`paths`) and lets the page of the document show what
`about` gives with the templates `blocs/signing_actions.html` and `blocs/signing_side.html`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.forms.discussion import ReasonForm, SignForm
from blocs.views.conferences import send_file
from blocs.views.documents import WIDTHS
from emulation.lib import vietnamese
from emulation.lib.verdict import Refused, enforce, refuse
from emulation.organisation.access import ActedRequest, View, acting
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates
from emulation.organisation.domain.secrets import WrongSecret
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.records.models import Revision
from emulation.signing import policies
from emulation.signing.domain import rounds, signatures
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningRound, Slot

Subject = TypeVar("Subject", bound=Model)

_SIZES = (("picture", "vua"), ("thumb", "nho"))


@dataclass(frozen=True)
class Words:
    """What these pages say of one kind of document, in the language of the request."""

    noun: str
    """What a person calls it inside a sentence: "biên bản"."""
    refusal: str
    """What follows when somebody refuses."""
    void: str
    """The title and button of voiding."""
    voided: str
    """What is said when it is voided."""
    void_link: str
    """The button that leads to voiding."""


@dataclass(frozen=True)
class Place:
    """Where a document stands: the pages above these as (words, address), its own page last, and the line under the heading."""

    crumbs: Sequence[tuple[str, str]]
    facts: str


def _unit_of(slot: Slot) -> str:
    return slot.unit_name


@dataclass(frozen=True)
class SigningPages(Generic[Subject]):
    """The signing pages of one kind of document.

    Its addresses are named `<name>_sign`, `<name>_refuse`, `<name>_withdraw`, `<name>_void`, `<name>_pdf` and `<name>_picture`.
    """

    kind: str
    name: str
    page: str
    """The name of the address of the document's own page, to which every act leads back."""
    menu: str
    words: Callable[[], Words]
    find: Callable[[ActedRequest, int], Subject]
    """The subject by its key if the actor may see it; raises Http404 otherwise."""
    place: Callable[[Subject], Place]
    not_yours: Callable[[Sequence[Slot]], str]
    """The refusal for whoever has no place to sign: who does, of these in order."""
    awaited: Callable[[Slot], str] = _unit_of
    """Who is shown beside a place where nobody has signed yet."""

    def paths(self, route: str) -> list[URLPattern]:
        """All addresses below `route`, which holds `<int:pk>` and ends with a slash."""
        picture = f"{route}trang/<sha256:sha256>/<int:page>-<size:size>.png"
        return [
            *self.act_paths(route),
            path(f"{route}tep.pdf", self.view("pdf"), name=f"{self.name}_pdf"),
            path(picture, self.view("picture"), name=f"{self.name}_picture"),
        ]

    def act_paths(self, route: str) -> list[URLPattern]:
        """The addresses of the four acts, for a kind that has a file and pictures of its own."""
        words = {"sign": "ky", "refuse": "tu-choi", "withdraw": "rut-tu-choi", "void": "huy-vong-ky"}
        return [path(f"{route}{word}/", self.view(act), name=f"{self.name}_{act}") for act, word in words.items()]

    def view(self, act: str) -> View:
        """The view of one act: sign, refuse, withdraw, void, picture or pdf."""
        guarded = acting(self.menu)
        answers_forms = require_http_methods(["GET", "HEAD", "POST"])
        return {
            "sign": answers_forms(sensitive_post_parameters("secret")(guarded(self._sign))),
            "refuse": answers_forms(guarded(self._refuse)),
            "withdraw": require_POST(guarded(self._withdraw)),
            "void": answers_forms(guarded(self._void)),
            "picture": require_safe(guarded(cache_control(private=True, max_age=86_400, immutable=True)(self._picture))),
            "pdf": require_safe(guarded(self._pdf)),
        }[act]

    def about(self, subject: Subject, signing_round: SigningRound, actor: Actor) -> dict[str, Any]:
        """Who signs and who has signed, the pages of the newest bytes, what this actor may do: for the document's own page."""
        slots = _in_order(signing_round)
        return {
            "slots": [(slot, self.awaited(slot)) for slot in slots],
            "may_sign": any(policies.may_refuse(slot, actor) for slot in slots),
            "may_look_again": any(policies.may_withdraw_refusal(slot, actor) for slot in slots),
            "may_void": policies.may_void(signing_round, actor),
            "round_pages": self.round_pages(subject, signing_round),
            "verify_url": reverse("verify_token", args=[signing_round.token]),
            "verify_facts": [(_("Mã tra cứu"), signing_round.short_code), (_("Mã kiểm tra nội dung"), signing_round.short_hash)],
            "void_link": self.words().void_link,
        } | self._addresses(subject)

    def round_pages(self, subject: Subject, signing_round: SigningRound) -> list[dict[str, Any]]:
        """Pictures of the round's newest bytes for the viewer."""
        return self.pages(subject, signing_round.current.sha256, signing_round.page_count)

    def pages(self, subject: Subject, key: str, count: int) -> list[dict[str, Any]]:
        """Pictures for the viewer of the bytes, or of the preview, with this key."""

        def sizes(number: int) -> dict[str, str]:
            return {name: reverse(f"{self.name}_picture", args=[subject.pk, key, number, size]) for name, size in _SIZES}

        return [{"number": number, **sizes(number)} for number in range(1, count + 1)]

    def _sign(self, request: ActedRequest, pk: int) -> HttpResponse:
        """The signing screen: the pages, the person and capacity, one sentence, one secret."""
        subject, signing_round, slot = self._own_slot(request, pk)
        if request.method == "POST" and slot.state == SlotState.SIGNED:
            return redirect(self.page, pk)
        form = sign_form(request, signing_round)
        if sign_with(form, slot, actor=request.actor):
            said = {"noun": self.words().noun, "role": _(slot.role_label).lower()}
            messages.success(request, _("Đã ký %(noun)s với tư cách %(role)s.") % said)
            return redirect(self.page, pk)
        context = self._around(subject) | panel(slot, request.actor)
        context |= {"round": signing_round, "pages": self.round_pages(subject, signing_round), "form": form}
        context["title"] = _("Ký %(noun)s") % {"noun": self.words().noun}
        return render(request, "blocs/signing_own.html", context, status=422 if form.errors else 200)

    def _refuse(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Refuse to sign, with a reason that everybody is told."""
        subject, _round, slot = self._own_slot(request, pk)
        enforce(policies.may_refuse(slot, request.actor))
        form = _reason_form(request)
        if form.is_valid():
            rounds.refuse_to_sign(slot, actor=request.actor, reason=form.cleaned_data["reason"])
            messages.warning(request, _("Đã ghi nhận đồng chí từ chối ký %(noun)s.") % {"noun": self.words().noun})
            return redirect(self.page, pk)
        return self._reasoned(
            request, subject, form, title=_("Từ chối ký %(noun)s") % {"noun": self.words().noun}, words=self.words().refusal
        )

    def _withdraw(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Take the refusal back."""
        _subject, _round, slot = self._own_slot(request, pk)
        rounds.withdraw_refusal(slot, actor=request.actor)
        messages.success(request, _("Đã rút lại lời từ chối; đồng chí ký được."))
        return redirect(f"{self.name}_sign", pk)

    def _void(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Void the round, with a reason."""
        subject, signing_round = self._current(request, pk)
        enforce(policies.may_void(signing_round, request.actor))
        form = _reason_form(request)
        if form.is_valid():
            rounds.void(signing_round, actor=request.actor, reason=form.cleaned_data["reason"])
            messages.warning(request, self.words().voided)
            return redirect(self.page, pk)
        words = _("Các chữ ký đã có bị hủy; người đã ký được báo. Bản đã hủy vẫn giữ trong sổ lưu.")
        return self._reasoned(request, subject, form, title=self.words().void, words=words)

    def _picture(self, request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
        """A page of the signed bytes as a picture."""
        self.find(request, pk)
        return signed_picture(self.kind, pk, sha256, page, size) or _missing()

    def _pdf(self, request: ActedRequest, pk: int) -> HttpResponse:
        """The newest bytes: what is signed so far, or the document that all have signed."""
        return send_signed(self._current(request, pk)[1])

    def _current(self, request: ActedRequest, pk: int) -> tuple[Subject, SigningRound]:
        subject = self.find(request, pk)
        return subject, rounds.newest(self.kind, subject) or _missing()

    def _own_slot(self, request: ActedRequest, pk: int) -> tuple[Subject, SigningRound, Slot]:
        """The place where this person may sign, has refused or has signed; everybody else is told for whom it is."""
        subject, signing_round = self._current(request, pk)
        slots = _in_order(signing_round)
        for question in (policies.may_refuse, policies.may_withdraw_refusal):
            if own := next((slot for slot in slots if question(slot, request.actor)), None):
                return subject, signing_round, own
        if signed := next((slot for slot in slots if slot.signer_id == request.actor.user_id), None):
            return subject, signing_round, signed
        raise Refused(refuse(self.not_yours(slots)))

    def _around(self, subject: Subject) -> dict[str, Any]:
        place = self.place(subject)
        return {"crumbs": place.crumbs, "facts_line": place.facts, **self._addresses(subject)}

    def _addresses(self, subject: Subject) -> dict[str, str]:
        acts = ("sign", "refuse", "withdraw", "void", "pdf")
        return {f"{act}_url": reverse(f"{self.name}_{act}", args=[subject.pk]) for act in acts}

    def _reasoned(self, request: ActedRequest, subject: Subject, form: ReasonForm, *, title: str, words: str) -> HttpResponse:
        context = {"form": form, "title": title, "words": words, "back_url": reverse(self.page, args=[subject.pk])}
        return render(request, "blocs/signing_reason.html", context | self._around(subject), status=422 if form.errors else 200)


def sign_form(request: ActedRequest, signing_round: SigningRound) -> SignForm:
    """The form of the signing screen, which carries the hash of the frozen text that it shows."""
    frozen = signing_round.document.revisions.get(number=0).sha256
    return SignForm(request.POST if request.method == "POST" else None, initial={"digest": frozen})


def sign_with(form: SignForm, slot: Slot, *, actor: Actor, keeper: Actor | None = None) -> bool:
    """Sign in this slot with the secret that was typed; false when that failed, and what is wrong stands at the form."""
    if not form.is_valid():
        return False
    sent = form.cleaned_data
    try:
        rounds.sign(slot, actor=actor, secret=sent["secret"], digest_shown=sent["digest"], keeper=keeper)
    except WrongSecret:
        form.add_error("secret", _("Mật khẩu không đúng."))
    except Refused as refused:
        form.add_error(None, str(refused))
    else:
        return True
    return False


def panel(slot: Slot, actor: Actor) -> dict[str, Any]:
    """What the panel of the signing screen says of a slot: what this person may do in it, and in which capacity."""
    capacity = policies.capacity_in(slot, actor)
    return {
        "slot": slot,
        "may_sign": policies.may_sign(slot, actor),
        "may_refuse": policies.may_refuse(slot, actor),
        "may_withdraw": policies.may_withdraw_refusal(slot, actor),
        "basis": mandates.describe(capacity[1]) if capacity and capacity[1] else "",
        "pledge": signatures.will_sentence(slot),
    }


def signed_picture(kind: str, subject_id: int, sha256: str, page: int, size: str) -> HttpResponse | None:
    """A page of the signed bytes with this hash; None when no round of the subject holds them. Raises Http404 for no such page."""
    own = Revision.objects.filter(document__round__kind=kind, document__round__subject_id=subject_id)
    revision = own.filter(sha256=sha256).first()
    if revision is None:
        return None
    try:
        picture = pictures.cached_page_picture(sha256, lambda: documents.read(revision), page, WIDTHS[size])
    except (IndexError, KeyError) as error:
        raise Http404 from error
    return HttpResponse(picture, content_type="image/png")


def send_signed(signing_round: SigningRound) -> HttpResponse:
    """The newest bytes of a round as a file, named after what is signed and how many have signed."""
    name = f"{vietnamese.slug(signing_round.title)}-{signing_round.current.number}.pdf"
    return send_file(documents.read(signing_round.current), name, "application/pdf")


def _reason_form(request: ActedRequest) -> ReasonForm:
    return ReasonForm(request.POST if request.method == "POST" else None)


def _in_order(signing_round: SigningRound) -> list[Slot]:
    return sorted(signing_round.slots.all(), key=lambda slot: slot.number)


def _missing() -> Any:
    raise Http404
