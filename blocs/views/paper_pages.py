"""Signing on paper for any kind of document: print for signing, take in the scan, record who signed, confirm as a second person.

A kind makes one `PaperPages` and puts its addresses among its own; `blocs/views/paper.py` is that of covenants and their like.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.forms.discussion import ReasonForm
from blocs.forms.paper import PaperForm, ScanForm
from blocs.views.documents import WIDTHS
from blocs.views.signing_pages import Place
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, View, acting
from emulation.records import storage
from emulation.signing import children, policies, scanning
from emulation.signing.domain import paper, scans
from emulation.signing.models import PaperRecord, Scan, ScanFile, SigningRound

MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
ENDINGS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}

Subject = TypeVar("Subject", bound=Model)


@dataclass(frozen=True)
class PaperPages(Generic[Subject]):
    """The pages of a round on paper.

    Its addresses are named `<prefix>paper`, `<prefix>paper_scan`, `<prefix>paper_confirm`, `<prefix>paper_decline`,
    `<prefix>scan_page` and `<prefix>scan_file`.
    """

    kinds: Sequence[str]
    prefix: str
    page: str
    """The name of the address of the document's own page."""
    pdf: str
    """The name of the address of the print for signing."""
    menu: str
    find: Callable[[ActedRequest, int], Subject]
    """The subject by its key if the actor may see it; raises Http404 otherwise."""
    newest: Callable[[Subject], SigningRound | None]
    pages: Callable[[Subject, SigningRound], list[dict[str, Any]]]
    """Pictures of the print, for the viewer."""
    place: Callable[[Subject], Place]
    recorded: Callable[[], str]
    """What is said once it is recorded: who confirms."""

    def paths(self, route: str) -> list[URLPattern]:
        """All addresses below `route`, which holds `<int:pk>` and ends with a slash."""
        return [
            path(f"{route}ky-giay/", self.view("paper"), name=f"{self.prefix}paper"),
            path(f"{route}ky-giay/ban-chup/", self.view("take_in"), name=f"{self.prefix}paper_scan"),
            path(
                f"{route}ky-giay/ban-chup/<int:file>/<int:page>-<size:size>.jpg",
                self.view("scan_page"),
                name=f"{self.prefix}scan_page",
            ),
            path(f"{route}ky-giay/ban-chup/<int:file>/tep", self.view("scan_file"), name=f"{self.prefix}scan_file"),
            path(f"{route}ky-giay/<int:record>/xac-nhan/", self.view("confirm"), name=f"{self.prefix}paper_confirm"),
            path(f"{route}ky-giay/<int:record>/tra-lai/", self.view("decline"), name=f"{self.prefix}paper_decline"),
        ]

    def view(self, act: str) -> View:
        """The view of one act: paper, take_in, confirm, decline, scan_page or scan_file."""
        guarded = acting(self.menu)
        answers_forms = require_http_methods(["GET", "HEAD", "POST"])
        return {
            "paper": answers_forms(guarded(self._paper)),
            "take_in": require_POST(guarded(self._take_in)),
            "confirm": require_POST(guarded(self._confirm)),
            "decline": answers_forms(guarded(self._decline)),
            "scan_page": require_safe(guarded(cache_control(private=True, max_age=86_400, immutable=True)(self._scan_page))),
            "scan_file": require_safe(guarded(self._scan_file)),
        }[act]

    def _paper(self, request: ActedRequest, pk: int) -> HttpResponse:
        """What is to be done with the paper, or what was recorded of it; a POST records who signed."""
        subject, signing_round = self._on_paper(request, pk)
        scan = scans.latest(signing_round)
        form = _paper_form(request, signing_round, scan)
        if request.method == "POST":
            enforce(policies.may_record_paper(signing_round, request.actor))
            if form is None or scan is None:
                messages.error(request, _("Tải bản chụp lên trước, rồi ghi nhận."))
                return redirect(f"{self.prefix}paper", pk)
            if form.is_valid() and _recorded(request, form, scan):
                messages.success(request, self.recorded())
                return redirect(f"{self.prefix}paper", pk)
        return self._show(request, subject, signing_round, scan, form=form)

    def _take_in(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Take in the scan of one signed original."""
        subject, signing_round = self._on_paper(request, pk)
        enforce(policies.may_record_paper(signing_round, request.actor))
        form = ScanForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                scan = scans.take_in(signing_round, [file.read() for file in form.cleaned_data["scan"]], actor=request.actor)
            except ValidationError as error:
                form.add_error("scan", error)
            else:
                _tell_of_scan(request, scan)
                return redirect(f"{self.prefix}paper", pk)
        return self._show(request, subject, signing_round, scans.latest(signing_round), scan_form=form)

    def _confirm(self, request: ActedRequest, pk: int, record: int) -> HttpResponse:
        """The second person has compared the scan with the paper."""
        _subject, signing_round = self._on_paper(request, pk)
        paper.confirm(_record(signing_round, record), actor=request.actor)
        messages.success(request, _("Đã xác nhận: văn bản đã ký đủ trên giấy."))
        return redirect(self.page, pk)

    def _decline(self, request: ActedRequest, pk: int, record: int) -> HttpResponse:
        """Give the record back with a reason."""
        subject, signing_round = self._on_paper(request, pk)
        found = _record(signing_round, record)
        enforce(policies.may_decide_paper(found, request.actor))
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            paper.decline(found, actor=request.actor, reason=form.cleaned_data["reason"])
            messages.warning(request, _("Đã trả lại bản ghi; người ghi đã được báo."))
            return redirect(f"{self.prefix}paper", pk)
        context = self._around(subject) | {
            "form": form,
            "title": _("Trả lại bản ghi ký giấy"),
            "words": _("Người ghi được báo lý do và ghi lại; bản chụp đã tải lên vẫn lưu."),
        }
        return render(request, "blocs/signing_reason.html", context, status=422 if form.errors else 200)

    def _scan_page(self, request: ActedRequest, pk: int, file: int, page: int, size: str) -> HttpResponse:
        """A page of a scan as a picture, turned upright."""
        found = self._file(request, pk, file)
        try:
            picture = scans.page_picture(found, page, width=WIDTHS[size])
        except (IndexError, scanning.ScanUnreadable, children.Busy, children.OutOfTime) as error:
            raise Http404 from error
        return HttpResponse(picture, content_type="image/jpeg")

    def _scan_file(self, request: ActedRequest, pk: int, file: int) -> HttpResponse:
        """A file of a scan as it was uploaded."""
        found = self._file(request, pk, file)
        response = HttpResponse(storage.read(found.revision.sha256), content_type=MEDIA_TYPES[found.media_type])
        name = f"ban-chup-{found.scan.number}-{found.order}.{ENDINGS[found.media_type]}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _on_paper(self, request: ActedRequest, pk: int) -> tuple[Subject, SigningRound]:
        subject = self.find(request, pk)
        signing_round = self.newest(subject)
        if signing_round is None or not signing_round.on_paper:
            raise Http404
        return subject, signing_round

    def _file(self, request: ActedRequest, pk: int, file: int) -> ScanFile:
        self.find(request, pk)
        rows = ScanFile.objects.select_related("revision", "scan")
        found: ScanFile = get_object_or_404(rows, pk=file, scan__round__kind__in=self.kinds, scan__round__subject_id=pk)
        return found

    def _around(self, subject: Subject) -> dict[str, Any]:
        place = self.place(subject)
        return {"crumbs": place.crumbs, "facts_line": place.facts, "back_url": self._url("paper", subject)}

    def _url(self, name: str, subject: Subject, *keys: object) -> str:
        return reverse(f"{self.prefix}{name}", args=[subject.pk, *keys])

    def _show(
        self,
        request: ActedRequest,
        subject: Subject,
        signing_round: SigningRound,
        scan: Scan | None,
        *,
        form: PaperForm | None = None,
        scan_form: ScanForm | None = None,
    ) -> HttpResponse:
        record = paper.pending(signing_round) or paper.confirmed(signing_round)
        shown = record.scan if record and not (scan and scan.pk == record.scan_id) else scan
        declined = [row for row in signing_round.paper_records.all() if row.decline_reason]
        context: dict[str, Any] = self._around(subject) | {
            "round": signing_round,
            "scan": shown,
            "pages": self._scan_pages(subject, shown) if shown else self.pages(subject, signing_round),
            "files": [self._file_link(subject, file) for file in shown.files.all()] if shown else [],
            "record": record,
            "ticks": list(record.ticks.select_related("slot").order_by("slot__number")) if record else [],
            "declined": declined[-1] if declined and record is None else None,
            "form": form or (None if scan_form is None else _paper_form(request, signing_round, scan)),
            "scan_form": scan_form or ScanForm(),
            "may_record": policies.may_record_paper(signing_round, request.actor),
            "may_decide": policies.may_decide_paper(record, request.actor) if record else None,
            "print_url": reverse(self.pdf, args=[subject.pk]),
            "paper_url": self._url("paper", subject),
            "scan_url": self._url("paper_scan", subject),
            "confirm_url": self._url("paper_confirm", subject, record.pk) if record else "",
            "decline_url": self._url("paper_decline", subject, record.pk) if record else "",
        }
        faulty = any(bound and bound.errors for bound in (form, scan_form))
        return render(request, "blocs/paper.html", context, status=422 if faulty else 200)

    def _scan_pages(self, subject: Subject, scan: Scan) -> list[dict[str, Any]]:
        """Pictures of a scan's pages for the viewer, without blank ones."""
        places = [(file.pk, page) for file in scan.files.all() for page, _turn in file.pages]
        return [
            {
                "number": number,
                "picture": self._url("scan_page", subject, file, page, "vua"),
                "thumb": self._url("scan_page", subject, file, page, "nho"),
            }
            for number, (file, page) in enumerate(places, start=1)
        ]

    def _file_link(self, subject: Subject, file: ScanFile) -> dict[str, str]:
        return {"url": self._url("scan_file", subject, file.pk), "name": f"{file.order}. {file.media_type.upper()}"}


def _record(signing_round: SigningRound, pk: int) -> PaperRecord:
    found: PaperRecord = get_object_or_404(PaperRecord, round=signing_round, pk=pk)
    found.round = signing_round
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
