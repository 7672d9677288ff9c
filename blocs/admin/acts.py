"""The acts of checking and signing in the admin: the same verbs, verdicts and forms as on the document's own pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from blocs import policies
from blocs.domain import discussion, ending, form_check, progress, signing
from blocs.domain.snapshots import version_text
from blocs.enums import ENDED, ISSUED, CheckKind, DocumentState
from blocs.forms.discussion import OpenSigningForm, ReasonForm, SignForm
from blocs.forms.ending import RevokeForm
from blocs.models import BlocDocument, Version
from emulation.lib.verdict import Refused, Verdict, enforce, refuse
from emulation.organisation.access import ActedRequest
from emulation.organisation.actors import Actor
from emulation.organisation.domain import mandates
from emulation.organisation.domain.secrets import WrongSecret
from emulation.signing import policies as signing_policies
from emulation.signing.domain import rounds, signatures
from emulation.signing.models import SigningRound, Slot

View = Callable[..., HttpResponse]


def verdicts(request: ActedRequest, document: BlocDocument) -> dict[str, Any]:
    """What may be done with the document now, as the buttons of its page show it; asks no more than its state needs."""
    state, version, checked, signing_round = document.state, None, set(), None
    if state != DocumentState.DRAFT:
        version = discussion.latest(document)
    if version and state == DocumentState.ADOPTED:
        checked = {check.kind for check in version.checks.all()}
    if state in (DocumentState.DRAFT, DocumentState.SIGNING, DocumentState.SIGNED, *ENDED):
        signing_round = SigningRound.objects.filter(kind=document.kind, subject_id=document.pk).order_by("-number").first()
    if signing_round:
        signing_round.known_subject = document
    return {
        "version": version,
        "signing_round": signing_round,
        "may_check": policies.may_check(document, request.actor),
        "may_open": policies.may_open_signing(document, request.actor, checked),
        "may_void": signing_policies.may_void(signing_round, request.actor) if signing_round else None,
        "may_revoke": policies.may_revoke(document, request.actor) if state in ISSUED else None,
    }


def check(admin: Any) -> View:
    """The computed findings, and the two checks by two persons."""

    def view(request: ActedRequest, pk: int) -> HttpResponse:
        document = _find(admin, request, pk)
        version = discussion.latest(document)
        if version is None:
            enforce(policies.may_check(document, request.actor))
            raise Http404
        version.document = document
        prefetch_related_objects([version], "checks")
        if request.method == "POST":
            return _record_check(request, document, version)
        done = {row.kind: row for row in version.checks.all()}
        rows = [(kind, done.get(kind), policies.may_record_check(version, kind, request.actor)) for kind in CheckKind]
        findings = form_check.findings(document, version_text(version))
        context = {
            "version": version,
            "rows": rows,
            "findings": findings,
            "blocking": any(finding.blocks for finding in findings),
        }
        return _page(admin, request, document, "check", context, title=_("Kiểm tra nội dung và thể thức"))

    return view


def _record_check(request: ActedRequest, document: BlocDocument, version: Version) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in CheckKind.values or request.POST.get("version") != str(version.number):
        raise Refused(refuse(_("Bản được kiểm tra không còn là bản mới nhất. Đồng chí tải lại trang.")))
    signing.check(version, kind, actor=request.actor)
    messages.success(request, _("Đã ghi nhận kiểm tra %(part)s.") % {"part": str(CheckKind(kind).label).lower()})
    return redirect("admin:blocs_blocdocument_check", document.pk)


def open_signing(admin: Any) -> View:
    """Freeze the adopted text and open it for signing, with a deadline or none."""

    def view(request: ActedRequest, pk: int) -> HttpResponse:
        document = _find(admin, request, pk)
        form = OpenSigningForm(request.POST or None, initial={"originals": signing.usual_originals(document)})
        found = verdicts(request, document)
        verdict, version = found["may_open"], found["version"]
        if request.method == "POST":
            enforce(verdict)
            if form.is_valid() and _done(form, lambda: signing.open_signing(document, actor=request.actor, **form.choices_made)):
                messages.success(request, _("Đã mở ký; các đơn vị đã được báo."))
                return redirect("admin:blocs_blocdocument_watch", pk)
        findings = form_check.findings(document, version_text(version)) if version else []
        context = {
            "form": form,
            "verdict": verdict,
            "version": version,
            "findings": findings,
            "plans": signing.slot_plans(document),
        }
        return _page(admin, request, document, "open", context, title=_("Mở ký"))

    return view


def watch(admin: Any) -> View:
    """Who has signed, who has not, and what may be done about it."""

    def view(request: ActedRequest, pk: int) -> HttpResponse:
        document, signing_round = _document_and_round(admin, request, pk)
        rows = [(row, may_sign_here(request, row.slot)) for row in progress.slot_rows(signing_round, request.actor)]
        context = {
            "round": signing_round,
            "rows": rows,
            "done": sum(row.slot.signed_at is not None for row, _mine in rows),
            "records": list(signing_round.paper_records.select_related("scan")) if signing_round.on_paper else [],
            "may_void": signing_policies.may_void(signing_round, request.actor),
            "may_open_group": signing_policies.may_open_next_group(signing_round, request.actor),
        }
        return _page(admin, request, document, "watch", context, title=_("Theo dõi ký"))

    return view


@dataclass(frozen=True)
class ReasonedAct:
    """An act on an open round that needs a reason: what it is called, what it does, who may, and by which verb."""

    title: Any
    words: Any
    done: Any
    may: Callable[..., Verdict]
    verb: Callable[..., Any]


VOID = ReasonedAct(
    gettext_lazy("Hủy vòng ký"),
    gettext_lazy("Mọi chữ ký đã có bị hủy và người ký được báo tin; dự thảo được mở lại. Bản đã ký vẫn lưu và ghi rõ “đã hủy”."),
    gettext_lazy("Vòng ký đã hủy, dự thảo được mở lại."),
    signing_policies.may_void,
    rounds.void,
)
OPEN_GROUP = ReasonedAct(
    gettext_lazy("Mở sớm lượt ký kế tiếp"),
    gettext_lazy("Lượt sau được ký ngay; đơn vị của lượt trước vẫn ký được."),
    gettext_lazy("Đã mở lượt ký kế tiếp."),
    signing_policies.may_open_next_group,
    rounds.open_next_group,
)


def reasoned(act: ReasonedAct) -> Callable[[Any], View]:
    """The page of an act with its reason; everybody concerned is told."""

    def bind(admin: Any) -> View:
        def view(request: ActedRequest, pk: int) -> HttpResponse:
            document, signing_round = _document_and_round(admin, request, pk)
            form, verdict = ReasonForm(request.POST or None), act.may(signing_round, request.actor)
            if request.method == "POST":
                enforce(verdict)
                if form.is_valid() and _done(form, lambda: act.verb(signing_round, actor=request.actor, **form.cleaned_data)):
                    messages.warning(request, str(act.done))
                    return redirect("admin:blocs_blocdocument_change", pk)
            signed = sum(slot.signed_at is not None for slot in signing_round.slots.all())
            context = {"words": act.words, "form": form, "verdict": verdict, "signed": signed, "round": signing_round}
            return _page(admin, request, document, "reason", context, title=act.title)

        return view

    return bind


def revoke(admin: Any) -> View:
    """Revoke a document in force by a decision."""

    def view(request: ActedRequest, pk: int) -> HttpResponse:
        document = _find(admin, request, pk)
        form, verdict = RevokeForm(request.POST or None), policies.may_revoke(document, request.actor)
        if request.method == "POST":
            enforce(verdict)
            if form.is_valid() and _done(form, lambda: ending.revoke(document, actor=request.actor, **form.cleaned_data)):
                messages.warning(request, _("Đã thu hồi văn bản; những người đã ký và các đơn vị đã được báo."))
                return redirect("admin:blocs_blocdocument_change", pk)
        context = {"words": ending.consequences(), "form": form, "verdict": verdict}
        return _page(admin, request, document, "revoke", context, title=_("Thu hồi văn bản"))

    return view


def sign(admin: Any) -> View:
    """Sign in a slot of one's own: the person in the admin who holds a commanding position in the slot's unit, with his secret."""

    @sensitive_post_parameters("secret")
    def view(request: ActedRequest, pk: int, number: int) -> HttpResponse:
        document, signing_round = _document_and_round(admin, request, pk)
        slot = next((slot for slot in signing_round.slots.all() if slot.number == number), None)
        if slot is None:
            raise Http404
        slot.round = signing_round
        actor = sign_as(request, slot) or request.actor
        verdict = signing_policies.may_sign(slot, actor)
        frozen = signing_round.document.revisions.get(number=0).sha256
        form = SignForm(request.POST or None, initial={"digest": frozen})
        if request.method == "POST":
            enforce(verdict)
            given = form.cleaned_data if form.is_valid() else {}
            if given and _done(
                form, lambda: rounds.sign(slot, actor=actor, secret=given["secret"], digest_shown=given["digest"])
            ):
                messages.success(request, _("Đã ký thay mặt %(unit)s.") % {"unit": slot.unit_name})
                return redirect("admin:blocs_blocdocument_watch", pk)
        capacity = signing_policies.capacity_of(actor, signing_round.kind)
        context = {
            "round": signing_round,
            "form": form,
            "verdict": verdict,
            "slot": slot,
            "signer": actor,
            "pledge": signatures.will_sentence(slot),
            "basis": mandates.describe(capacity[1]) if capacity and capacity[1] else "",
            "text": text_to_read(document),
            "pages": [page_of(signing_round, number) for number in range(1, signing_round.page_count + 1)],
        }
        return _page(admin, request, document, "sign", context, title=_("Ký thay mặt %(unit)s") % {"unit": slot.unit_name})

    return view


def sign_as(request: ActedRequest, slot: Slot) -> Actor | None:
    """The person at this desk in his post in the slot's unit, a commanding one first; None when he has none there."""
    held = next((position for position in request.positions if position.unit_id == slot.unit_id), None)
    return Actor(request.actor.user, held, request.actor.address) if held else None


