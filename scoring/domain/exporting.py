"""The making of a file of results in the background: read the results, print them, lay the file down whole or not at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django_tasks import task

from emulation.lib import clock
from emulation.orders.domain import orders
from emulation.orders.enums import FINISHED, OrderState
from emulation.pdf.finish import finish
from emulation.pdf.frame import DocumentFrame
from emulation.pdf.render import render
from scoring import results
from scoring.documents.detail import detail_html
from scoring.documents.overview import overview_html
from scoring.documents.results import Results
from scoring.documents.unit_sheet import Layers, unit_sheet_html
from scoring.domain import printing
from scoring.domain.reading import sealed_text
from scoring.domain.runs import OFFICIAL, Result
from scoring.enums import ExportKind, Layer
from scoring.models import Campaign, Export
from scoring.results import Standings
from scoring.workbooks.results import results_workbook

_DRAFT = "DỰ THẢO"


@task()
def make_export(token: str) -> None:
    """Make the file that somebody asked for. Doing it twice does it once; whatever fails leaves no file and is told."""
    row = Export.objects.filter(token=token).exclude(state__in=FINISHED).select_related("run", "snapshot__supersedes").first()
    if row is None:
        return
    orders.make(row, lambda: _made(row))


def _made(row: Export) -> bytes:
    orders.reach(row, OrderState.COMPUTING)
    row.campaign = Campaign.objects.full().get(pk=row.campaign_id)
    found, frame = _results(row)
    if row.kind == ExportKind.WORKBOOK:
        orders.reach(row, OrderState.PRINTING)
        return results_workbook(found)
    html = _html(row, found, frame)
    orders.reach(row, OrderState.PRINTING)
    return finish(render(html))


def _html(row: Export, found: Results, frame: DocumentFrame) -> str:
    if row.kind == ExportKind.UNIT:
        return unit_sheet_html(found, frame, str(row.unit_id), _layers(row))
    return (overview_html if row.kind == ExportKind.OVERVIEW else detail_html)(found, frame)


def _results(row: Export) -> tuple[Results, DocumentFrame]:
    """The results with their names, and the frame. What is not published is a draft, and says so on every page."""
    published = row.snapshot.published_at if row.snapshot else None
    day = clock.local(published).date() if published else clock.local(row.asked_at).date()
    frame = printing.frame_of(row.campaign, day, draft_label="" if published else _DRAFT)
    if row.run:
        return printing.results_of(row.campaign, Result(row.run), day, row.snapshot), frame
    return _of_one(row, day), frame


def _of_one(row: Export, day: date) -> Results:
    """A unit by itself, before the bloc has a result."""
    campaign, unit = row.campaign, str(row.unit_id)
    seat = next(seat for seat in campaign.bloc_year.ordered_seats if seat.unit_id == row.unit_id)
    standings = list(_in_sight(row).values())[-1]
    period = campaign.title.removeprefix("Chấm điểm ")
    said = f"Điểm ở bước “{campaign.phase_name}”, theo các bảng chấm người xuất được xem; chưa phải kết quả của khối."
    return Results(sealed_text(campaign.criteria_set), standings, {unit: seat.unit.name_on(day)}, period, {}, [said])


def _layers(row: Export) -> Layers:
    """The unit's points in each layer that was in sight, and why a layer changed them."""
    campaign = row.campaign
    names = {layer.value: str(layer.label) for layer in Layer} | {Layer.APPRAISED.value: campaign.appraisal_name}
    reasons: dict[str, list[str]] = {}
    for key, layer, reason in row.given["reasons"]:
        reasons.setdefault(key, []).append(f"{names[layer]}: {reason}")
    told = {key: "\n".join(rows) for key, rows in reasons.items()}
    if row.run is None:
        return Layers({names[layer]: found for layer, found in _in_sight(row).items()}, told, is_ranked=False)
    result = Result(row.run)
    shown = [name for name in result.names if name in row.given["layers"]]
    return Layers({**{names[name]: result.layer(name) for name in shown}, "Chính thức": result.layer(OFFICIAL)}, told)


def _in_sight(row: Export) -> Mapping[str, Standings]:
    """What the unit comes to in each layer that was in sight, from the lowest."""
    text = sealed_text(row.campaign.criteria_set)
    given: Mapping[str, Any] = row.given["inputs"]
    found = {layer: results.recompute(text, results.inputs_from(given[layer])) for layer in row.given["layers"]}
    unit = str(row.unit_id)
    return {layer: replace(standings, units={unit: standings.units[unit]}) for layer, standings in found.items()}
