"""Addresses of reports."""

from django.urls import include, path

from emulation.reports.views import downloads, files, paper, period_acts, periods, reports, reviewing, signing, trends, writing

urlpatterns = [
    path("", include("emulation.reports.activity_urls")),
    path("", include("emulation.reports.bloc_urls")),
    path("", include("emulation.reports.province_urls")),
    path("bao-cao/", periods.periods, name="periods"),
    path("bao-cao/xu-huong/", trends.report_trends, name="report_trends"),
    path("bao-cao/khoi/<int:pk>/mo/", period_acts.period_open, name="period_open"),
    path("bao-cao/ky/<int:pk>/", periods.period, name="period"),
    path("bao-cao/ky/<int:pk>/thoi-han/", period_acts.period_days, name="period_days"),
    path("bao-cao/ky/<int:pk>/gia-han/<int:unit>/", period_acts.period_extend, name="period_extend"),
    path("bao-cao/ky/<int:pk>/de-cuong/", period_acts.period_follow, name="period_follow"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/dau-van-ban/", writing.report_head, name="report_head"),
    path("bao-cao/<int:pk>/muc/<uuid:section>/", writing.report_section, name="report_section"),
    path("bao-cao/<int:pk>/muc/<uuid:section>/tep/", files.report_file_add, name="report_file_add"),
    path("bao-cao/<int:pk>/tep/<sha256:sha256>/", files.report_file, name="report_file"),
    path("bao-cao/<int:pk>/tep/<int:file>/go/", files.report_file_remove, name="report_file_remove"),
    path("bao-cao/<int:pk>/xem-truoc/", reports.report_preview, name="report_preview"),
    path("bao-cao/<int:pk>/trinh/", reports.report_present, name="report_present"),
    *signing.PAGES.act_paths("bao-cao/<int:pk>/"),
    *paper.PAGES.paths("bao-cao/<int:pk>/"),
    path("bao-cao/<int:pk>/tep.pdf", signing.report_pdf, name="report_pdf"),
    path("bao-cao/<int:pk>/trang/<sha256:sha256>/<int:page>-<size:size>.png", signing.report_picture, name="report_picture"),
    path("bao-cao/<int:pk>/tiep-nhan/", reviewing.report_accept, name="report_accept"),
    path("bao-cao/<int:pk>/tra-lai/", reviewing.report_return, name="report_return"),
    path("bao-cao/<int:pk>/mo-lai/", reviewing.report_reopen, name="report_reopen"),
    path("bao-cao/<int:pk>/so-sanh/", reviewing.report_compare, name="report_compare"),
    path("bao-cao/<int:pk>/in/", downloads.report_print, name="report_print"),
    path("bao-cao/<int:pk>/word/", downloads.report_word, name="report_word"),
    path("bao-cao/<int:pk>/so-lieu/", downloads.report_numbers, name="report_numbers"),
]
