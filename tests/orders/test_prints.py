"""Prints made in the background: asked for once, made by the worker, for nobody else, swept after a day."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.orders.domain import orders, prints
from emulation.orders.enums import OrderState
from emulation.orders.models import PrintOrder
from emulation.organisation.actors import Actor
from tests import builders

pytestmark = pytest.mark.django_db
HTML = "<html lang=vi><head><title>Báo cáo</title></head><body><p>Kết quả</p></body></html>"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


def ask(actor: Actor, html: str = HTML) -> PrintOrder:
    return prints.ask(html, actor=actor, title="Báo cáo sơ kết", file_name="du-thao-bao-cao", back="/bao-cao/")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def test_the_page_never_waits_and_leads_to_the_file(work):
    actor = builders.commander(builders.unit())
    row, client = ask(actor), client_of(actor)
    shown = client.get(row.page)
    assert "Hệ thống đang xuất tệp" in shown.content.decode()
    assert client.get(f"{row.page}?cho=1", headers={"If-None-Match": shown["ETag"]}).status_code == 204
    assert client.get(f"{row.page}tai/")["Location"] == row.page
    work()
    fresh = client.get(f"{row.page}?cho=1", headers={"If-None-Match": shown["ETag"]}).content.decode()
    assert "Tệp đã sẵn sàng" in fresh
    assert "data-poll" not in fresh
    file = client.get(f"{row.page}tai/")
    assert file.content.startswith(b"%PDF-")
    assert file["Content-Disposition"] == 'attachment; filename="du-thao-bao-cao.pdf"'
    assert "no-store" in file["Cache-Control"]


def test_nobody_else_gets_it_nor_he_himself_in_another_position(work):
    actor = builders.commander(builders.unit())
    row = ask(actor)
    work()
    colleague = builders.staff(actor.unit)
    elsewhere = builders.commander(builders.unit(), user=actor.user)
    for other in (colleague, builders.staff(builders.office())):
        assert client_of(other).get(row.page).status_code == 404
        assert client_of(other).get(f"{row.page}tai/").status_code == 404
    assert not PrintOrder.objects.visible_to(elsewhere).exists()


def test_the_same_is_made_once_for_whoever_asks(work):
    actor, other = builders.commander(builders.unit()), builders.commander(builders.unit())
    first = ask(actor)
    assert ask(actor) == first
    work()
    second = ask(other)
    assert second.is_ready
    assert second.path == PrintOrder.objects.get(pk=first.pk).path
    assert ask(actor, HTML.replace("Kết quả", "Kết quả mới")).state == OrderState.WAITING


def test_who_waits_for_many_waits():
    actor = builders.commander(builders.unit())
    for number in range(orders.MOST_WAITING):
        ask(actor, f"{HTML}{number}")
    with pytest.raises(Refused, match="5 tệp"):
        ask(actor)


def test_what_cannot_be_printed_is_told_and_leaves_no_file(work, monkeypatch, folder):
    def fail(_html):
        raise RuntimeError("no ink")

    monkeypatch.setattr(prints, "render", fail)
    actor = builders.commander(builders.unit())
    with clock.at(clock.now() - timedelta(seconds=10)):
        row = ask(actor)
    work()
    assert "Không xuất được tệp này." in client_of(actor).get(row.page).content.decode()
    assert not folder.exists()
    assert Notice.objects.get(recipient=actor.user).text == "Báo cáo sơ kết không xuất được; mở trang để thử lại."
    assert ask(actor) != row  # it may be asked for again


def test_rows_and_files_go_after_a_day(work, folder):
    actor = builders.commander(builders.unit())
    row = ask(actor)
    work()
    PrintOrder.objects.update(asked_at=clock.now() - timedelta(hours=25))
    assert client_of(actor).get(row.page).status_code == 404
    moment = (clock.now() - timedelta(hours=25)).timestamp()
    os.utime(row.path, (moment, moment))
    call_command("sweep_orders", verbosity=0)
    assert not PrintOrder.objects.exists()
    assert list(folder.iterdir()) == []