def may_sign_here(request: ActedRequest, slot: Slot) -> bool:
    """Whether the slot waits for the very person at this desk."""
    actor = sign_as(request, slot)
    return actor is not None and bool(signing_policies.may_sign(slot, actor))


def text_to_read(document: BlocDocument) -> str:
    """The frozen text for those who do not read pictures."""
    version = discussion.latest(document)
    assert version is not None
    return render_to_string("blocs/text.html", {"document": document, "text": version_text(version)})


def page_of(signing_round: SigningRound, number: int) -> dict[str, Any]:
    """A page of the round's newest bytes as the viewer shows it."""

    def picture(size: str) -> str:
        return reverse("document_page", args=[signing_round.subject_id, signing_round.current.sha256, number, size])

    return {"number": number, "picture": picture("vua"), "thumb": picture("nho")}


PAGES: list[tuple[str, str, Callable[[Any], View]]] = [
    ("check", "<int:pk>/kiem-tra/", check),
    ("open", "<int:pk>/mo-ky/", open_signing),
    ("watch", "<int:pk>/theo-doi-ky/", watch),
    ("void", "<int:pk>/huy-vong-ky/", reasoned(VOID)),
    ("group", "<int:pk>/mo-luot-ky/", reasoned(OPEN_GROUP)),
    ("sign", "<int:pk>/ky/<int:number>/", sign),
    ("revoke", "<int:pk>/thu-hoi/", revoke),
]


