"""Addresses of the reports of blocs."""

from django.urls import path

from emulation.reports.views import bloc_acts, bloc_reports, downloads
from emulation.reports.views.bloc_signing import PAGES

_ROUTE = "bao-cao/khoi/<int:pk>/"

urlpatterns = [
    path(_ROUTE, bloc_reports.bloc_report, name="bloc_report"),
    path(f"{_ROUTE}tong-hop/", bloc_acts.bloc_report_gather, name="bloc_report_gather"),
    path(f"{_ROUTE}the-thuc/", bloc_reports.bloc_report_head, name="bloc_report_head"),
    path(f"{_ROUTE}muc/<uuid:section>/", bloc_reports.bloc_report_section, name="bloc_report_section"),
    path(f"{_ROUTE}muc/<uuid:section>/loi-khoi/", bloc_reports.bloc_report_own, name="bloc_report_own"),
    path(f"{_ROUTE}kiem-tra/", bloc_acts.bloc_report_check, name="bloc_report_check"),
    path(f"{_ROUTE}mo-ky/", bloc_acts.bloc_report_open, name="bloc_report_open"),
    path(f"{_ROUTE}tra-lai/", bloc_acts.bloc_report_return, name="bloc_report_return"),
    path(f"{_ROUTE}ban-xem/", bloc_reports.bloc_report_preview, name="bloc_report_preview"),
    path(f"{_ROUTE}in/", downloads.bloc_report_print, name="bloc_report_print"),
    path(f"{_ROUTE}word/", downloads.bloc_report_word, name="bloc_report_word"),
    path(f"{_ROUTE}so-lieu/", downloads.bloc_report_numbers, name="bloc_report_numbers"),
    path(f"{_ROUTE}tep.pdf", bloc_reports.bloc_report_pdf, name="bloc_report_pdf"),
    path(
        f"{_ROUTE}trang/<sha256:sha256>/<int:page>-<size:size>.png", bloc_reports.bloc_report_picture, name="bloc_report_picture"
    ),
    path("bao-cao/doan/<int:pk>/", bloc_reports.passage_save, name="passage_save"),
    path("bao-cao/doan/<int:pk>/chon/", bloc_reports.passage_choose, name="passage_choose"),
    path("bao-cao/doan/<int:pk>/nguon/", bloc_reports.passage_settle, name="passage_settle"),
    *PAGES.act_paths(_ROUTE),
]
