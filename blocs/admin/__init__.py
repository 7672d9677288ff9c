"""The admin of years, blocs and documents."""

from blocs.admin import blocs, documents, library, years

__all__ = ["blocs", "documents", "library", "years"]
