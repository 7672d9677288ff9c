"""Addresses of the reports of blocs."""

from django.urls import path

from emulation.reports.views import bloc_acts, bloc_reports, downloads

_ROUTE = "bao-cao/khoi/<int:pk>/"

urlpatterns = [
    path(_ROUTE, bloc_reports.bloc_report, name="bloc_report"),
    path(f"{_ROUTE}tong-hop/", bloc_acts.bloc_report_gather, name="bloc_report_gather"),
    path(f"{_ROUTE}kiem-tra/", bloc_acts.bloc_report_check, name="bloc_report_check"),
    path(f"{_ROUTE}mo-ky/", bloc_acts.bloc_report_open, name="bloc_report_open"),
    path(f"{_ROUTE}tra-lai/", bloc_acts.bloc_report_return, name="bloc_report_return"),
    path(f"{_ROUTE}in/", downloads.bloc_report_print, name="bloc_report_print"),
    path(f"{_ROUTE}word/", downloads.bloc_report_word, name="bloc_report_word"),
    path(f"{_ROUTE}so-lieu/", downloads.bloc_report_numbers, name="bloc_report_numbers"),
    *bloc_reports.PAGES.paths(_ROUTE, "bao-cao/doan/"),
]
