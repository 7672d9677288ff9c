"""Pages of documents: list, the document's own page in each of its states, its files and page pictures."""

from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from blocs import enclosing, policies
from blocs.domain import annexes, carrying, discussion, form_check, previews, progress, reminding, votes
from blocs.domain import signing as verbs
from blocs.domain.signing_kind import KINDS
from blocs.domain.snapshots import version_text
from blocs.enums import ISSUED, UNDECIDED, AdoptionBasis, CheckKind, DocumentState, Opinion
from blocs.forms.discussion import AdoptForm, OpenSigningForm, StandForm
from blocs.forms.drafts import RegistrationForm
from blocs.models import BlocDocument, BlocYear, Version, name_units
from blocs.texts import CovenantText
from emulation.lib import clock, vietnamese
from emulation.organisation.access import ActedRequest, acting
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry, Revision
from emulation.signing import policies as signing_policies
from emulation.signing.domain import paper
from emulation.signing.models import SigningRound

WIDTHS = {"nho": 174, "vua": 1100}


def find(request: ActedRequest, pk: int) -> BlocDocument:
    """The document with everything around it, if the actor may see it; 404 otherwise."""
    beside = BlocDocument.objects.filter(bloc_year=OuterRef("bloc_year"), state=DocumentState.DISCUSSION).exclude(
        pk=OuterRef("pk")
    )
    visible = BlocDocument.objects.visible_to(request.actor).annotate(others_discussed=Exists(beside))
    beside_it = votes.with_decided(visible).full(named=False).select_related("replaces", "replaced_by")
    document: BlocDocument = get_object_or_404(beside_it, pk=pk)
    name_units(document.bloc_year)
    return document


@require_safe
@acting("documents")
def document_list(request: ActedRequest) -> HttpResponse:
    """The documents that the actor may see."""
    rows = list(BlocDocument.objects.visible_to(request.actor).full().order_by("-bloc_year__year", "bloc_year__name", "pk"))
    counts: dict[int, tuple[int, int]] = {}
    for signing_round in (
        SigningRound.objects.filter(kind__in=KINDS, subject_id__in=[row.pk for row in rows])
        .prefetch_related("slots")
        .order_by("number")
    ):
        slots = list(signing_round.slots.all())
        counts[signing_round.subject_id] = (sum(slot.signed_at is not None for slot in slots), len(slots))
    groups = [
        (bloc_year, [(row, *counts.get(row.pk, (0, 0))) for row in sorted(found, key=lambda row: KINDS.index(row.kind))])
        for bloc_year, found in groupby(rows, key=lambda row: row.bloc_year)
    ]
    return render(request, "blocs/document_list.html", {"groups": groups, "count": len(rows)})


@require_safe
@acting("documents")
def document_page(request: ActedRequest, pk: int) -> HttpResponse:
    """What the document is now, and what this actor may do with it."""
    return render_page(request, find(request, pk))


