"""The public pages: verify a printed code or a file. They need no log-in, keep no names, and never end in an error of ours."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from emulation.lib import clock, codes
from emulation.organisation.domain import attempts
from emulation.organisation.middleware import address_of
from emulation.signing.domain import ledger, uploads, verification
from emulation.signing.domain.ledger import Record
from emulation.signing.domain.verification import Verification
from emulation.signing.forms.verification import CodeForm, FileForm
from emulation.signing.models import VerificationJob
from emulation.views import too_many_requests

LOOK_UPS, UPLOADS = "verify", "verify-upload"
# What a form sends around the file itself.
_AROUND_THE_FILE = 64 * 1024
View = Callable[..., HttpResponse]


def _public(view: View) -> View:
    """Open to everybody, kept by nobody: no search engine, no cache."""

    @wraps(view)
    @never_cache
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return shown


@csrf_exempt  # only until its size is known: `_receive` demands the token
@_public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or a file chosen."""
    if request.method == "POST":
        # The length must be looked at before anything else, also the search for the token, reads the body.
        too_large = int(request.META.get("CONTENT_LENGTH") or 0) > settings.VERIFY_MAX_BYTES + _AROUND_THE_FILE
        return _too_large(request) if too_large else _receive(request)
    if "ma" not in request.GET:
        return _ask(request)
    form = CodeForm(request.GET)
    return redirect("verify_code", form.cleaned_data["ma"]) if form.is_valid() else _ask(request, code_form=form, status=400)


@_public
@require_safe
def verify_token(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR code opens."""
    if not _within(request, LOOK_UPS, settings.VERIFY_PER_MINUTE):
        return too_many_requests(request)
    return _show_record(request, ledger.by_token(token), _("Theo mã QR"))


@_public
@require_safe
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the typed code leads to."""
    if not _within(request, LOOK_UPS, settings.VERIFY_PER_MINUTE):
        return too_many_requests(request)
    return _show_record(request, ledger.by_code(codes.read_typed(code)), _("Theo mã đã nhập"))


@_public
@require_safe
def verify_job(request: HttpRequest, job: uuid.UUID) -> HttpResponse:
    """A file that is being inspected, and then what was found. With `?cho` the page's script asks only whether it is done."""
    row = VerificationJob.objects.filter(token=job).first()
    if row is None:
        # Only a guess counts: the page of a real file asks every few seconds.
        return _missing(request) if _within(request, LOOK_UPS, settings.VERIFY_PER_MINUTE) else too_many_requests(request)
    inspection = uploads.found(row)
    if "cho" in request.GET:
        return HttpResponse(status=200 if inspection else 204)
    if inspection is None:
        return render(request, "signing/job.html", {"job": row, "ahead": uploads.ahead_of(row)})
    return _show(request, verification.of_inspection(inspection), _from_file())


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    if not _within(request, UPLOADS, settings.VERIFY_UPLOADS_PER_MINUTE):
        return too_many_requests(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, file_form=form, status=400)
    file = form.cleaned_data["tep"]
    if file.size > settings.VERIFY_MAX_BYTES:
        return _too_large(request)
    look = ledger.look_up(file)
    known = verification.of_look(look)
    if known:
        return _show(request, known, _from_file())
    try:
        job = uploads.submit(file, look)
    except uploads.QueueFull:
        return too_many_requests(request)
    return redirect("verify_job", job.token)


def _show_record(request: HttpRequest, record: Record | None, source: str) -> HttpResponse:
    return _show(request, verification.of_code(record), source, by_code=True) if record else _missing(request)


def _show(request: HttpRequest, result: Verification, source: str, *, by_code: bool = False) -> HttpResponse:
    context = {"result": result, "source": source, "by_code": by_code, "rows": _rows(result, by_code=by_code)}
    return render(request, "signing/result.html", context)


def _rows(result: Verification, *, by_code: bool) -> list[dict[str, str]]:
    """The five questions, in this order, with neutral icons: what colour there is stands in the headline."""
    given = result.answers
    which = _("Đây là văn bản nào?") if by_code else _("Đây là tệp nào?")
    return [
        {"icon": "file-text", "question": which, "answer": given.file.sentence},
        {"icon": "fingerprint", "question": _("Có còn nguyên vẹn không?"), "answer": given.intact.sentence},
        {"icon": "users", "question": _("Ai đã ký, với tư cách gì?"), "answer": given.signers.sentence},
        {"icon": "list-check", "question": _("Đã đủ chữ ký chưa?"), "answer": given.complete.sentence},
        {"icon": "calendar-check", "question": _("Còn hiệu lực không?"), "answer": given.standing.sentence},
    ]


def _ask(
    request: HttpRequest,
    *,
    code_form: CodeForm | None = None,
    file_form: FileForm | None = None,
    missing: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "code_form": code_form or CodeForm(),
        "file_form": file_form or FileForm(),
        "missing": missing,
        "megabytes": settings.VERIFY_MAX_BYTES // 2**20,
    }
    return render(request, "signing/verify.html", context, status=status)


def _missing(request: HttpRequest) -> HttpResponse:
    """The same page for every code that opens nothing, so that a guess learns nothing."""
    return _ask(request, missing=True, status=404)


def _too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "413.html", {"limit": f"{settings.VERIFY_MAX_BYTES // 2**20} MB"}, status=413)


def _within(request: HttpRequest, scope: str, limit: int) -> bool:
    return attempts.within(scope, address_of(request), limit=limit, minutes=1)


def _from_file() -> str:
    moment = clock.local(clock.now())
    return _("Theo tệp tải lên · %(time)s") % {"time": f"{moment:%d/%m/%Y %H:%M}"}
