"""The admin of years, blocs and documents."""

from blocs.admin import blocs, documents, years

__all__ = ["blocs", "documents", "years"]
