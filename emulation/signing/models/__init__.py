"""Models of signing."""

from emulation.signing.models.paper import PaperRecord, PaperTick, Scan, ScanFile
from emulation.signing.models.rounds import Authority, SigningAct, SigningRound, Slot, VerificationJob

__all__ = ["Authority", "PaperRecord", "PaperTick", "Scan", "ScanFile", "SigningAct", "SigningRound", "Slot", "VerificationJob"]
