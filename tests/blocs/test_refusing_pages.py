"""Refusing to sign and taking it back, as the refusing unit and the leader see it in their pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from blocs.domain import todo
from blocs.enums import DocumentState
from emulation.lib import clock
from emulation.organisation.domain import mandates
from emulation.signing.enums import SlotState
from tests import builders

pytestmark = pytest.mark.django_db
REASON = "Chỉ tiêu 2 chưa thống nhất"


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def document_page(made, actor):
    return client_of(actor).get(reverse("document", args=[made.pk])).content.decode()


def task(made, actor, kind):
    return next(row for row in todo.tasks(todo.overview(actor), actor) if row.kind == kind and row.document.pk == made.pk)


@pytest.fixture
def made():
    return builders.document(DocumentState.SIGNING)


@pytest.fixture
def member(made):
    return made.members[0]


@pytest.fixture
def refused(made, member):
    answer = client_of(member).post(reverse("refuse_signing", args=[made.pk]), {"reason": REASON})
    assert answer["Location"] == reverse("document", args=[made.pk])
    return made


def test_the_signing_screen_leads_to_refusing(made, member):
    said = client_of(member).get(reverse("sign", args=[made.pk])).content.decode()
    assert reverse("refuse_signing", args=[made.pk]) in said


def test_without_a_reason_nothing_is_refused(made, member):
    answer = client_of(member).post(reverse("refuse_signing", args=[made.pk]), {"reason": " "})
    assert answer.status_code == 422
    assert made.slot(member).state == SlotState.READY


def test_who_refused_can_take_it_back_from_the_documents_page_and_from_home(refused, member):
    said = document_page(refused, member)
    assert "Đơn vị đã từ chối ký" in said
    assert reverse("withdraw_refusal", args=[refused.pk]) in said
    own = task(refused, member, todo.SIGN)
    assert (own.url, REASON in own.note) == (reverse("sign", args=[refused.pk]), True)


def test_the_leader_reads_at_home_and_on_the_page_who_refused_and_why(refused):
    note = task(refused, refused.leader, todo.WATCH).note
    assert f"từ chối ký: {REASON}" in note
    said = document_page(refused, refused.leader)
    assert REASON in said
    assert reverse("withdraw_refusal", args=[refused.pk]) not in said


def test_taken_back_the_unit_signs_as_usual(refused, member):
    answer = client_of(member).post(reverse("withdraw_refusal", args=[refused.pk]))
    assert answer["Location"] == reverse("sign", args=[refused.pk])
    assert refused.slot(member).state == SlotState.READY
    assert "từ chối ký" not in task(refused, refused.leader, todo.WATCH).note
    assert builders.sign(refused.slot(member), actor=member).state == SlotState.SIGNED


def test_nobody_else_takes_it_back(refused):
    for actor in (refused.leader, refused.office):
        assert client_of(actor).post(reverse("withdraw_refusal", args=[refused.pk])).status_code == 403


def test_a_basis_that_ended_yesterday_is_named_on_the_signing_screen(made, member):
    deputy = builders.deputy(member.unit, mandate=False)
    last = clock.today() - timedelta(days=1)
    values = {"capacity": "kt", "document": "Giấy số 1", "valid_from": last, "valid_until": last}
    mandates.record(deputy.position, actor=member, **values)
    said = client_of(deputy).get(reverse("sign", args=[made.pk])).content.decode()
    assert f"đã hết hiệu lực ngày {last:%d/%m/%Y}" in said


def test_a_basis_for_other_documents_does_not_serve(made, member):
    deputy = builders.deputy(member.unit, mandate=False)
    values = {"capacity": "kt", "document": "Giấy số 1", "valid_from": clock.today(), "scope": "minutes"}
    mandates.record(deputy.position, actor=member, **values)
    said = client_of(deputy).get(reverse("sign", args=[made.pk])).content.decode()
    assert "chỉ dùng cho: biên bản hội nghị của khối" in said
