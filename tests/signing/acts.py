"""What tests of rounds do and look at again and again."""

from blocs.enums import DocumentState
from emulation.inbox.models import Notice
from emulation.records.models import AuditEntry, Revision
from emulation.signing.models import SigningAct
from tests import builders


def sign(made, actor, **more):
    """This actor signs in the slot of his unit."""
    return builders.sign(made.slot(actor), actor=actor, **more)


def states(made):
    """The states of the slots in their order."""
    return [slot.state for slot in made.slots]


def entries(made):
    """The events in the audit of the covenant."""
    return list(AuditEntry.objects.filter(stream__key=made.row.stream).order_by("seq").values_list("event", flat=True))


def everything(made):
    """All that an act could have changed."""
    rows = [model.objects.count() for model in (AuditEntry, Revision, SigningAct, Notice)]
    return (states(made), made.round.state, made.round.current_id, made.round.open_group, made.row.state, rows)


def told(actor, words):
    """Whether this person was told something with these words."""
    return Notice.objects.filter(recipient=actor.user, text__contains=words).exists()


def open_document():
    """A covenant of three units, open for signing."""
    return builders.document(DocumentState.SIGNING)
