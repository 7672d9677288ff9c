"""Have a text printed in the background: its HTML is settled when it is asked for, a worker turns it into a PDF."""

import hashlib

from django.db import transaction
from django_tasks import task

from emulation.lib import clock
from emulation.orders.domain import orders
from emulation.orders.enums import FINISHED, OrderState
from emulation.orders.models import PrintOrder
from emulation.organisation.actors import Actor
from emulation.pdf.finish import finish
from emulation.pdf.render import render


@transaction.atomic
def ask(html: str, *, actor: Actor, title: str, file_name: str, back: str) -> PrintOrder:
    """Have this HTML printed, or give back the same print asked for before.

    `title` (Vietnamese) is what a notice calls it, `file_name` has no ending, `back` is the page it was asked from. Raises `Refused`.
    """
    orders.sweep()
    made_of = hashlib.sha256(html.encode()).hexdigest()
    if row := orders.known(PrintOrder.objects.all(), made_of, actor):
        return row
    row = PrintOrder(
        made_of=made_of,
        html=html,
        title=title[:300],
        file_name=file_name[:200],
        back=back,
        asker=actor.user,
        asked_in=actor.unit,
        asked_at=clock.now(),
    )
    orders.begin(row, make_print)
    return row


@task()
def make_print(token: str) -> None:
    """Make the print that somebody asked for. Doing it twice does it once."""
    row = PrintOrder.objects.filter(token=token).exclude(state__in=FINISHED).first()
    if row is None:
        return
    orders.reach(row, OrderState.PRINTING)
    orders.make(row, lambda: finish(render(row.html)))
