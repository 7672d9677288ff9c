"""Emulation years: the legal bases that a new document of the year starts from."""

from django.db import transaction

from blocs import policies
from blocs.models import Year
from emulation.lib import vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.records.domain import audit
from emulation.records.events import Event


@transaction.atomic
def set_bases(number: int, legal_bases: str, *, actor: Actor) -> Year:
    """Set a year's legal bases, one a line, and open the year when it is new. Documents already started keep theirs.

    The same bases again change nothing. Raises `Refused`, `ValidationError` (a year out of range).
    """
    enforce(policies.may_form_bloc(actor))
    Year(number=number).full_clean(validate_unique=False)
    year, created = Year.objects.get_or_create(number=number)
    year = Year.objects.select_for_update(of=("self",)).get(pk=year.pk)
    lines = [line.strip() for line in vietnamese.nfc(legal_bases).splitlines()]
    text = "\n".join(line for line in lines if line)
    if created or year.legal_bases != text:
        year.legal_bases = text
        year.save(update_fields=["legal_bases"])
        audit.log(Event.YEAR_CHANGED, stream=f"year:{number}", actor=actor, legal_bases=text)
    return year
