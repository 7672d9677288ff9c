"""Rows of the blocs app: blocs in their years, documents with their drafts, versions and stands, conferences and their outcomes."""

from blocs.models.blocs import Bloc, BlocYear, Seat, Year, name_units
from blocs.models.conferences import AgendaItem, Attendance, Conference, Photo, TableItem
from blocs.models.discussion import Adoption, Check, Reminder, Stand, Version
from blocs.models.documents import BlocDocument, Clause, Indicator, Target, TitleRegistration
from blocs.models.library import LibraryClause
from blocs.models.outcomes import Decision, Directive, DirectiveTask, Minutes
from blocs.models.remarks import Remark, RemarkAttachment, RemarkReply

__all__ = [
    "Adoption",
    "AgendaItem",
    "Attendance",
    "Bloc",
    "BlocDocument",
    "BlocYear",
    "Check",
    "Clause",
    "Conference",
    "Decision",
    "Directive",
    "DirectiveTask",
    "Indicator",
    "LibraryClause",
    "Minutes",
    "Photo",
    "Remark",
    "RemarkAttachment",
    "RemarkReply",
    "Reminder",
    "Seat",
    "Stand",
    "TableItem",
    "Target",
    "TitleRegistration",
    "Version",
    "Year",
    "name_units",
]
