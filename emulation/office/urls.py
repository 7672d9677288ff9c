"""Addresses of the roof: home, board, people, first steps."""

from django.urls import URLPattern, path

from emulation.office.views import home

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("theo-doi/", home.board, name="board"),
]
