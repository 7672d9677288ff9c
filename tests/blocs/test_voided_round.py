"""The page that explains a voided round to those who had signed, and the notice that leads to it."""

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import DocumentState
from emulation.inbox.models import Notice
from emulation.signing.domain import rounds
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def voided():
    made = builders.document(DocumentState.SIGNING)
    builders.sign(made.slot(made.deputy), actor=made.deputy)
    rounds.void(made.round, actor=made.leader, reason="Sai số liệu chỉ tiêu 2")
    return made


def page(made, actor):
    client = Client()
    client.force_login(actor.user)
    return client.get(reverse("voided_round", args=[made.pk, 1]))


def test_who_had_signed_is_led_to_it_and_reads_why_by_whom_and_what_next(voided):
    notice = Notice.objects.get(recipient=voided.deputy.user, text__startswith="Bản đồng chí đã ký bị hủy")
    assert notice.path == reverse("voided_round", args=[voided.pk, 1])
    said = page(voided, voided.deputy).content.decode()
    assert "Sai số liệu chỉ tiêu 2" in said
    assert voided.leader.label in said
    assert "Chữ ký của đồng chí trong vòng này không còn giá trị." in said
    assert reverse("round_pdf", args=[voided.pk, 1]) in said


def test_who_had_not_signed_is_told_nothing_of_a_signature_of_his(voided):
    assert "Chữ ký của đồng chí" not in page(voided, voided.members[0]).content.decode()


def test_an_open_round_has_no_such_page():
    made = builders.document(DocumentState.SIGNING)
    assert page(made, made.leader).status_code == 404