def render_page(request: ActedRequest, document: BlocDocument, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The document's page; `bound` replaces forms by those that came back with faults."""
    bloc_year = document.bloc_year
    version = discussion.latest(document)
    of_round = document.has_ended and not document.is_annex  # a round of an annex was voided before it went out unsigned
    signing_round = (
        verbs.current_round(document)
        if document.state in (DocumentState.SIGNING, DocumentState.SIGNED, DocumentState.DRAFT) or of_round
        else None
    )
    context = {
        "document": document,
        "bloc": bloc_year,
        "version": version,
        "round": signing_round,
        "steps": progress.steps(bloc_year, document, version, signing_round),
        "may_edit": policies.may_edit(document, request.actor),
        "pdf_ready": version is not None and document.state != DocumentState.DRAFT,
        "my_registration": _my_registration(request, document),
        "happened": _happened(document),
        **_about_force(request, document),
        "enclosed": enclosing.page(document),
    }
    if version:
        version.document = document
        context |= _about_version(request, document, version)
    if signing_round:
        context |= _about_round(request, signing_round)
        context["may_present"] = policies.may_present(document, request.actor)
        context["may_keep_desk"] = policies.may_keep_desk(document, request.actor)
    return render(request, "blocs/document.html", context | bound, status=status)


def _about_force(request: ActedRequest, document: BlocDocument) -> dict[str, Any]:
    """What this document is to replace, and what replaces it, as far as the actor may see that; who may end what is in force."""
    newer = getattr(document, "replaced_by", None)
    if newer is not None:
        newer.bloc_year = document.bloc_year
        if newer.state == DocumentState.DRAFT and not policies.may_edit(newer, request.actor):
            newer = None  # nobody else sees a first draft
    context: dict[str, Any] = {"older": document.replaces, "newer": newer}
    if document.state in ISSUED:
        context["may_replace"] = policies.may_replace(document, request.actor)
        context["may_revoke"] = policies.may_revoke(document, request.actor)
    return context


def _about_version(request: ActedRequest, document: BlocDocument, version: Version) -> dict[str, Any]:
    prefetch_related_objects([version], "stands")
    stands = list(version.stands.all())
    mine = next((stand for stand in stands if stand.unit_id == request.actor.unit_id), None)
    text = version_text(version)
    context: dict[str, Any] = {
        "text_html": text_html(document, text, may_remark=bool(policies.may_remark(document, request.actor))),
        "stands": progress.stand_rows(document.bloc_year, stands, request.actor, adopted=not document.is_editable),
        "sent": sum(stand.sent_at is not None for stand in stands),
        "my_stand": mine,
        "may_prepare": policies.may_prepare_stand(document, request.actor),
        "may_send": policies.may_send_stand(document, request.actor),
    }
    if document.state == DocumentState.DISCUSSION:
        context["stand_form"] = StandForm(
            initial={"opinion": mine.opinion, "remark": mine.remark} if mine else {"opinion": Opinion.AGREE}
        )
        context["remarks"] = list(document.remarks.all())
        context["undecided"] = [row for row in context["remarks"] if row.state in UNDECIDED]
        context["may_remark"] = policies.may_remark(document, request.actor)
        context |= _about_silent(request, document, version)
        context["may_adopt"] = policies.may_adopt(document, request.actor)
        context["bases"] = [(basis, policies.adoption_open(version, basis)) for basis in AdoptionBasis]
        may_be_others = context["may_adopt"] and getattr(document, "others_discussed", True)  # `find` has asked
        others = discussion.ready_for_conference(document, request.actor) if may_be_others else []
        context["adopt_form"] = AdoptForm(initial=_likely_adoption(version) if context["may_adopt"] else {}, others=others)
    if document.state == DocumentState.ADOPTED:
        prefetch_related_objects([version], "checks")
        checks = {check.kind: check for check in version.checks.all()}
        adoption = discussion.last_adoption(version)
        context |= {
            "adoption": adoption,
            "findings": form_check.findings(document, text),
            "checks": [(kind, checks.get(kind), policies.may_record_check(version, kind, request.actor)) for kind in CheckKind],
            "may_open": policies.may_open_signing(document, request.actor, set(checks)),
            "may_attach": policies.may_attach(
                document, request.actor, set(checks), adoption.basis if adoption else "", discussion.minutes_state(adoption)
            ),
            "may_redraft": policies.may_redraft(document, request.actor),
            "may_set_details": policies.may_set_signing_details(document, request.actor),
            "open_form": OpenSigningForm(initial={"originals": verbs.usual_originals(document)}),
            "signing_facts": _signing_facts(document),
        }
    if document.annex:
        context["adoption"] = discussion.last_adoption(version)
        context["pages"] = kept_pages(document.pk, document.annex.sha256, annexes.page_count(document.annex))
    elif document.state in (DocumentState.DISCUSSION, DocumentState.ADOPTED):
        preview = previews.version_preview(version)
        context["pages"] = preview_pages(document, preview.key, preview.pages)
    return context


def _about_silent(request: ActedRequest, document: BlocDocument, version: Version) -> dict[str, Any]:
    """What the version did to earlier stands, in words, and whether the silent ones may be reminded now."""
    names = {str(seat.unit_id): seat.unit.short_name for seat in document.bloc_year.ordered_seats}
    kept = [names[unit] for unit, reasons in version.carried.items() if not reasons and unit in names]
    reset = [
        f"{names[unit]} ({carrying.words(reasons)})" for unit, reasons in version.carried.items() if reasons and unit in names
    ]
    may = policies.may_remind(document, request.actor)
    last = version.reminders.order_by("-on").first() if may else None
    return {
        "kept": ", ".join(kept),
        "reset": ", ".join(reset),
        "may_remind": reminding.timely(last, reminding.silent(version)) if may else None,
    }


def _likely_adoption(version: Version) -> dict[str, Any]:
    """What the form starts from: what a conference has decided about the document, else what the stands allow and the roll says."""
    if decided := votes.decided(version.document):
        return {"basis": AdoptionBasis.CONFERENCE, **decided}
    called = votes.called(version.document)
    for basis in (AdoptionBasis.CONSENSUS, AdoptionBasis.LAPSE):
        if policies.adoption_open(version, basis):
            return {**called, "basis": basis, "held_on": clock.today()}
    return {"basis": "", "held_on": clock.today(), **called}  # a conference is never assumed


def _about_round(request: ActedRequest, signing_round: SigningRound) -> dict[str, Any]:
    rows = progress.slot_rows(signing_round, request.actor)
    mine = next((row for row in rows if row.is_mine), None)
    return {
        "slots": rows,
        "done": sum(row.slot.signed_at is not None for row in rows),
        "mine": mine,
        "may_sign": signing_policies.may_sign(mine.slot, request.actor) if mine else None,
        "may_void": signing_policies.may_void(signing_round, request.actor),
        "may_open_group": signing_policies.may_open_next_group(signing_round, request.actor),
        "may_withdraw": signing_policies.may_withdraw_refusal(mine.slot, request.actor) if mine else None,
        "round_pages": round_pages(signing_round),
        **_about_paper(request, signing_round),
        "verify_url": reverse("verify_token", args=[signing_round.token]),
        "verify_facts": [
            (_("Mã tra cứu"), signing_round.short_code),
            (_("Mã kiểm tra nội dung"), signing_round.short_hash),
            (_("Số trang"), str(signing_round.page_count)),
        ],
    }


def _about_paper(request: ActedRequest, signing_round: SigningRound) -> dict[str, Any]:
    """Who may record, or confirm, what was signed with pens; nothing of an electronic round."""
    if not signing_round.on_paper:
        return {}
    record = paper.pending(signing_round)
    return {
        "paper_record": record or paper.confirmed(signing_round),
        "may_record_paper": signing_policies.may_record_paper(signing_round, request.actor),
        "may_decide_paper": signing_policies.may_decide_paper(record, request.actor) if record else None,
    }


def text_html(document: BlocDocument, text: CovenantText, *, may_remark: bool = False) -> str:
    """The text for reading on the screen, beside the pictures; with a link beside each clause for who may remark."""
    return render_to_string("blocs/text.html", {"document": document, "text": text, "may_remark": may_remark})


def _my_registration(request: ActedRequest, document: BlocDocument) -> BoundField | None:
    """The boxes for the actor's own unit, while they may change."""
    unit_id = request.actor.unit_id
    seat = document.bloc_year.seat_of(unit_id)
    if seat is None or unit_id is None or not policies.may_register(document, unit_id, request.actor):
        return None
    chosen = [row.title for row in document.registrations.all() if row.unit_id == unit_id]
    form = RegistrationForm(units=[seat.unit], initial={f"unit-{unit_id}": chosen})
    return form[f"unit-{unit_id}"]


def _signing_facts(document: BlocDocument) -> list[tuple[str, str]]:
    return [
        (_("Ngày ký"), document.date.strftime("%d/%m/%Y") if document.date else _("chưa có")),
        (_("Địa danh"), document.place or _("chưa có")),
        *(_ways_of_signing(document) if document.is_covenant else [(_("Người ký"), document.bloc_year.leader.unit.name)]),
    ]


def _ways_of_signing(document: BlocDocument) -> list[tuple[str, str]]:
    return [
        (_("Thứ tự ký"), str(document.get_signing_order_display())),
        (_("Chứng kiến"), _("lãnh đạo Công an tỉnh") if document.has_witness else _("không")),
    ]


def _happened(document: BlocDocument) -> list[dict[str, Any]]:
    """The latest public acts on this document, newest first; single edits of the draft are left out."""
    entries = AuditEntry.objects.filter(stream__key=document.stream).exclude(
        event__in=[Event.DRAFT_CHANGED, Event.STAND_PREPARED, Event.ROUND_COMPLETED]  # that is told by the last signature
    )
    return [
        {
            "at": entry.at,
            "who": entry.person.split(",")[0] or _("Hệ thống"),
            "what": str(entry.get_event_display()).lower(),
            "with_day": True,
        }
        for entry in entries.order_by("-seq")[:8]
    ]


def preview_pages(document: BlocDocument, key: str, count: int) -> list[dict[str, Any]]:
    """Pictures of a preview for the viewer."""
    base = f"/van-ban/{document.pk}/ban-xem/{key}/"
    return [
        {"number": number, "picture": f"{base}{number}-vua.png", "thumb": f"{base}{number}-nho.png"}
        for number in range(1, count + 1)
    ]


def round_pages(signing_round: SigningRound) -> list[dict[str, Any]]:
    """Pictures of the round's newest bytes for the viewer."""
    return kept_pages(signing_round.subject_id, signing_round.current.sha256, signing_round.page_count)


def kept_pages(document_id: int, sha256: str, count: int) -> list[dict[str, Any]]:
    """Pictures of stored bytes of this document for the viewer."""
    base = f"/van-ban/{document_id}/trang/{sha256}/"
    numbers = range(1, count + 1)
    return [{"number": number, "picture": f"{base}{number}-vua.png", "thumb": f"{base}{number}-nho.png"} for number in numbers]


@require_safe
@acting("documents")
@cache_control(private=True, max_age=86_400, immutable=True)
def round_picture(request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
    """A page of a stored revision of this document, or of what went out as an annex, as a picture of the very bytes."""
    get_object_or_404(BlocDocument.objects.visible_to(request.actor), pk=pk)
    its_own = Q(document__round__kind__in=KINDS, document__round__subject_id=pk) | Q(annexed=pk)
    revision = get_object_or_404(Revision, its_own, sha256=sha256)
    try:
        picture = pictures.cached_page_picture(revision.sha256, lambda: documents.read(revision), page, WIDTHS[size])
    except (IndexError, KeyError) as error:
        raise Http404 from error
    return HttpResponse(picture, content_type="image/png")


@require_safe
@acting("documents")
@cache_control(private=True, max_age=86_400, immutable=True)
def preview_picture(request: ActedRequest, pk: int, key: str, page: int, size: str) -> HttpResponse:
    """A page of a preview of this document; its key is the hash of what it shows, so only who was shown it can ask for it."""
    get_object_or_404(BlocDocument.objects.visible_to(request.actor), pk=pk)
    try:
        picture = previews.preview_picture(pk, key, page, WIDTHS[size])
    except (IndexError, KeyError) as error:
        raise Http404 from error
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@require_safe
@acting("documents")
def document_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The newest bytes of the newest round: what is signed so far, or the final document; before any round, the draft as it prints."""
    document = find(request, pk)
    signing_round = verbs.current_round(document)
    frozen = document.state in (DocumentState.SIGNING, DocumentState.SIGNED) or document.has_ended
    if document.annex:
        pdf, name = documents.read(document.annex), f"{vietnamese.slug(document.printed_title)}.pdf"
    elif signing_round and frozen:
        pdf = documents.read(signing_round.current)
        name = f"{vietnamese.slug(signing_round.title)}-{signing_round.current.number}.pdf"
    else:
        version = discussion.latest(document)
        if version is None:
            raise Http404
        version.document = document
        pdf = previews.preview_pdf(document.pk, previews.version_preview(version).key) or b""
        name = f"du-thao-{version.number}-{vietnamese.slug(document.printed_title)}.pdf"
    return pdf_response(pdf, name)


@require_safe
@acting("documents")
def round_pdf(request: ActedRequest, pk: int, number: int) -> HttpResponse:
    """The newest bytes of one signing round, voided ones included: they stay readable."""
    get_object_or_404(BlocDocument.objects.visible_to(request.actor), pk=pk)
    rounds = SigningRound.objects.select_related("current")
    signing_round = get_object_or_404(rounds, kind__in=KINDS, subject_id=pk, number=number)
    return pdf_response(documents.read(signing_round.current), f"{vietnamese.slug(signing_round.title)}-vong-{number}.pdf")


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to be kept under this name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def bloc_of(request: ActedRequest, pk: int) -> BlocYear:
    """A bloc with everything around it, if the actor may see it; 404 otherwise."""
    return name_units(get_object_or_404(BlocYear.objects.visible_to(request.actor).full(named=False), pk=pk))
