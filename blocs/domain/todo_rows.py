"""What a home page shows: one row for each thing to do."""

from dataclasses import dataclass
from datetime import date, datetime

from blocs.models import BlocDocument, Conference, DirectiveTask
from emulation.lib.verdict import ALLOWED, Verdict
from emulation.signing.models import SigningRound

SIGN, STAND, DRAFT, ADOPT, CHECK, OPEN, WATCH, FORM = "sign", "stand", "draft", "adopt", "check", "open", "watch", "form"
ANSWER = "answer"
RECORD, CONFIRM = "record", "confirm"
MEET, DIRECTED, MINUTES, SIGN_MINUTES = "meet", "directed", "minutes", "sign minutes"


@dataclass(frozen=True)
class Task:
    """One thing to do: what, about which document or conference, until when, where, and whether it may be done now."""

    kind: str
    title: str
    note: str
    url: str
    button: str
    due: date | datetime | None = None
    verdict: Verdict = ALLOWED
    document: BlocDocument | None = None
    signing_round: SigningRound | None = None
    conference: Conference | None = None
    directed: DirectiveTask | None = None
