"""May this be done, now, by this person? An answer that carries its reason.

A policy returns a `Verdict`. The same verdict shows the button or the reason on the page, guards the view, and is enforced
inside the verb, so that the three can never disagree.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when allowed; otherwise false, with the reason in Vietnamese for the person who asked."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Verdict()


class Refused(PermissionDenied):
    """An act was refused. `str(error)` is the reason as the person reads it."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


def refuse(reason: str) -> Verdict:
    """A refusal; a reason is compulsory, since nobody is turned away without one."""
    if not reason:
        raise ValueError("a refusal needs its reason")
    return Verdict(str(reason))


def enforce(verdict: Verdict) -> None:
    """Raise `Refused` unless the verdict allows the act."""
    if not verdict:
        raise Refused(verdict)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, or `ALLOWED`."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
