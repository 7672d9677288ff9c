"""Results as files, made in the background for the person who asked: prints, a unit's sheet, a workbook.

The bytes lie under a random name that only this account can read. Who asked may fetch them, as long as he may see the result; after a day
they are gone.
"""

import os
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django_tasks import task

from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.organisation.models import Unit
from emulation.pdf.finish import finish
from emulation.pdf.render import render
from emulation.records.domain import audit
from emulation.records.events import Event
from scoring.documents.detail import detail_html
from scoring.documents.overview import overview_html
from scoring.documents.unit_sheet import Layers, unit_sheet_html
from scoring.domain import printing, standing_view
from scoring.domain.reading import sealed_text
from scoring.domain.runs import Result
from scoring.domain.standing_view import Shown
from scoring.enums import EntryState, ExportKind, Layer
from scoring.models import Campaign, Entry, Export, Run
from scoring.workbooks.results import results_workbook

KEPT = timedelta(days=1)


@transaction.atomic
def ask(campaign: Campaign, shown: Shown, kind: str, *, actor: Actor, unit: Unit | None = None) -> Export:
    """Have a file made of the result that the actor is shown. What the actor may not see he is not shown, and cannot ask for."""
    sweep()
    assert shown.result is not None
    row = Export.objects.create(
        campaign=campaign,
        run=shown.result.run,
        snapshot=shown.snapshot,
        unit=unit if kind == ExportKind.UNIT else None,
        kind=kind,
        asked_by=actor.user,
        asked_at=clock.now(),
    )
    told = {"kind": kind, "run": shown.result.run.number, "unit": row.unit_id}
    audit.log(Event.RESULTS_EXPORTED, stream=campaign.stream, actor=actor, **told)
    write_export.enqueue(str(row.token))
    return row


@task()
def write_export(token: str) -> None:
    """Make the file. Doing it twice does it once."""
    row = Export.objects.filter(token=token, finished_at=None).select_related("snapshot__supersedes").first()
    if row is None:
        return
    try:
        _lay_down(path_of(row.token), _made(row))
    except Exception:
        Export.objects.filter(pk=row.pk).update(has_failed=True, finished_at=clock.now())
        raise
    Export.objects.filter(pk=row.pk).update(finished_at=clock.now())


def read(row: Export) -> bytes | None:
    """The bytes; None when they are gone, or never were."""
    try:
        return path_of(row.token).read_bytes()
    except FileNotFoundError:
        return None


def sweep() -> int:
    """Delete what is older than a day; returns how many files went."""
    stale = Export.objects.filter(asked_at__lt=clock.now() - KEPT)
    tokens = list(stale.values_list("token", flat=True))
    stale.delete()
    for token in tokens:
        with suppress(FileNotFoundError):
            path_of(token).unlink()
    return len(tokens)


def path_of(token: uuid.UUID) -> Path:
    """Where the bytes of an export lie."""
    return Path(settings.EXPORTS_DIR) / str(token)


def _made(row: Export) -> bytes:
    campaign = Campaign.objects.full().get(pk=row.campaign_id)
    run = Run.objects.defer("inputs").get(pk=row.run_id)
    run.campaign = campaign
    result, day = Result(run), clock.local(row.asked_at).date()
    with translation.override("vi"):
        results = printing.results_of(campaign, result, day, row.snapshot)
        if row.kind == ExportKind.EXCEL:
            return results_workbook(results)
        frame = printing.frame_of(campaign, day, draft_label="" if row.snapshot else "CHƯA CÔNG BỐ")
        if row.kind == ExportKind.OVERVIEW:
            html = overview_html(results, frame)
        elif row.kind == ExportKind.DETAIL:
            html = detail_html(results, frame)
        else:
            assert row.unit_id is not None
            html = unit_sheet_html(results, frame, str(row.unit_id), _layers(campaign, result, row.unit_id))
    return finish(render(html))


def _layers(campaign: Campaign, result: Result, unit_id: int) -> Layers:
    """What each layer gave the unit, and why a layer above its own changed it."""
    standings = {standing_view.layer_name(campaign, name): result.layer(name) for name in result.names}
    above = (Layer.CONSOLIDATED, Layer.APPRAISED)
    entries = Entry.objects.filter(sheet__campaign=campaign, sheet__unit=unit_id, sheet__layer__in=above).exclude(reason="")
    known = sealed_text(campaign.criteria_set).leaf_of
    reasons: dict[str, str] = {}
    for entry in entries.exclude(state__in=(EntryState.EMPTY, EntryState.AGREED)).select_related("sheet").order_by("pk"):
        if (key := str(entry.key)) in known:
            said = f"{standing_view.layer_name(campaign, entry.sheet.layer)}: {entry.reason}"
            reasons[key] = f"{reasons[key]} {said}" if key in reasons else said
    return Layers(standings, reasons)


def _lay_down(path: Path, data: bytes) -> None:
    """Write a file that only this account can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as file:
        file.write(data)
