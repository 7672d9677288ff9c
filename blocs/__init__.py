"""Emulation blocs: years, blocs and their seats, covenants from the first draft to the signed document."""
