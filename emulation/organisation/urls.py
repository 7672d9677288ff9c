"""Addresses of one's own account and of the bases for signing on behalf."""

from django.urls import URLPattern, path

from emulation.organisation.views import mandates, passwords, preferences, sessions

urlpatterns: list[URLPattern] = [
    path("dang-nhap/", sessions.login, name="login"),
    path("dang-xuat/", sessions.logout, name="logout"),
    path("tu-cach/", sessions.choose_position, name="choose_position"),
    path("mat-khau/", passwords.password_change, name="password_change"),
    path("dat-mat-khau/", passwords.set_secret_code, name="set_secret_code"),
    path("dat-mat-khau/<str:token>/", passwords.set_secret, name="set_secret"),
    path("ngon-ngu/", preferences.set_language, name="set_language"),
    path("giao-dien/", preferences.set_theme, name="set_theme"),
    path("can-cu-ky/", mandates.mandates, name="mandates"),
    path("can-cu-ky/<int:pk>/tep/", mandates.mandate_file, name="mandate_file"),
    path("can-cu-ky/<int:pk>/ket-thuc/", mandates.mandate_end, name="mandate_end"),
]
