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
    drafts.save_signing_details(
        new.row, actor=made.leader, seen=new.row.edits, values={"date": clock.today(), "place": "An Bình"}
    )
    return new


def replace(made: DocumentCast) -> DocumentCast:
    """A new document in place of this one, signed by all."""
    new = replacement(made)
    builders.publish(new)
    builders.adopt(new)
    builders.open_signing(new)
    builders.sign_all(new)
    return new
