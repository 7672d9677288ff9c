"""The admin of years, blocs and covenants."""

from blocs.admin import blocs, covenants, years

__all__ = ["blocs", "covenants", "years"]
