"""Scoring: criteria, score sheets, standings and reports stand here; so far the app holds its place in the layers only."""
