"""What other rooms show on the page of a bloc: steps of its year, links, an act that begins there. They register themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from blocs.domain.progress import Step
from blocs.models import BlocDocument, BlocYear
from emulation.lib.verdict import Verdict
from emulation.organisation.actors import Actor


@dataclass(frozen=True)
class Link:
    """A line of the card: where it leads, and where that stands as a badge."""

    label: str
    url: str
    kind: str
    words: str


@dataclass(frozen=True)
class Act:
    """A button; refused with its reason."""

    label: str
    url: str
    verdict: Verdict


@dataclass(frozen=True)
class Part:
    """A card at the side, and steps of the year."""

    title: str
    steps: Sequence[Step] = ()
    links: Sequence[Link] = ()
    act: Act | None = None
    note: str = field(default="")


Source = Callable[[BlocYear, Sequence[BlocDocument], Actor], Part]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source; once."""
    if source not in _sources:
        _sources.append(source)


def steps(found: Sequence[Part]) -> list[Step]:
    """The steps of all parts, each with a day: its last one, or that of the step beside it in its part."""
    dated = []
    for part in found:
        last = next((day for step in part.steps if (day := step.get("day"))), date.max)
        for step in part.steps:
            last = max(last, step.get("day") or last)
            dated.append(Step({**step, "day": last}))
    return dated


def parts(bloc_year: BlocYear, documents: Sequence[BlocDocument], actor: Actor) -> list[Part]:
    """What every source shows of this bloc to this actor, who sees these documents of it."""
    return [source(bloc_year, documents, actor) for source in _sources]
