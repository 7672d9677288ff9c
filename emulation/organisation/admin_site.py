"""The admin as a site of its own: open to whoever keeps the organisation, with the project's own log-in, log-out and passwords."""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from emulation.lib import vietnamese
from emulation.lib.verdict import enforce

# Pages of Django's that ours replace, or that would show rows without asking who may see them.
LEFT_OUT = {"login", "logout", "password_change", "password_change_done", "autocomplete", "view_on_site"}


class OfficeAdminSite(admin.AdminSite):
    """For the standing office and administrators; anybody else signed in reads why not."""

    site_title = _("Quản trị")
    site_header = _("Quản trị")
    index_title = _("Quản trị")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only what asks policies and calls verbs: Django's own groups and the tables of other packages stay out."""
        if getattr(admin_class, "asks_policies", False):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        from emulation.organisation import policies  # models are not there yet when the site is made

        return bool(policies.may_keep_organisation(getattr(request, "actor", None)))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's guard (CSRF, no caching) inside ours: the log-in for strangers, the reason for everybody else."""
        from emulation.organisation import policies

        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            enforce(policies.may_keep_organisation(actor))
            return guarded(request, *args, **kwargs)

        return update_wrapper(inner, view)

    def get_urls(self) -> list[Any]:
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in LEFT_OUT]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The apps and their lists by name, in the Vietnamese order."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda row: vietnamese.sort_key(str(row["name"])))
        return sorted(apps, key=lambda app: vietnamese.sort_key(str(app["name"])))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "has_permission": self.has_permission(request)}
