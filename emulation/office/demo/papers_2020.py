"""The two documents that the conference of 2020 adopted beside the covenant: how points are given, and what reports say.

The table of criteria is made up; it has the size and shape of a real one, 176 criteria on five levels.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from blocs.domain import discussion, drafts, signing
from blocs.domain.starting import default_text
from blocs.enums import CheckKind, DocumentKind
from blocs.models import BlocYear, Indicator, Version
from emulation.office.demo import scores_2020
from emulation.office.demo import year_2020 as story
from emulation.office.demo.covenant_2020 import BASES
from emulation.office.demo.drafting import set_details, sign
from emulation.office.demo.stage import Stage
from scoring.domain import criteria, report_outlines
from scoring.domain.outlines import set_of
from scoring.domain.usual_outline import usual_outline
from scoring.texts import CriteriaText

KINDS = (DocumentKind.SCORING, DocumentKind.OUTLINE)


def publish(stage: Stage, bloc_year: BlocYear) -> list[Version]:
    """The deputy unit drafts both from the usual texts and publishes them together with the covenant's second version."""
    versions = []
    for place, kind in enumerate(KINDS):
        with stage.acting(story.PAPERS_DRAFTED + timedelta(minutes=40 * place), story.DRAFTER) as actor:
            text = replace(default_text(bloc_year, kind), bases=BASES)
            document = drafts.start(bloc_year, actor=actor, kind=kind, text=text)
            if kind == DocumentKind.SCORING:
                criteria.start(document, actor=actor, text=linked(criteria_2020(), bloc_year))
            else:
                report_outlines.start(document, actor=actor, text=usual_outline())
        with stage.acting(story.PAPERS_PUBLISHED + timedelta(minutes=2 * place), story.PUBLISHER) as actor:
            versions.append(discussion.publish(document, actor=actor, deadline=story.SECOND_DEADLINE))
        with stage.acting(story.DETAILS_SET + timedelta(minutes=5 * (place + 1)), story.DRAFTER) as actor:
            set_details(document, actor=actor, date=story.CONFERENCE_DATE, place=story.PLACE)
    return versions


def linked(text: CriteriaText, bloc_year: BlocYear) -> CriteriaText:
    """The criteria with their targets in the covenant, where it has them."""
    rows = Indicator.objects.filter(document__bloc_year=bloc_year, name__in=scores_2020.LINKED.values())
    keys = {row.name: str(row.key) for row in rows}
    codes = {code: keys[name] for code, name in scores_2020.LINKED.items()}
    return replace(text, criteria=[replace(row, indicator_key=codes.get(row.code, "")) for row in text.criteria])


def criteria_2020() -> CriteriaText:
    """The criteria, with keys that are the same in every demonstration."""
    outline = Path(__file__).with_name("criteria_2020.txt").read_text(encoding="utf-8")
    return set_of(outline, seed="demonstration 2020")


def bring_out(stage: Stage, versions: list[Version]) -> None:
    """Both checked after the conference; the leader unit signs the regulation, the outline goes out with the minutes."""
    scoring, outline = versions
    for version in versions:
        with stage.acting(story.PAPERS_CHECKED, story.CHECKER_OF_CONTENT) as actor:
            signing.check(version, CheckKind.CONTENT, actor=actor)
        with stage.acting(story.PAPERS_CHECKED + timedelta(minutes=3), story.CHECKER_OF_FORM) as actor:
            signing.check(version, CheckKind.FORM, actor=actor)
    with stage.acting(story.PAPERS_OUT, story.OPENED_BY) as actor:
        signing_round = signing.open_signing(scoring.document, actor=actor, deadline=story.SIGN_DEADLINE)
        signing.attach(outline.document, actor=actor)
    sign(stage, signing_round, [(story.PAPERS_OUT + timedelta(minutes=4), story.OPENED_BY)])
