"""Notices to people inside the application."""
