"""Who may say when people are reminded."""

from django.utils.translation import gettext as _

from emulation.lib.verdict import ALLOWED, Verdict, refuse
from emulation.organisation.actors import Actor


def may_set_days(actor: Actor | None) -> Verdict:
    """A standing office, for the blocs that it keeps."""
    if actor is None or not actor.is_office:
        return refuse(_("Chỉ cơ quan thường trực đặt các ngày nhắc."))
    return ALLOWED
