"""Addresses of this app: the public pages of verification."""

from django.urls import URLPattern, path

from emulation.signing.views import verification

urlpatterns: list[URLPattern] = [
    path("xac-minh/", verification.verify, name="verify"),
    path("xac-minh/ma/<str:code>/", verification.verify_code, name="verify_code"),
    path("xac-minh/tep/<uuid:job>/", verification.verify_job, name="verify_job"),
    path("xac-minh/<str:token>/", verification.verify_token, name="verify_token"),
]
