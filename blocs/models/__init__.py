"""Rows of the blocs app: blocs in their years, and covenants with their drafts, versions and stands."""

from blocs.models.blocs import Bloc, BlocYear, Seat, Year, name_units
from blocs.models.covenants import Clause, Covenant, Indicator, Target, TitleRegistration
from blocs.models.discussion import Adoption, Check, Stand, Version

__all__ = [
    "Adoption",
    "Bloc",
    "BlocYear",
    "Check",
    "Clause",
    "Covenant",
    "Indicator",
    "Seat",
    "Stand",
    "Target",
    "TitleRegistration",
    "Version",
    "Year",
    "name_units",
]
