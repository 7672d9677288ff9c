"""Signing rounds: the authority, one signature a unit over the agreed bytes, and their verification."""
