"""Set-up of the project package itself: its template tags."""

from django.apps import AppConfig


class EmulationConfig(AppConfig):
    name = "emulation"
    label = "emulation"
