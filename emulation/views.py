"""Health and error pages."""

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from emulation import request_id


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """For a supervisor: is each part that the application stands on there? 200 when all are, otherwise 503. Says no more than yes or no."""
    from emulation.pdf import fonts
    from emulation.records import storage
    from emulation.signing.domain import authorities

    parts = {
        "database": _database_answers(),
        "storage": storage.is_writable(),
        "fonts": fonts.is_ready(),
        "authority": authorities.is_ready(),
    }
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: say so without blaming."""
    return _error(
        request, 403, _("Biểu mẫu đã quá hạn hoặc được gửi từ nơi khác. Đồng chí quay lại trang trước, tải lại rồi gửi lại.")
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the request was too large; to text that is saved while it is typed, as static/js/autosave.js expects it."""
    if isinstance(exception, RequestDataTooBig):
        if request.headers.get("X-Autosave") == "1":
            return JsonResponse({"reason": _("Nội dung quá dài, chưa được lưu.")}, status=413)
        return _error(request, 413)
    return _error(request, 400, _("Yêu cầu không hợp lệ. Đồng chí quay lại trang trước và thử lại."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the verdict's reason."""
    return _error(request, 403, str(exception) or _("Đồng chí không có quyền mở trang này."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: also for what exists but is not for this person."""
    return _error(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: a limited public page was asked too often."""
    response = _error(request, 429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a page that needs neither database nor session."""
    return render(request, "500.html", {"request_id": request_id.current()}, status=500)


def _error(request: HttpRequest, status: int, reason: str = "") -> HttpResponse:
    template = "403.html" if status in (400, 403) else f"{status}.html"
    return render(request, template, {"reason": reason, "status": status, "request_id": request_id.current()}, status=status)
