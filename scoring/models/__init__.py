"""Models of scoring: criteria sets, campaigns with their sheets, results."""

from scoring.models.campaigns import Campaign, CampaignPhase, Recusal, Withdrawal
from scoring.models.criteria import CriteriaSet, Criterion
from scoring.models.exports import Export
from scoring.models.outlines import OutlineFigure, OutlineSection, ReportOutline
from scoring.models.sheets import Entry, EvidenceFile, Explanation, Sheet
from scoring.models.standings import Run, Snapshot, TieDecision

__all__ = [
    "Campaign",
    "CampaignPhase",
    "CriteriaSet",
    "Criterion",
    "Entry",
    "EvidenceFile",
    "Explanation",
    "Export",
    "OutlineFigure",
    "OutlineSection",
    "Recusal",
    "ReportOutline",
    "Run",
    "Sheet",
    "Snapshot",
    "TieDecision",
    "Withdrawal",
]
