"""Addresses, in Vietnamese without accents."""

urlpatterns: list = []
