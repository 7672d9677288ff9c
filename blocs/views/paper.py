"""Signing on paper: print for signing, take in the scan, record who signed, confirm as a second person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.domain import signing
from blocs.domain.signing_kind import KINDS
from blocs.forms.discussion import ReasonForm
from blocs.forms.paper import PaperForm, ScanForm
from blocs.models import BlocDocument
from blocs.views.documents import WIDTHS, find, round_pages
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.records import storage
from emulation.signing import children, policies, scanning
from emulation.signing.domain import paper, scans
from emulation.signing.models import PaperRecord, Scan, ScanFile, SigningRound

MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def paper_page(request: ActedRequest, pk: int) -> HttpResponse:
    """What is to be done with the paper, or what was recorded of it; a POST records who signed."""
    document, signing_round = _on_paper(request, pk)
    scan = scans.latest(signing_round)
    form = _paper_form(request, signing_round, scan)
    if request.method == "POST":
        enforce(policies.may_record_paper(signing_round, request.actor))
        if form is None or scan is None:
            messages.error(request, _("Tải bản chụp lên trước, rồi ghi nhận."))
            return redirect("paper", pk)
        if form.is_valid() and _recorded(request, form, scan):
            messages.success(request, _("Đã ghi nhận; người thứ hai của khối trưởng, khối phó hoặc thường trực xác nhận."))
            return redirect("paper", pk)
    return _show(request, document, signing_round, scan, form=form)


@require_POST
@acting("documents")
def take_in(request: ActedRequest, pk: int) -> HttpResponse:
    """Take in the scan of one signed original."""
    document, signing_round = _on_paper(request, pk)
    enforce(policies.may_record_paper(signing_round, request.actor))
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            scan = scans.take_in(signing_round, [file.read() for file in form.cleaned_data["scan"]], actor=request.actor)
        except ValidationError as error:
            form.add_error("scan", error)
        else:
            _tell_of_scan(request, scan)
            return redirect("paper", pk)
    return _show(request, document, signing_round, scans.latest(signing_round), scan_form=form)


@require_POST
@acting("documents")
def confirm(request: ActedRequest, pk: int, record: int) -> HttpResponse:
    """The second person has compared the scan with the paper."""
    _document, signing_round = _on_paper(request, pk)
    paper.confirm(_record(signing_round, record), actor=request.actor)
    messages.success(request, _("Đã xác nhận: văn bản đã ký đủ trên giấy."))
    return redirect("document", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def decline(request: ActedRequest, pk: int, record: int) -> HttpResponse:
    """Give the record back with a reason."""
    document, signing_round = _on_paper(request, pk)
    found = _record(signing_round, record)
    enforce(policies.may_decide_paper(found, request.actor))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paper.decline(found, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã trả lại bản ghi; người ghi đã được báo."))
        return redirect("paper", pk)
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "form": form,
        "title": _("Trả lại bản ghi ký giấy"),
        "words": _("Người ghi được báo lý do và ghi lại; bản chụp đã tải lên vẫn lưu."),
        "button": _("Trả lại bản ghi"),
    }
    return render(request, "blocs/reason.html", context, status=422 if form.errors else 200)


@require_safe
@acting("documents")
@cache_control(private=True, max_age=86_400, immutable=True)
def scan_page(request: ActedRequest, pk: int, file: int, page: int, size: str) -> HttpResponse:
    """A page of a scan as a picture, turned upright."""
    found = _scan_file(request, pk, file)
    try:
        picture = scans.page_picture(found, page, width=WIDTHS[size])
    except (IndexError, scanning.ScanUnreadable, children.Busy, children.OutOfTime) as error:
        raise Http404 from error
    return HttpResponse(picture, content_type="image/jpeg")


@require_safe
@acting("documents")
def scan_file(request: ActedRequest, pk: int, file: int) -> HttpResponse:
    """A file of a scan as it was uploaded."""
    found = _scan_file(request, pk, file)
    response = HttpResponse(storage.read(found.revision.sha256), content_type=MEDIA_TYPES[found.media_type])
    name = f"ban-chup-{found.scan.number}-{found.order}.{ENDINGS[found.media_type]}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _on_paper(request: ActedRequest, pk: int) -> tuple[BlocDocument, SigningRound]:
    document = find(request, pk)
    signing_round = signing.current_round(document)
    if signing_round is None or not signing_round.on_paper:
        raise Http404
    return document, signing_round


def _record(signing_round: SigningRound, pk: int) -> PaperRecord:
    found: PaperRecord = get_object_or_404(PaperRecord, round=signing_round, pk=pk)
    found.round = signing_round
    return found


def _scan_file(request: ActedRequest, pk: int, file: int) -> ScanFile:
    get_object_or_404(BlocDocument.objects.visible_to(request.actor), pk=pk)
    rows = ScanFile.objects.select_related("revision", "scan")
    found: ScanFile = get_object_or_404(rows, pk=file, scan__round__kind__in=KINDS, scan__round__subject_id=pk)
    return found


def _paper_form(request: ActedRequest, signing_round: SigningRound, scan: Scan | None) -> PaperForm | None:
    if scan is None or not policies.may_record_paper(signing_round, request.actor):
        return None
    slots = sorted(signing_round.slots.all(), key=lambda slot: slot.number)
    opened = clock.local(signing_round.opened_at).date()
    candidates = paper.possible_signers(slots, since=opened)
    initial = {"signed_on": max(opened, min(signing_round.document_date, clock.today()))}
    return PaperForm(request.POST or None, scan=scan, slots=slots, candidates=candidates, initial=initial)


def _recorded(request: ActedRequest, form: PaperForm, scan: Scan) -> bool:
    try:
        paper.record(
            scan,
            actor=request.actor,
            signed_on=form.cleaned_data["signed_on"],
            signers=form.signers,
            no_code_reason=form.cleaned_data.get("no_code_reason", ""),
        )
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


def _tell_of_scan(request: ActedRequest, scan: Scan) -> None:
    if scan.has_code:
        messages.success(request, _("Đã nhận bản chụp: %(n)d trang, mã QR khớp với văn bản.") % {"n": scan.page_count})
    else:
        words = _("Đã nhận bản chụp: %(n)d trang, nhưng không đọc được mã QR. Chụp lại rõ hơn, hoặc ghi lý do ở dưới.")
        messages.warning(request, words % {"n": scan.page_count})


def _show(
    request: ActedRequest,
    document: BlocDocument,
    signing_round: SigningRound,
    scan: Scan | None,
    *,
    form: PaperForm | None = None,
    scan_form: ScanForm | None = None,
) -> HttpResponse:
    record = paper.pending(signing_round) or paper.confirmed(signing_round)
    shown = record.scan if record and not (scan and scan.pk == record.scan_id) else scan
    declined = [row for row in signing_round.paper_records.all() if row.decline_reason]
    context: dict[str, Any] = {
        "document": document,
        "bloc": document.bloc_year,
        "round": signing_round,
        "scan": shown,
        "pages": scan_pages(document, shown) if shown else round_pages(signing_round),
        "files": [_file_link(document, file) for file in shown.files.all()] if shown else [],
        "record": record,
        "ticks": list(record.ticks.select_related("slot").order_by("slot__number")) if record else [],
        "declined": declined[-1] if declined and record is None else None,
        "form": form or (None if scan_form is None else _paper_form(request, signing_round, scan)),
        "scan_form": scan_form or ScanForm(),
        "may_record": policies.may_record_paper(signing_round, request.actor),
        "may_decide": policies.may_decide_paper(record, request.actor) if record else None,
    }
    faulty = any(bound and bound.errors for bound in (form, scan_form))
    return render(request, "blocs/paper.html", context, status=422 if faulty else 200)


def scan_pages(document: BlocDocument, scan: Scan) -> list[dict[str, Any]]:
    """Pictures of a scan's pages for the viewer, without blank ones."""
    places = [(file.pk, page) for file in scan.files.all() for page, _turn in file.pages]
    return [
        {
            "number": number,
            "picture": reverse("scan_page", args=[document.pk, file, page, "vua"]),
            "thumb": reverse("scan_page", args=[document.pk, file, page, "nho"]),
        }
        for number, (file, page) in enumerate(places, start=1)
    ]


def _file_link(document: BlocDocument, file: ScanFile) -> dict[str, str]:
    return {"url": reverse("scan_file", args=[document.pk, file.pk]), "name": f"{file.order}. {file.media_type.upper()}"}
