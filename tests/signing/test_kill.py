"""kill -9 before and after each step of signing: key, file, row, commit, response. Either signed, or not signed at all."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from blocs.enums import DocumentState
from blocs.views import signing as views
from emulation.lib.verdict import Refused
from emulation.records import storage
from emulation.records.domain import audit, documents
from emulation.signing.authority import LocalAuthority
from emulation.signing.domain import authorities
from emulation.signing.enums import RoundState, SlotState
from emulation.signing.inspection import inspect
from emulation.signing.models import SigningAct, Slot
from tests import builders
from tests.signing import dying
from tests.signing.acts import states

pytestmark = pytest.mark.django_db(transaction=True)


def before_commit():
    """At the end of the transaction that writes the slot, just before it is committed."""
    real = Slot.save

    def save(*arguments, **named):
        real(*arguments, **named)
        dying.before(connection, "_commit")

    Slot.save = save


def after_commit():
    """Just after the commit, before anything that waits for it."""
    real = Slot.save

    def save(*arguments, **named):
        real(*arguments, **named)
        dying.after(connection, "_commit")

    Slot.save = save


POINTS = {
    "before the key is made": (lambda: dying.before(LocalAuthority, "issue"), False),
    "after the key is made": (lambda: dying.after(LocalAuthority, "issue"), False),
    "before the file is written": (lambda: dying.before(storage, "keep"), False),
    "while the file is written": (lambda: dying.before(storage.os, "link"), False),
    "after the file is written": (lambda: dying.after(storage, "keep"), False),
    "before the row is written": (lambda: dying.before(Slot, "save"), False),
    "after the row is written": (lambda: dying.after(Slot, "save"), False),
    "before the commit": (before_commit, False),
    "after the commit": (after_commit, True),
    "before the response": (lambda: dying.before(views, "redirect"), True),
    "after the response": (lambda: dying.after(Client, "post"), True),
}


@pytest.fixture
def made(made, settings, tmp_path):
    """The open covenant with its bytes in a folder of this test's own, so that orphans can be counted."""
    frozen = documents.read(made.round.current)
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    storage.keep(frozen)
    return made


def request_by(made, actor):
    """What the actor's browser does when he presses the button."""
    client = Client()
    client.force_login(actor.user)
    path = reverse("sign", args=[made.pk])
    data = {"secret": builders.SECRET, "digest": builders.frozen_digest(made.round)}
    return lambda: client.post(path, data, REMOTE_ADDR=builders.ADDRESS)


def assert_records_are_whole(made, *, orphans):
    assert list(documents.broken()) == []
    assert list(audit.broken()) == []
    assert len(documents.orphans()) <= orphans
    signed = states(made).count(SlotState.SIGNED)
    assert made.round.document.revisions.count() == signed + 1 == SigningAct.objects.count() + 1
    found = inspect(documents.read(made.round.current), roots=authorities.trusted_roots())
    assert len(found.signatures) == signed
    assert not found.problems


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_the_first_signature(made, point):
    arm, signed = POINTS[point]
    dying.kill_child(request_by(made, made.leader), arm)
    assert (made.slot(made.leader).state == SlotState.SIGNED) == signed
    assert_records_are_whole(made, orphans=1)
    if signed:
        with pytest.raises(Refused, match="đã ký lúc"):
            builders.sign(made.slot(made.leader), actor=made.leader)
    builders.sign_all(made)
    assert made.round.state == RoundState.COMPLETED
    assert_records_are_whole(made, orphans=1)


@pytest.mark.parametrize("point", ["after the row is written", "before the commit", "after the commit", "before the response"])
def test_killed_at_the_last_signature(made, point):
    arm, signed = POINTS[point]
    for actor in (made.leader, made.deputy):
        builders.sign(made.slot(actor), actor=actor)
    dying.kill_child(request_by(made, made.members[0]), arm)
    assert (made.round.state == RoundState.COMPLETED) == signed
    assert (made.row.state == DocumentState.SIGNED) == signed
    assert_records_are_whole(made, orphans=1)
    builders.sign_all(made)
    assert (made.round.state, made.row.state) == (RoundState.COMPLETED, DocumentState.SIGNED)
    assert_records_are_whole(made, orphans=1)


def test_killed_while_freezing(settings, tmp_path):
    made = builders.document(DocumentState.ADOPTED)
    builders.demonstration()
    builders.check(made)
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    dying.kill_child(lambda: builders.open_signing(made), lambda: dying.after(storage, "keep"))
    assert made.row.state == DocumentState.ADOPTED
    assert len(documents.orphans()) == 1
    builders.open_signing(made)
    builders.sign_all(made)
    assert_records_are_whole(made, orphans=1)


def test_a_child_that_lives_on_is_noticed():
    with pytest.raises(AssertionError, match="without dying"):
        dying.kill_child(lambda: None, lambda: None)


def test_a_row_is_never_there_without_its_bytes(made):
    """The other way round: what fails after the file was written leaves an orphan and no row."""

    def fail(*_arguments, **_named):
        raise RuntimeError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Slot, "save", fail)
        with pytest.raises(RuntimeError), transaction.atomic():
            builders.sign(made.slot(made.leader), actor=made.leader)
    assert len(documents.orphans()) == 1
    assert_records_are_whole(made, orphans=1)
