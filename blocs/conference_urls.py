"""Addresses of conferences. The converters are those of urls.py."""

from django.urls import path

from blocs.views import conference_acts, conferences, minutes, minutes_signing

urlpatterns = [
    path("khoi/<int:pk>/hoi-nghi/", conferences.conference_new, name="conference_new"),
    path("hoi-nghi/<int:pk>/", conferences.conference_page, name="conference"),
    path("hoi-nghi/<int:pk>/sua/", conferences.conference_edit, name="conference_edit"),
    path("hoi-nghi/<int:pk>/gui-giay-moi/", conferences.conference_invite, name="conference_invite"),
    path("hoi-nghi/<int:pk>/huy/", conferences.conference_call_off, name="conference_call_off"),
    path("hoi-nghi/<int:pk>/da-hop/", conferences.conference_hold, name="conference_hold"),
    path("hoi-nghi/<int:pk>/ket-thuc/", conferences.conference_close, name="conference_close"),
    path("hoi-nghi/<int:pk>/mo-lai/", conferences.conference_reopen, name="conference_reopen"),
    path("hoi-nghi/<int:pk>/kiem-tra/", conferences.conference_readiness, name="conference_readiness"),
    path("hoi-nghi/<int:pk>/giay-moi.pdf", conferences.conference_invitation, name="conference_invitation"),
    path("hoi-nghi/<int:pk>/giay-moi-<int:unit>.pdf", conferences.conference_invitation, name="conference_invitation_of"),
    path("hoi-nghi/<int:pk>/lich.ics", conferences.conference_calendar, name="conference_calendar"),
    path("hoi-nghi/<int:pk>/chuong-trinh/them/", conference_acts.agenda_add, name="agenda_add"),
    path("hoi-nghi/<int:pk>/chuong-trinh/<int:item_pk>/", conference_acts.agenda_save, name="agenda_save"),
    path("hoi-nghi/<int:pk>/chuong-trinh/<int:item_pk>/<indicator_act:act>/", conference_acts.agenda_act, name="agenda_act"),
    path("hoi-nghi/<int:pk>/diem-danh/", conference_acts.attendance_save, name="attendance_save"),
    path("hoi-nghi/<int:pk>/tai-lieu/them/", conference_acts.table_add, name="table_add"),
    path("hoi-nghi/<int:pk>/tai-lieu/<int:item_pk>/go/", conference_acts.table_remove, name="table_remove"),
    path("hoi-nghi/<int:pk>/bieu-quyet/them/", conference_acts.decision_add, name="decision_add"),
    path("hoi-nghi/<int:pk>/bieu-quyet/<int:item_pk>/", conference_acts.decision_save, name="decision_save"),
    path("hoi-nghi/<int:pk>/chi-dao/them/", conference_acts.directive_add, name="directive_add"),
    path("hoi-nghi/<int:pk>/chi-dao/<int:item_pk>/", conference_acts.directive_save, name="directive_save"),
    path("hoi-nghi/<int:pk>/chi-dao/viec/<int:task_pk>/", conference_acts.directive_report, name="directive_report"),
    path("hoi-nghi/<int:pk>/anh/them/", conference_acts.photo_add, name="photo_add"),
    path("hoi-nghi/<int:pk>/anh/<int:photo_pk>/go/", conference_acts.photo_remove, name="photo_remove"),
    path("hoi-nghi/<int:pk>/anh/<int:photo_pk>-<size:size>.jpg", conference_acts.photo, name="photo"),
    path("hoi-nghi/<int:pk>/bien-ban/", minutes.minutes_page, name="minutes"),
    path("hoi-nghi/<int:pk>/bien-ban/lap/", minutes.minutes_start, name="minutes_start"),
    path("hoi-nghi/<int:pk>/bien-ban/lap-lai/", minutes.minutes_again, name="minutes_again"),
    path("hoi-nghi/<int:pk>/bien-ban/luu/", minutes.minutes_save, name="minutes_save"),
    path("hoi-nghi/<int:pk>/bien-ban/xem-truoc/", minutes.minutes_preview, name="minutes_preview"),
    path("hoi-nghi/<int:pk>/bien-ban/mo-ky/", minutes.minutes_open, name="minutes_open"),
    path("hoi-nghi/<int:pk>/bien-ban/tep.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path(
        "hoi-nghi/<int:pk>/bien-ban/trang/<sha256:sha256>/<int:page>-<size:size>.png",
        minutes.minutes_picture,
        name="minutes_picture",
    ),
    *minutes_signing.PAGES.act_paths("hoi-nghi/<int:pk>/bien-ban/"),
]
