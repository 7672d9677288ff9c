"""Units: form one with its first name, rename it; the letterhead that every page carries."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import transaction

from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.enums import UnitKind
from emulation.organisation.models import Installation, Unit, UnitName
from emulation.records.domain import audit
from emulation.records.events import Event

_LETTERHEAD = "letterhead"
_DEMONSTRATION = "demonstration"
_SECONDS = 60


@dataclass(frozen=True)
class Letterhead:
    """The agency over the product's name on every page."""

    agency: str
    office: str
    is_demonstration: bool
    product: str = "Thi đua Vì An ninh Tổ quốc"


def letterhead() -> Letterhead:
    """The province and its emulation office, by their names of today, and the word MẪU; remembered for a minute."""
    found: Letterhead | None = cache.get(_LETTERHEAD)
    if found is None:
        today = clock.today()
        province = Unit.objects.on(today).named().filter(kind=UnitKind.PROVINCE).order_by("pk").first()
        office = Unit.objects.on(today).named().filter(is_emulation_office=True).order_by("pk").first()
        agency = province.name if province else "Công an tỉnh"
        found = Letterhead(agency, office.name if office else "", is_demonstration())
        cache.set(_LETTERHEAD, found, _SECONDS)
    return found


def is_demonstration() -> bool:
    """Whether this database holds the demonstration, whose documents all say VĂN BẢN MẪU. A yes is for good, so it is remembered."""
    if not (found := bool(cache.get(_DEMONSTRATION))):
        found = Installation.objects.filter(is_demonstration=True).exists()
        if found:
            cache.set(_DEMONSTRATION, found, timeout=None)
    return found


def mark_as_demonstration() -> None:
    """Say so for good: done once, on an empty database, before anything else is written."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    cache.delete(_LETTERHEAD)


@transaction.atomic
def create(
    *,
    actor: Actor | None,
    kind: str,
    name: str,
    short_name: str,
    valid_from: date,
    parent: Unit | None = None,
    is_emulation_office: bool = False,
) -> Unit:
    """Form a unit with its first name. `actor` is None only for set-up. Raises `Refused`, `ValidationError`."""
    if actor is not None:
        enforce(policies.may_keep_organisation(actor))
    unit = Unit(kind=kind, parent=parent, is_emulation_office=is_emulation_office, valid_from=valid_from)
    unit.full_clean()
    unit.save()
    _name(unit, name, short_name, valid_from)
    audit.log(Event.UNIT_CREATED, stream=f"unit:{unit.pk}", actor=actor, name=name, kind=kind)
    cache.delete(_LETTERHEAD)
    return unit


@transaction.atomic
def rename(unit: Unit, *, actor: Actor | None, name: str, short_name: str, valid_from: date) -> None:
    """Give a unit a new name from a day on; documents of earlier dates keep the old one. Raises `Refused`, `ValidationError`."""
    if actor is not None:
        enforce(policies.may_keep_organisation(actor))
    _name(unit, name, short_name, valid_from)
    audit.log(Event.UNIT_CHANGED, stream=f"unit:{unit.pk}", actor=actor, name=name, valid_from=valid_from)
    cache.delete(_LETTERHEAD)


@transaction.atomic
def end(unit: Unit, *, actor: Actor, last_day: date | None) -> Unit:
    """Set a unit's last day, or take it back; the same day again changes nothing. Raises `Refused`, `ValidationError`."""
    enforce(policies.may_keep_organisation(actor))
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.valid_to != last_day:
        unit.valid_to = last_day
        unit.full_clean()
        unit.save(update_fields=["valid_to"])
        audit.log(Event.UNIT_CHANGED, stream=f"unit:{unit.pk}", actor=actor, valid_to=last_day)
        cache.delete(_LETTERHEAD)
    return unit


def _name(unit: Unit, name: str, short_name: str, valid_from: date) -> None:
    row = UnitName(unit=unit, name=name, short_name=short_name, valid_from=valid_from)
    row.full_clean(exclude=["name_key"])
    row.save()