def _done(form: Form, act: Callable[[], Any]) -> bool:
    """Do it; what the verb answers instead stands at the form."""
    try:
        act()
    except WrongSecret:
        form.add_error("secret", _("Mật khẩu không đúng."))
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        for sentence in error.messages:
            form.add_error(None, sentence)
    return not form.errors


def _find(admin: Any, request: ActedRequest, pk: int) -> BlocDocument:
    enforce(admin.may_look(request))
    return get_object_or_404(BlocDocument.objects.visible_to(request.actor).full(), pk=pk)


def _document_and_round(admin: Any, request: ActedRequest, pk: int) -> tuple[BlocDocument, SigningRound]:
    document = _find(admin, request, pk)
    signing_round = signing.current_round(document)
    if signing_round is None:
        raise Refused(refuse(_("Văn bản chưa được mở ký.")))
    return document, signing_round


def _page(
    admin: Any, request: ActedRequest, document: BlocDocument, name: str, context: dict[str, Any], *, title: Any
) -> HttpResponse:
    form = context.get("form")
    frame = {
        **admin.admin_site.each_context(request),
        "title": title,
        "subtitle": document.bloc_year.full_name,
        "opts": admin.opts,
        "document": document,
        "bloc": document.bloc_year,
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, f"admin/blocs/document_{name}.html", {**frame, **context}, status=status)
