"""Documents that hold no longer, brought there by their verbs: replaced by another one, or revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocs.domain import drafts, ending, replacing
from blocs.enums import DocumentState
from emulation.lib import clock
from tests import builders

if TYPE_CHECKING:
    from tests.builders import DocumentCast


def end(made: DocumentCast, state: str) -> None:
    """Bring what is in force to this end."""
    if state == DocumentState.REPLACED:
        replace(made)
    else:
        ending.revoke(made.row, actor=made.office, decision="Quyết định số 215/QĐ-CAT", reason="Trái với chỉ đạo mới")


def replacement(made: DocumentCast, *, reason: str = "Chỉ tiêu đã thay đổi") -> DocumentCast:
    """The draft that is to replace this document, ready to be dated today."""
    row = replacing.start_replacement(made.row, actor=made.leader, reason=reason)
    new = builders.DocumentCast(row.pk, made.bloc)
    settle_day(new)
    return new


def settle_day(new: DocumentCast) -> None:
    """Date it today."""
    details = {"date": clock.today(), "place": "An Bình"}
    drafts.save_signing_details(new.row, actor=new.leader, seen=new.row.edits, values=details)


def bring_to_signing(new: DocumentCast) -> None:
    """The draft is published, agreed on, checked and opened."""
    builders.publish(new)
    builders.adopt(new)
    builders.open_signing(new)


def replace(made: DocumentCast) -> DocumentCast:
    """A new document in place of this one, signed by all."""
    new = replacement(made)
    bring_to_signing(new)
    builders.sign_all(new)
    return new
