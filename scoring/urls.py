"""Addresses of criteria sets, under the document that they belong to; of campaigns and their sheets."""

from django.urls import path

from scoring.views import campaigns, cells, criteria, evidence, explanations, outlines, renewing, sheets, workbooks

urlpatterns = [
    path("tieu-chi/<int:pk>/", criteria.criteria_page, name="criteria"),
    path("tieu-chi/<int:pk>/lap/", criteria.criteria_start, name="criteria_start"),
    path("tieu-chi/<int:pk>/them/", criteria.criterion_add, name="criterion_add"),
    path("tieu-chi/<int:pk>/muc/<int:row>/", criteria.criterion_save, name="criterion_save"),
    path("tieu-chi/<int:pk>/muc/<int:row>/<slug:act>/", criteria.criterion_act, name="criterion_act"),
    path("tieu-chi/<int:pk>/dua-lai/", criteria.criteria_put_back, name="criteria_put_back"),
    path("tieu-chi/<int:pk>/thiet-lap/", criteria.criteria_settings, name="criteria_settings"),
    path("tieu-chi/<int:pk>/kiem-tra/", criteria.criteria_check, name="criteria_check"),
    path("tieu-chi/<int:pk>/excel/", workbooks.criteria_workbook, name="criteria_workbook"),
    path("tieu-chi/<int:pk>/nhap-excel/", workbooks.criteria_import, name="criteria_import"),
    path("de-cuong/<int:pk>/", outlines.outline, name="outline"),
    path("de-cuong/<int:pk>/lap/", outlines.outline_start, name="outline_start"),
    path("de-cuong/<int:pk>/them/", outlines.outline_add, name="outline_add"),
    path("de-cuong/<int:pk>/dua-lai/", outlines.outline_put_back, name="outline_put_back"),
    path("de-cuong/<int:pk>/<slug:kind>/<int:row>/", outlines.outline_save, name="outline_save"),
    path("de-cuong/<int:pk>/<slug:kind>/<int:row>/<slug:act>/", outlines.outline_act, name="outline_act"),
    path("cham-diem/", campaigns.campaigns, name="campaigns"),
    path("khoi/<int:pk>/mo-cham-diem/", campaigns.campaign_open, name="campaign_open"),
    path("cham-diem/<int:pk>/", campaigns.campaign, name="campaign"),
    path("cham-diem/<int:pk>/doi-bo-tieu-chi/", renewing.campaign_renew, name="campaign_renew"),
    path("cham-diem/<int:pk>/thoi-han/", campaigns.campaign_dates, name="campaign_dates"),
    path("cham-diem/<int:pk>/chuyen-buoc/", campaigns.campaign_move, name="campaign_move"),
    path("cham-diem/<int:pk>/lui-buoc/", campaigns.campaign_back, name="campaign_back"),
    path("cham-diem/<int:pk>/roi-khoi/", campaigns.campaign_withdraw, name="campaign_withdraw"),
    path("cham-diem/<int:pk>/giai-trinh/", explanations.explanations, name="explanations"),
    path("cham-diem/<int:pk>/giai-trinh/<int:row>/", explanations.explanation_answer, name="explanation_answer"),
    path("cham-diem/bang/<int:pk>/", sheets.sheet, name="sheet"),
    path("cham-diem/bang/<int:pk>/tieu-chi/<uuid:key>/", cells.sheet_cell, name="sheet_cell"),
    path("cham-diem/bang/<int:pk>/tieu-chi/<uuid:key>/minh-chung/", evidence.evidence_add, name="evidence_add"),
    path("cham-diem/bang/<int:pk>/tieu-chi/<uuid:key>/giai-trinh/", evidence.sheet_explain, name="sheet_explain"),
    path("cham-diem/bang/<int:pk>/minh-chung/<int:file>/", evidence.evidence_file, name="evidence_file"),
    path("cham-diem/bang/<int:pk>/minh-chung/<int:file>/go/", evidence.evidence_remove, name="evidence_remove"),
    path("cham-diem/bang/<int:pk>/nop/", sheets.sheet_submit, name="sheet_submit"),
    path("cham-diem/bang/<int:pk>/tra-lai/", sheets.sheet_return, name="sheet_return"),
    path("cham-diem/bang/<int:pk>/tiep-nhan/", sheets.sheet_accept, name="sheet_accept"),
    path("cham-diem/bang/<int:pk>/tu-choi/", sheets.sheet_recuse, name="sheet_recuse"),
]
