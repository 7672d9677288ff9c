"""Addresses of the calendar and of reminders."""

from django.urls import URLPattern, path

from emulation.reminders.views import calendar, reminding

urlpatterns: list[URLPattern] = [
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/dia-chi/", calendar.feed_issue, name="feed_issue"),
    path("lich/dia-chi/thu-hoi/", calendar.feed_revoke, name="feed_revoke"),
    path("lich/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("nhac-viec/", reminding.reminders, name="reminders"),
    path("nhac-viec/ngay-nhac/", reminding.reminder_days, name="reminder_days"),
]
