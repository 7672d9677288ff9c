"""Interim and final reports of units and blocs: periods, writing, signing, review."""
