"""Addresses of reports."""

from django.urls import include, path

from emulation.reports.views import periods, reports

urlpatterns = [
    path("", include("emulation.reports.activity_urls")),
    path("", include("emulation.reports.bloc_urls")),
    path("bao-cao/ky/<int:pk>/", periods.period, name="period"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/ky/", reports.report_signing, name="report_signing"),
]
