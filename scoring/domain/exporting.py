"""The making of a file of results in the background: read the results, print them, lay the file down whole or not at all."""

import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from emulation.inbox.domain import notices
from emulation.lib import clock
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
from scoring.enums import ExportKind, ExportState, Layer
from scoring.models import Campaign, Export
from scoring.models.exports import FINISHED
from scoring.results import Standings
from scoring.workbooks.results import results_workbook

# Who waited longer than this may have gone on to something else, and is told.
_WORTH_A_NOTICE = timedelta(seconds=5)
_DRAFT = "DỰ THẢO"
_log = logging.getLogger(__name__)


@task()
def make_export(token: str) -> None:
    """Make the file that somebody asked for. Doing it twice does it once; whatever fails leaves no file and is told."""
    row = Export.objects.filter(token=token).exclude(state__in=FINISHED).select_related("run", "snapshot__supersedes").first()
    if row is None:
        return
    try:
        with translation.override("vi"):
            _lay_down(row.path, _made(row))
    except Exception:  # noqa: BLE001 - whoever asked is told, and the reason stands in the log
        _log.exception("export %s of campaign %s failed", row.token, row.campaign_id)
        _finish(row, ExportState.FAILED)
    else:
        _finish(row, ExportState.READY)


def _made(row: Export) -> bytes:
    _reach(row, ExportState.COMPUTING)
    row.campaign = Campaign.objects.full().get(pk=row.campaign_id)
    found, frame = _results(row)
    if row.kind == ExportKind.WORKBOOK:
        _reach(row, ExportState.PRINTING)
        return results_workbook(found)
    html = _html(row, found, frame)
    _reach(row, ExportState.PRINTING)
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


def _lay_down(path: Path, data: bytes) -> None:
    """Only a whole file comes to stand under its name, readable by this account alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _reach(row: Export, state: ExportState) -> None:
    """Say how far it is; whoever waits sees it."""
    Export.objects.filter(pk=row.pk).exclude(state__in=FINISHED).update(state=state)


@transaction.atomic
def _finish(row: Export, state: ExportState) -> None:
    moment = clock.now()
    Export.objects.filter(pk=row.pk).exclude(state__in=FINISHED).update(state=state, finished_at=moment)
    if moment - row.asked_at <= _WORTH_A_NOTICE:
        return
    words = "đã xuất xong, tải được trong một ngày." if state == ExportState.READY else "không xuất được; mở trang để thử lại."
    with translation.override("vi"):
        what = ExportKind(row.kind).label
        text = f"{row.campaign.title}: {what} {words}"
    notices.tell([row.asker_id], text, path=reverse("export", args=[row.token]))
