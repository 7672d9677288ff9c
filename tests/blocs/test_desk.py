"""The signing desk: units sign one after the other at one computer, whose keeper gains nothing by it. Attacks included."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from blocs.domain import desk
from blocs.enums import DocumentState
from emulation.inbox.models import Notice
from emulation.organisation.domain import attempts, secrets
from emulation.organisation.models import Position, User
from emulation.records.events import Event
from emulation.records.models import AuditEntry
from emulation.signing.domain import rounds
from emulation.signing.enums import SlotState
from emulation.signing.models import SigningAct
from tests import builders
from tests.builders import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]

DESK_ADDRESS = "198.51.100.7"


@pytest.fixture
def made():
    return builders.document(DocumentState.SIGNING)


@pytest.fixture
def keeper(made):
    """A clerk of the leader unit, who could never sign himself."""
    return builders.staff(made.leader.unit)


@pytest.fixture
def client(keeper):
    client = Client(REMOTE_ADDR=DESK_ADDRESS)
    client.force_login(keeper.user)
    return client


def page_of(made, actor):
    return reverse("desk_sign", args=[made.pk, made.slot(actor).number])


def send(client, made, unit_of, *, signer=None, secret=SECRET, **changes):
    signer = signer or unit_of
    data = {"signer": str(signer.position.pk), "secret": secret, "digest": builders.frozen_digest(made.round), **changes}
    return client.post(page_of(made, unit_of), data)


def session_of(client):
    row = Session.objects.get(session_key=client.session.session_key)
    return row.session_key, row.get_decoded()


class TestSigning:
    def test_a_unit_signs_and_the_desk_is_at_the_tiles_again(self, client, made):
        member = made.members[0]
        answer = send(client, made, member)
        assert answer.headers["Location"] == f"{reverse('desk', args=[made.pk])}?da-ky={made.slot(member).number}"
        slot = made.slot(member)
        assert (slot.state, slot.signer_id) == (SlotState.SIGNED, member.user_id)
        shown = client.get(answer.headers["Location"]).content.decode()
        assert f"{member.unit} đã ký." in shown
        assert page_of(made, member) not in shown

    def test_the_act_says_where_and_how(self, client, made, keeper):
        member = made.members[0]
        send(client, made, member)
        said = json.loads(SigningAct.objects.get().statement)
        assert (said["method"], said["address"]) == ("account and password, signing desk", DESK_ADDRESS)
        assert said["account"] == member.user.username
        entry = AuditEntry.objects.get(event=Event.SIGNED)
        assert (entry.user_id, entry.address, entry.data["desk"]) == (member.user_id, DESK_ADDRESS, keeper.label)

    def test_on_behalf_only_with_a_basis_and_it_is_shown(self, client, made):
        unit = made.members[0].unit
        with_basis, without = builders.deputy(unit), builders.deputy(unit, mandate=False)
        shown = client.get(page_of(made, made.members[0])).content.decode()
        assert "KT. Phó Trưởng Công an xã" in shown
        assert builders.MANDATE in shown
        assert "cần có căn cứ ký thay còn hiệu lực" in shown
        assert "cần có căn cứ" in send(client, made, made.members[0], signer=without).content.decode()
        assert send(client, made, made.members[0], signer=with_basis).status_code == 302
        assert made.slot(with_basis).capacity == "kt"

    def test_the_page_shows_the_frozen_pages_the_sentence_and_whose_secret(self, client, made):
        member = made.members[0]
        shown = client.get(page_of(made, member)).content.decode()
        assert f"/van-ban/{made.pk}/trang/{made.round.current.sha256}/1-vua.png" in shown
        assert f"Tôi đã đọc và đồng ý ký giao ước này thay mặt {member.unit}." in shown
        assert "không ai gõ thay" in shown
        assert "Không ai gõ, hỏi hoặc giữ mật khẩu của người khác" in client.get(reverse("desk", args=[made.pk])).content.decode()

    def test_the_last_signature_leaves_the_desk_open(self, client, made):
        for actor in made.commanders:
            assert send(client, made, actor).status_code == 302
        assert made.row.state == DocumentState.SIGNED
        assert "Tất cả đã ký." in client.get(reverse("desk", args=[made.pk])).content.decode()

    def test_who_was_absent_signs_afterwards_as_usual(self, client, made):
        for actor in made.commanders[:2]:
            send(client, made, actor)
        absent = Client()
        absent.force_login(made.commanders[2].user)
        data = {"secret": SECRET, "digest": builders.frozen_digest(made.round)}
        assert absent.post(reverse("sign", args=[made.pk]), data).status_code == 302
        assert made.row.state == DocumentState.SIGNED

    def test_twice_is_once(self, client, made):
        send(client, made, made.members[0])
        assert send(client, made, made.members[0]).status_code == 302
        assert SigningAct.objects.count() == 1

    def test_only_commanders_of_the_unit_are_offered(self, made):
        unit = made.members[0].unit
        builders.staff(unit)
        offered = desk.signers(made.slot(made.members[0]), address=DESK_ADDRESS)
        assert [row.actor.user_id for row in offered] == [made.members[0].user_id]
        assert offered[0].actor.address == DESK_ADDRESS


class TestAttacks:
    def refused(self, answer, made, words):
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not SigningAct.objects.exists()
        assert all(slot.signer_id is None for slot in made.slots)

    def test_the_keepers_session_stays_as_it_is(self, client, made, keeper):
        client.get(reverse("desk", args=[made.pk]))
        before = session_of(client)
        answer = send(client, made, made.members[0])
        client.get(answer.headers["Location"])
        assert session_of(client) == before
        assert Session.objects.count() == 1
        assert "sessionid" not in answer.cookies
        assert client.get(reverse("home")).context["actor"].user_id == keeper.user_id

    def test_the_signer_gets_no_session_and_no_sign_in_is_written(self, client, made):
        send(client, made, made.members[0])
        assert not AuditEntry.objects.filter(event=Event.SIGNED_IN).exists()
        assert User.objects.get(pk=made.members[0].user_id).last_login is None

    def test_the_keeper_signs_for_nobody_with_his_own_secret(self, client, made, keeper):
        keeper.user.set_password("mật khẩu của người giữ bàn")
        keeper.user.save()
        client.force_login(keeper.user)
        self.refused(send(client, made, made.members[0], secret="mật khẩu của người giữ bàn"), made, "Mật khẩu không đúng.")

    def test_the_keeper_is_no_signer_of_his_unit(self, client, made, keeper):
        self.refused(send(client, made, made.leader, signer=keeper), made, "không ký cho đơn vị này")

    def test_a_commander_signs_for_no_other_unit(self, client, made):
        self.refused(send(client, made, made.members[0], signer=made.deputy), made, "không ký cho đơn vị này")

    def test_nobody_signs_for_two_units(self, client, made):
        send(client, made, made.deputy)
        both = builders.commander(made.members[0].unit, user=made.deputy.user)
        answer = send(client, made, made.members[0], signer=both)
        assert "mỗi người chỉ ký một ô" in answer.content.decode()
        assert SigningAct.objects.count() == 1

    def test_a_secret_that_another_person_set_does_not_sign(self, client, made):
        user = User.objects.get(pk=made.members[0].user_id)
        secrets.issue_link(user, actor=made.office)
        user.refresh_from_db()
        user.set_password(SECRET)
        user.save()
        self.refused(send(client, made, made.members[0]), made, "tự đặt mật khẩu")

    def test_wrong_secrets_lock_the_account_out(self, client, made, settings):
        member = made.members[0]
        for _ in range(settings.LOCKOUT_PER_ACCOUNT):
            self.refused(send(client, made, member, secret="sai rồi"), made, "Mật khẩu không đúng.")
        assert attempts.count("address", DESK_ADDRESS, minutes=1) == settings.LOCKOUT_PER_ACCOUNT
        self.refused(send(client, made, member), made, "tạm khóa")
        assert AuditEntry.objects.filter(event=Event.LOCKED_OUT).count() == 1
        assert send(client, made, made.deputy).status_code == 302  # the others go on

    def test_the_secret_never_comes_back(self, client, made):
        shown = send(client, made, made.members[0], secret="một mật khẩu gõ nhầm").content.decode()
        assert "một mật khẩu gõ nhầm" not in shown
        assert 'autocomplete="off"' in shown
        assert "current-password" not in shown

    def test_nothing_of_it_is_kept_by_a_browser(self, client, made):
        for address in (reverse("desk", args=[made.pk]), page_of(made, made.members[0])):
            assert "no-store" in client.get(address).headers["Cache-Control"]

    def test_another_text_than_the_one_shown_is_not_signed(self, client, made):
        self.refused(send(client, made, made.members[0], digest="0" * 64), made, "không còn là bản đồng chí đã mở")

    def test_a_form_from_elsewhere_signs_nothing(self, made, keeper):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(keeper.user)
        assert send(strict, made, made.members[0]).status_code == 403
        assert not SigningAct.objects.exists()

    def test_who_may_not_keep_the_desk_signs_nobody_in(self, made):
        other = Client()
        other.force_login(made.members[0].user)
        assert send(other, made, made.members[0]).status_code == 403
        assert send(Client(), made, made.members[0]).status_code == 302
        assert not SigningAct.objects.exists()

    def test_a_position_that_ended_is_not_offered(self, client, made):
        Position.objects.filter(pk=made.members[0].position.pk).update(may_sign=False)
        self.refused(send(client, made, made.members[0]), made, "Chỉ chỉ huy đơn vị được ký.")

    def test_a_voided_round_is_no_longer_signed(self, client, made):
        rounds.void(made.round, actor=made.leader, reason="Sai số liệu")
        assert send(client, made, made.members[0]).status_code == 403

    def test_an_unknown_place_is_not_there(self, client, made):
        assert client.get(reverse("desk_sign", args=[made.pk, 99])).status_code == 404

    def test_others_hear_of_the_completion_as_always(self, client, made):
        for actor in made.commanders:
            send(client, made, actor)
        assert Notice.objects.filter(text__startswith="Đã ký đủ 3/3").exists()
