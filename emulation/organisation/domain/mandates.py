"""Bases for signing on behalf of a unit's head: record one, end one, find the one that is live."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.lib.verdict import enforce, first_refusal
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.enums import Post
from emulation.organisation.models import Mandate, Position
from emulation.records.domain import audit
from emulation.records.events import Event


@transaction.atomic
def record(
    position: Position, *, actor: Actor, capacity: str, document: str, valid_from: date, valid_until: date | None = None
) -> Mandate:
    """Record the document that lets this commander sign for the head (Decree 30/2020, art. 13). Raises `Refused`."""
    enforce(first_refusal(policies.may_record_mandate(position.unit, actor), policies.may_be_mandated(position)))
    mandate = Mandate(
        position=position,
        capacity=capacity,
        document=document,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=actor.user,
        recorded_at=clock.now(),
    )
    mandate.full_clean()
    mandate.save()
    audit.log(
        Event.MANDATE_RECORDED,
        stream=f"unit:{position.unit_id}",
        actor=actor,
        mandate=mandate.pk,
        to=str(position),
        basis=document,
    )
    return mandate


@transaction.atomic
def end(mandate: Mandate, *, actor: Actor) -> Mandate:
    """End a basis: it holds no longer from this moment on, today included. Ended twice is ended once. Raises `Refused`."""
    enforce(policies.may_record_mandate(mandate.position.unit, actor))
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("position__unit").get(pk=mandate.pk)
    if mandate.ended_at is None:
        yesterday = clock.today() - timedelta(days=1)
        mandate.ended_at = clock.now()
        mandate.valid_until = max(min(mandate.valid_until or yesterday, yesterday), mandate.valid_from)
        mandate.save(update_fields=["ended_at", "valid_until"])
        audit.log(Event.MANDATE_ENDED, stream=f"unit:{mandate.position.unit_id}", actor=actor, mandate=mandate.pk)
    return mandate


def visible_to(actor: Actor) -> QuerySet[Mandate]:
    """The bases that the actor may see, newest first: those of his own unit, in the office those of all units."""
    rows = Mandate.objects.select_related("position__person", "position__unit", "recorded_by")
    rows = rows.prefetch_related("position__unit__names")
    return rows if actor.is_office else rows.filter(position__unit=actor.unit_id)


def to_be_mandated(actor: Actor) -> QuerySet[Position]:
    """The positions for which the actor may record a basis: deputies in post today, who may sign."""
    rows = Position.objects.on(clock.today()).signers().exclude(post=Post.HEAD).full().order_by("unit", "pk")
    return rows if actor.is_office else rows.filter(unit=actor.unit_id)


def live(position: Position) -> Mandate | None:
    """The newest basis of this position that holds today."""
    today = clock.today()
    return next((mandate for mandate in position.mandates.all() if mandate.live_on(today)), None)


def live_today() -> QuerySet[Mandate]:
    """All bases that hold today: the same rule as `Mandate.live_on`, as a question to the database."""
    today = clock.today()
    rows = Mandate.objects.filter(valid_from__lte=today).filter(Q(valid_until=None) | Q(valid_until__gte=today))
    return rows.filter(Q(ended_at=None) | Q(ended_at__date__gt=today))


def describe(mandate: Mandate) -> str:
    """One line for lists: form, document, period."""
    until = mandate.valid_until.strftime("%d/%m/%Y") if mandate.valid_until else _("không thời hạn")
    return f"{mandate.get_capacity_display()} {mandate.document} ({mandate.valid_from:%d/%m/%Y} – {until})"
