"""Addresses of the roof: home, board, people, first steps."""

from django.urls import URLPattern, path

from emulation.office.views import first_steps, home, people

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("theo-doi/", home.board, name="board"),
    path("khoi-dau/", first_steps.first_steps, name="first_steps"),
    path("can-bo/", people.people, name="people"),
    path("can-bo/<int:pk>/phieu/", people.reset_slip, name="reset_slip"),
    path("can-bo/<int:pk>/mo-khoa/", people.unlock, name="unlock"),
]
