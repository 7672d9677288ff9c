"""How the pages speak and look, remembered in this browser only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from emulation.organisation.access import next_path

THEMES = ("light", "dark", "auto")
A_YEAR = 365 * 24 * 3600


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Vietnamese, or English for visitors. Official documents stay Vietnamese."""
    return _remembered(
        request, settings.LANGUAGE_COOKIE_NAME, request.POST.get("language", ""), [code for code, _name in settings.LANGUAGES]
    )


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the machine is set."""
    return _remembered(request, "theme", request.POST.get("theme", ""), THEMES)


def _remembered(request: HttpRequest, cookie: str, value: str, known: tuple[str, ...] | list[str]) -> HttpResponse:
    """Back to the page one came from; what is not known is not remembered."""
    response = redirect(next_path(request, "/"))
    if value in known:
        response.set_cookie(
            cookie, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=bool(settings.SESSION_COOKIE_SECURE)
        )
    return response
