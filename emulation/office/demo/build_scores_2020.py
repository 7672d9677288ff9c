"""The scoring of 2020, act by act: eight units score themselves and each other, the bloc concludes, the office appraises."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.html import escape

from blocs.domain.attachments import Upload
from blocs.models import BlocYear
from emulation.office.demo import cast
from emulation.office.demo import scores_2020 as story
from emulation.office.demo.cast import UnitCast
from emulation.office.demo.drafting import sign
from emulation.office.demo.figures_2020 import figures
from emulation.office.demo.scores_2020 import Otherwise
from emulation.office.demo.stage import Stage
from emulation.organisation.actors import Actor
from emulation.pdf.render import render
from scoring.domain import campaigns, evidence, explanations, runs, sheets, standings
from scoring.domain.campaigns import adopted_set
from scoring.domain.reading import sealed_text
from scoring.domain.sheets import Filled
from scoring.enums import EntryState, Layer
from scoring.models import Campaign, Entry, Explanation, Sheet
from scoring.texts import CriteriaText, tree


def build(stage: Stage, bloc_year: BlocYear) -> Campaign:
    """Everything up to the result that leader and deputy sign."""
    with stage.acting(story.OPENED, story.OPENED_BY) as actor:
        campaign = campaigns.open_campaign(bloc_year, adopted_set(bloc_year), actor=actor, dates=story.DATES)
    score_themselves(stage, campaign)
    move_on(stage, campaign, story.TO_CROSS)
    with stage.acting(story.HANDED_IN_LATE, f"{story.LATE}.truong") as actor:
        sheets.submit(_sheet(stage, campaign, story.LATE), actor=actor)
    cross_score(stage, campaign)
    move_on(stage, campaign, story.TO_CONSOLIDATE)
    consolidate(stage, campaign)
    move_on(stage, campaign, story.TO_REPLY)
    explain(stage, campaign)
    move_on(stage, campaign, story.TO_APPRAISE)
    appraise(stage, campaign)
    move_on(stage, campaign, story.TO_RATIFY)
    publish(stage, campaign)
    return campaign


def publish(stage: Stage, campaign: Campaign) -> None:
    """Computed over the whole bloc, signed by leader and deputy."""
    with stage.acting(story.COMPUTED, story.OPENED_BY) as actor:
        runs.compute(campaign, actor=actor)
    with stage.acting(story.TO_SIGN, story.OPENED_BY) as actor:
        snapshot = standings.prepare(campaign, actor=actor)
        signing_round = standings.open_signing(snapshot, actor=actor)
    sign(stage, signing_round, story.SIGNED)


def move_on(stage: Stage, campaign: Campaign, moment: datetime) -> None:
    campaign.refresh_from_db(fields=["phase"])  # who moves it on says from where
    with stage.acting(moment, story.OPENED_BY) as actor:
        campaigns.move_on(campaign, actor=actor)


def score_themselves(stage: Stage, campaign: Campaign) -> None:
    """The staff fills in, the commander hands in; one unit stays behind."""
    text = sealed_text(campaign.criteria_set)
    for place, unit in enumerate(cast.DISTRICTS):
        with stage.acting(story.FILLED + timedelta(minutes=40 * place), f"{unit.key}.canbo") as actor:
            fill_in(_sheet(stage, campaign, unit.key), text, unit, actor)
        if unit.key != story.LATE:
            with stage.acting(story.HANDED_IN + timedelta(minutes=7 * place), f"{unit.key}.truong") as actor:
                sheets.submit(_sheet(stage, campaign, unit.key), actor=actor)


def fill_in(sheet: Sheet, text: CriteriaText, unit: UnitCast, actor: Actor, *, share: float = 1) -> None:
    """The criteria of a unit's own sheet, or the first of them, with the same made-up file wherever evidence is asked for."""
    shown = evidence.examine([Upload(f"Minh chứng mẫu {unit.short_name}.pdf", sample_evidence(unit.name))])
    section_of = {node.text.key: top.text.section for top in tree(text.criteria) for node in top.walk()}
    for leaf in text.leaves[: int(len(text.leaves) * share)]:
        reason = story.NOT_ASSIGNED.get((unit.key, leaf.code), "")
        filled = Filled(EntryState.ENTERED, figures(leaf, unit.key, section_of[leaf.key]))
        filled = Filled(EntryState.NOT_ASSIGNED, reason=reason) if reason else filled
        sheets.save_cell(sheet, leaf.key, actor=actor, seen=0, filled=filled)
        if leaf.evidence_required and not reason:
            evidence.attach(sheet, leaf.key, shown, actor=actor)


