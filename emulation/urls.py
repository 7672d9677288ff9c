"""Addresses, in Vietnamese without accents."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from emulation import views

urlpatterns = [
    path("suc-khoe/", views.health, name="health"),
    path("quan-tri/", admin.site.urls),
    path("", include("emulation.office.urls")),
    path("", include("emulation.organisation.urls")),
    path("", include("emulation.inbox.urls")),
    path("", include("emulation.orders.urls")),
    path("", include("emulation.signing.urls")),
    path("", include("blocs.urls")),
    path("", include("scoring.urls")),
    path("", include("emulation.reports.urls")),
    path("", include("emulation.reminders.urls")),
]

if settings.DEBUG:
    from emulation.components_page import components

    urlpatterns += [path("thanh-phan/", components, name="components")]

handler400 = "emulation.views.bad_request"
handler403 = "emulation.views.permission_denied"
handler404 = "emulation.views.page_not_found"
handler500 = "emulation.views.server_error"
