"""Rows of the blocs app: blocs in their years, and documents with their drafts, versions and stands."""

from blocs.models.blocs import Bloc, BlocYear, Seat, Year, name_units
from blocs.models.discussion import Adoption, Check, Reminder, Stand, Version
from blocs.models.documents import BlocDocument, Clause, Indicator, Target, TitleRegistration
from blocs.models.remarks import Remark, RemarkAttachment, RemarkReply

__all__ = [
    "Adoption",
    "Bloc",
    "BlocDocument",
    "BlocYear",
    "Check",
    "Clause",
    "Indicator",
    "Remark",
    "RemarkAttachment",
    "RemarkReply",
    "Reminder",
    "Seat",
    "Stand",
    "Target",
    "TitleRegistration",
    "Version",
    "Year",
    "name_units",
]
