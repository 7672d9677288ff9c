"""Models of reports."""

from emulation.reports.models.activities import Activity, ActivityPhoto
from emulation.reports.models.bloc_reports import BlocReport, BlocReportVersion, Passage, SentVersion
from emulation.reports.models.periods import Extension, ReportPeriod
from emulation.reports.models.province_reports import ProvincePassage, ProvinceReport, ProvinceReportVersion
from emulation.reports.models.reports import (
    Report,
    ReportedFigure,
    ReportFile,
    ReportVersion,
    Review,
    SignedVersion,
    WrittenSection,
)
from emulation.reports.models.summaries import Summary, SummaryPassage

__all__ = [
    "Activity",
    "ActivityPhoto",
    "BlocReport",
    "BlocReportVersion",
    "Extension",
    "Passage",
    "ProvincePassage",
    "ProvinceReport",
    "ProvinceReportVersion",
    "Report",
    "ReportFile",
    "ReportPeriod",
    "ReportVersion",
    "ReportedFigure",
    "Review",
    "SentVersion",
    "SignedVersion",
    "Summary",
    "SummaryPassage",
    "WrittenSection",
]
