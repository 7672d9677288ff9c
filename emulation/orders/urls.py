"""Addresses of prints that are made in the background."""

from django.urls import path

from emulation.orders.views import prints

urlpatterns = [
    path("ban-in/<uuid:token>/", prints.print_order, name="print_order"),
    path("ban-in/<uuid:token>/tai/", prints.print_file, name="print_file"),
]
