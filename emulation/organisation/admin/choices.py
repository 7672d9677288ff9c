"""Choices that many rows of a page share, asked of the database once a request."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from emulation.lib import clock, vietnamese
from emulation.organisation.models import Unit

Choices = list[tuple[int | str, str]]
NONE = ("", "—")


def unit_choices(request: HttpRequest) -> Choices:
    """All units by name in the Vietnamese order; one that has ended says so."""
    known: Choices | None = request.__dict__.get("unit_choices")
    if known is None:
        known = [
            NONE,
            *sorted(((unit.pk, described(unit)) for unit in Unit.objects.named()), key=lambda row: vietnamese.sort_key(row[1])),
        ]
        request.__dict__["unit_choices"] = known
    return known


def described(unit: Unit) -> str:
    """The unit's name of today, and its last day when that is past."""
    if unit.valid_to and unit.valid_to < clock.today():
        return _("%(name)s (đến %(day)s)") % {"name": unit.name, "day": unit.valid_to.strftime("%d/%m/%Y")}
    return unit.name
