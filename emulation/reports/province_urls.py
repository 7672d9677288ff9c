"""Addresses of the summaries of provinces."""

from django.urls import path

from emulation.reports.views import downloads, province_reports

_ROUTE = "bao-cao/tinh/<int:pk>/"

urlpatterns = [
    path("bao-cao/tinh/", province_reports.province_reports, name="province_reports"),
    path("bao-cao/tinh/lap/", province_reports.province_report_start, name="province_report_start"),
    path(_ROUTE, province_reports.province_report, name="province_report"),
    path(f"{_ROUTE}tong-hop/", province_reports.province_report_gather, name="province_report_gather"),
    path(f"{_ROUTE}mo-ky/", province_reports.province_report_open, name="province_report_open"),
    path(f"{_ROUTE}mo-lai/", province_reports.province_report_reopen, name="province_report_reopen"),
    path(f"{_ROUTE}in/", downloads.province_report_print, name="province_report_print"),
    path(f"{_ROUTE}word/", downloads.province_report_word, name="province_report_word"),
    path(f"{_ROUTE}so-lieu/", downloads.province_report_numbers, name="province_report_numbers"),
    *province_reports.PAGES.paths(_ROUTE, "bao-cao/tinh/doan/"),
]
