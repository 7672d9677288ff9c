"""Addresses of this app."""

from django.urls import URLPattern, path

from emulation.inbox.views import notices

urlpatterns: list[URLPattern] = [path("thong-bao/", notices.notices, name="notices")]
