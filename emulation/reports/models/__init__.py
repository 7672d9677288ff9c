"""Models of reports."""

from emulation.reports.models.activities import Activity, ActivityPhoto
from emulation.reports.models.bloc_reports import BlocReport, BlocReportVersion, Passage, SentVersion
from emulation.reports.models.periods import Extension, ReportPeriod
from emulation.reports.models.reports import (
    Report,
    ReportedFigure,
    ReportFile,
    ReportVersion,
    Review,
    SignedVersion,
    WrittenSection,
)

__all__ = [
    "Activity",
    "ActivityPhoto",
    "BlocReport",
    "BlocReportVersion",
    "Extension",
    "Passage",
    "Report",
    "ReportFile",
    "ReportPeriod",
    "ReportVersion",
    "ReportedFigure",
    "Review",
    "SentVersion",
    "SignedVersion",
    "WrittenSection",
]