def sample_evidence(unit_name: str) -> bytes:
    """A page that says whose evidence it stands for, and that it is a sample."""
    words = f"<h1>MẪU</h1><p>Tài liệu minh chứng của {escape(unit_name)}, chỉ dùng trong dữ liệu mẫu.</p>"
    return render(f"<html lang='vi'><head><title>Minh chứng mẫu</title></head><body>{words}</body></html>")


def cross_score(stage: Stage, campaign: Campaign) -> None:
    """Each unit looks at the seven others, enters what it sees otherwise, and hands in."""
    for place, unit in enumerate(cast.DISTRICTS):
        with stage.acting(story.CROSSED + timedelta(minutes=20 * place), f"{unit.key}.truong") as actor:
            for told in (row for row in story.DISAGREEMENTS if row.by == unit.key):
                _enter(stage, campaign, told, Layer.CROSS, actor)
            own = Sheet.objects.full().filter(campaign=campaign, layer=Layer.CROSS, scorer=stage.units[unit.key])
            for sheet in own:
                sheets.submit(sheet, actor=actor)


def consolidate(stage: Stage, campaign: Campaign) -> None:
    """The leader scores seven units for the bloc, the deputy scores the leader."""
    for place, key in enumerate(("quangninh", "donghoi")):
        with stage.acting(story.CONSOLIDATED + timedelta(minutes=30 * place), f"{key}.truong") as actor:
            for told in (row for row in story.CONCLUSIONS if row.by == key):
                _enter(stage, campaign, told, Layer.CONSOLIDATED, actor)
            own = Sheet.objects.full().filter(campaign=campaign, layer=Layer.CONSOLIDATED, scorer=stage.units[key])
            for sheet in own:
                sheets.submit(sheet, actor=actor)


def explain(stage: Stage, campaign: Campaign) -> None:
    """Two units explain; one is given points back, the other is not."""
    keys = {leaf.code: leaf.key for leaf in sealed_text(campaign.criteria_set).leaves}
    for place, (unit, code, text) in enumerate(story.EXPLANATIONS):
        with stage.acting(story.EXPLAINED + timedelta(minutes=15 * place), f"{unit}.truong") as actor:
            sheet = _sheet(stage, campaign, unit, Layer.CONSOLIDATED)
            explanations.send(sheet, keys[code], actor=actor, text=text)
        points, answer = story.ANSWERS[unit, code]
        answerer = "donghoi" if unit == "quangninh" else "quangninh"
        with stage.acting(story.ANSWERED + timedelta(minutes=15 * place), f"{answerer}.truong") as actor:
            row = Explanation.objects.get(campaign=campaign, unit=stage.units[unit], key=keys[code])
            explanations.answer(row, actor=actor, text=answer, points=Decimal(points) if points else None)


def appraise(stage: Stage, campaign: Campaign) -> None:
    """The office changes what its departments know better, and hands in."""
    with stage.acting(story.APPRAISED, story.APPRAISED_BY) as actor:
        for told in story.APPRAISAL:
            _enter(stage, campaign, told, Layer.APPRAISED, actor)
        for sheet in Sheet.objects.full().filter(campaign=campaign, layer=Layer.APPRAISED):
            sheets.submit(sheet, actor=actor)


def _enter(stage: Stage, campaign: Campaign, told: Otherwise, layer: str, actor: Actor) -> Entry:
    sheet = _sheet(stage, campaign, told.unit, layer, told.by)
    leaf = next(row for row in sealed_text(campaign.criteria_set).leaves if row.code == told.code)
    if not told.reason:
        return sheets.save_cell(sheet, leaf.key, actor=actor, seen=0, filled=Filled(EntryState.AGREED))
    own = Entry.objects.get(sheet=_sheet(stage, campaign, told.unit), key=leaf.key)
    value = {**own.value, **told.value} if told.value else {}
    points = Decimal(told.points) if told.points else None
    filled = Filled(EntryState.ENTERED, value, points, told.reason)
    return sheets.save_cell(sheet, leaf.key, actor=actor, seen=0, filled=filled)


def _sheet(stage: Stage, campaign: Campaign, unit: str, layer: str = Layer.SELF, by: str = "") -> Sheet:
    rows = Sheet.objects.full().filter(campaign=campaign, unit=stage.units[unit], layer=layer)
    return rows.get(**({"scorer": stage.units[by]} if layer == Layer.CROSS else {}))
