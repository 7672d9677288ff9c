"""Addresses of the calendar and of reminders."""

from django.urls import URLPattern, path

from emulation.reminders.views import calendar

urlpatterns: list[URLPattern] = [
    path("lich/", calendar.calendar, name="calendar"),
]
