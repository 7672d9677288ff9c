"""Addresses of joint activities and of boards."""

from django.urls import path

from emulation.reports.views import activities, activity_photos, matrix

urlpatterns = [
    path("theo-doi/viec/", matrix.obligations, name="obligations"),
    path("khoi/<int:pk>/viec/", matrix.bloc_obligations, name="bloc_obligations"),
    path("hoat-dong-chung/", activities.activities, name="activities"),
    path("hoat-dong-chung/khoi/<int:pk>/", activities.bloc_activities, name="bloc_activities"),
    path("hoat-dong-chung/khoi/<int:pk>/ghi/", activities.activity_new, name="activity_new"),
    path("hoat-dong-chung/<int:pk>/", activities.activity, name="activity"),
    path("hoat-dong-chung/<int:pk>/sua/", activities.activity_edit, name="activity_edit"),
    path("hoat-dong-chung/<int:pk>/go/", activities.activity_remove, name="activity_remove"),
    path("hoat-dong-chung/<int:pk>/anh/them/", activity_photos.activity_photo_add, name="activity_photo_add"),
    path("hoat-dong-chung/<int:pk>/anh/<int:photo_pk>/go/", activity_photos.activity_photo_remove, name="activity_photo_remove"),
    path("hoat-dong-chung/<int:pk>/anh/<int:photo_pk>-<size:size>.jpg", activity_photos.activity_photo, name="activity_photo"),
]
