"""Campaigns with results, and how tests ask for files of them."""

import pypdfium2
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from emulation.lib import clock
from emulation.organisation.actors import Actor
from scoring.domain import runs
from scoring.enums import ExportKind, Phase, StandingState
from scoring.models import Snapshot
from tests.scoring.campaigns import CampaignCast

BLOC_KINDS = [ExportKind.OVERVIEW, ExportKind.DETAIL, ExportKind.WORKBOOK]


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def computed(made: CampaignCast) -> CampaignCast:
    runs.compute(made.row, actor=made.office)
    return made


def published(made: CampaignCast) -> Snapshot:
    """What stands in the campaign, published; the signing of it has tests of its own."""
    run = runs.run(made.row, made.office)
    last = made.row.snapshots.order_by("-number").first()
    about = {"number": last.number + 1, "supersedes": last, "reason": made.row.correction} if last else {"number": 1}
    row = Snapshot.objects.create(campaign=made.row, run=run, state=StandingState.PUBLISHED, published_at=clock.now(), **about)
    type(made.row).objects.filter(pk=made.pk).update(phase=Phase.PUBLISHED, correction="")
    return row


def send(made: CampaignCast, actor: Actor, kind: str, **more: object) -> HttpResponseBase:
    return client_of(actor).post(reverse("export_ask", args=[made.pk]), {"kind": kind, **more})


def words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
