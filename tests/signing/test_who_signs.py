"""Who may sign: his own unit, in office, with a secret of his own, and on behalf only on a live basis."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from blocs.enums import DocumentState
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.domain import attempts, mandates, secrets
from emulation.organisation.domain.secrets import WrongSecret
from emulation.organisation.enums import Capacity, Post
from emulation.organisation.models import Position, User
from emulation.records.domain import documents
from emulation.signing.authority import AuthorityProblem
from emulation.signing.domain import authorities, rounds, signatures
from emulation.signing.enums import SlotState
from emulation.signing.inspection import inspect
from emulation.signing.models import Slot
from tests import builders
from tests.builders import SECRET
from tests.signing.acts import everything, sign, states

pytestmark = pytest.mark.django_db

READY, SIGNED = SlotState.READY, SlotState.SIGNED
YESTERDAY = clock.today() - timedelta(days=1)


class TestWhoSigns:
    def refused(self, made, actor, words, *, slot=None):
        before = everything(made)
        with pytest.raises(Refused, match=words):
            builders.sign(slot or made.slot(actor), actor=actor)
        assert everything(made) == before

    def test_nobody_signs_for_another_unit(self, made):
        slot = made.slot(made.leader)
        for actor in (made.deputy, made.office, builders.director(), builders.commander(builders.unit())):
            self.refused(made, actor, "dành cho chỉ huy", slot=slot)

    def test_staff_do_not_sign(self, made):
        self.refused(made, builders.staff(made.leader.unit), "Chỉ chỉ huy")

    def test_a_commander_without_the_right_to_sign_does_not(self, made):
        Position.objects.filter(pk=made.leader.position.pk).update(may_sign=False)
        self.refused(made, builders.again(made.leader), "Chỉ chỉ huy")

    def test_an_administrator_does_not_sign(self, made):
        User.objects.filter(pk=made.leader.user_id).update(is_superuser=True)
        self.refused(made, builders.again(made.leader), "quản trị")

    def test_a_position_that_ended_yesterday_does_not_sign(self, made):
        stale = made.leader
        builders.end_position(stale, last_day=YESTERDAY)
        stale.position.refresh_from_db()
        self.refused(made, stale, "hết thời hạn")
        self.refused(made, builders.again(stale), "dành cho", slot=made.slot(stale))

    def test_a_position_signs_on_its_last_day(self, made):
        builders.end_position(made.leader, last_day=clock.today())
        assert sign(made, builders.again(made.leader)).state == SIGNED

    def test_a_secret_that_another_person_set_does_not_sign(self, made):
        secrets.issue_link(made.leader.user, actor=made.office)
        user = User.objects.get(pk=made.leader.user_id)
        user.set_password(SECRET)  # as a clerk with the database in his hands could
        user.save()
        self.refused(made, builders.again(made.leader), "tự đặt mật khẩu")
        secrets.set_own(user, "mật khẩu của chính tôi", actor=builders.again(made.leader))
        assert sign(made, builders.again(made.leader), secret="mật khẩu của chính tôi").state == SIGNED

    def test_one_person_signs_for_one_unit(self, made):
        sign(made, made.leader)
        both = builders.commander(made.deputy.unit, user=made.leader.user)
        self.refused(made, both, "mỗi người chỉ ký một ô")
        with pytest.raises(IntegrityError), transaction.atomic():
            made.round.slots.filter(number=2).update(signer=made.leader.user)

    def test_a_wrong_secret_signs_nothing_and_counts(self, made):
        before = everything(made)
        with pytest.raises(WrongSecret):
            sign(made, made.leader, secret="sai")
        assert attempts.count(secrets.ACCOUNT, made.leader.user.username, minutes=15) == 1
        assert everything(made) == before

    def test_wrong_secrets_at_signing_lock_the_account(self, made, settings):
        for _ in range(settings.LOCKOUT_PER_ACCOUNT):
            with pytest.raises(WrongSecret):
                sign(made, made.leader, secret="sai")
        with pytest.raises(Refused, match="tạm khóa"):
            sign(made, made.leader)

    def test_the_text_must_be_the_one_that_was_shown(self, made):
        slot = made.slot(made.leader)
        for digest in ("", "0" * 64, made.version.content_sha256):
            with pytest.raises(Refused, match="không còn là bản"):
                rounds.sign(slot, actor=made.leader, secret=SECRET, digest_shown=digest)

    def test_the_hash_of_a_voided_round_signs_nothing_in_the_next(self, made):
        old = builders.frozen_digest(made.round)
        rounds.void(made.round, actor=made.leader, reason="Sửa")
        for step in (builders.publish, builders.adopt, builders.open_signing):
            step(made)
        with pytest.raises(Refused, match="không còn là bản"):
            rounds.sign(made.slot(made.leader), actor=made.leader, secret=SECRET, digest_shown=old)

    def test_without_an_authority_nothing_is_half_signed(self, made, settings, tmp_path):
        before = everything(made)
        settings.AUTHORITY_DIR = tmp_path / "none"
        with pytest.raises(AuthorityProblem):
            sign(made, made.leader)
        assert everything(made) == before

    def test_broken_stored_bytes_are_not_signed(self, made, settings, tmp_path):
        before = everything(made)
        settings.DOCUMENTS_DIR = tmp_path / "empty"
        with pytest.raises(documents.storage.BytesBroken):
            sign(made, made.leader)
        assert everything(made) == before


class TestOnBehalf:
    @pytest.mark.parametrize(
        ("capacity", "mark", "lines"),
        [
            (Capacity.KT, "KT.", ["KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"]),
            (Capacity.TUQ, "TUQ.", ["TUQ. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"]),
            (Capacity.TL, "TL.", ["TL. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"]),
            (Capacity.Q, "Q.", ["Q. TRƯỞNG CÔNG AN XÃ"]),
        ],
    )
    def test_a_deputy_signs_on_a_live_basis(self, made, capacity, mark, lines):
        substitute = builders.deputy(made.deputy.unit, capacity=capacity)
        slot = sign(made, substitute)
        assert (slot.capacity, slot.capacity_mark, slot.mandate.document) == (capacity, mark, builders.MANDATE)
        assert signatures.position_lines(slot) == lines
        assert json.loads(slot.act.statement)["basis"] == builders.MANDATE

    def test_without_a_basis_he_does_not(self, made):
        substitute = builders.deputy(made.deputy.unit, mandate=False)
        with pytest.raises(Refused, match="căn cứ ký thay"):
            sign(made, substitute)

    def test_a_basis_that_was_ended_today_no_longer_holds(self, made):
        substitute = builders.deputy(made.deputy.unit)
        mandates.end(substitute.position.mandates.get(), actor=made.deputy)
        with pytest.raises(Refused, match="căn cứ ký thay"):
            sign(made, builders.again(substitute))

    def test_the_basis_must_be_live_on_the_day(self, made):
        substitute = builders.deputy(made.deputy.unit, mandate=False)
        begins = clock.today() + timedelta(days=1)
        mandates.record(
            substitute.position, actor=made.deputy, capacity="kt", document="Giấy", valid_from=begins, valid_until=begins
        )
        for offset, signs in ((0, False), (2, False), (1, True)):
            with clock.at(clock.now() + timedelta(days=offset)):
                if signs:
                    assert sign(made, substitute).capacity == Capacity.KT
                else:
                    with pytest.raises(Refused, match="căn cứ ký thay"):
                        sign(made, substitute)

    def test_a_head_signs_as_himself_even_with_a_basis(self, made):
        Position.objects.filter(pk=made.leader.position.pk).update(post=Post.DEPUTY)
        mandates.record(
            builders.again(made.leader).position, actor=made.office, capacity="kt", document="Giấy", valid_from=clock.today()
        )
        Position.objects.filter(pk=made.leader.position.pk).update(post=Post.HEAD)
        assert sign(made, builders.again(made.leader)).capacity == Capacity.OWN

    def test_the_database_wants_a_basis_too(self, made):
        slot = sign(made, made.leader)
        for capacity in (Capacity.KT, Capacity.TUQ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Slot.objects.filter(pk=slot.pk).update(capacity=capacity)

    def test_with_five_of_eight_signed_the_deputy_of_the_sixth_unit_signs_and_nothing_is_lost(self):
        made = builders.document(DocumentState.SIGNING, n=8)
        for actor in made.commanders[:5]:
            sign(made, actor)
        sixth = made.commanders[5]
        builders.end_position(sixth, last_day=YESTERDAY)
        substitute = builders.deputy(sixth.unit)
        slot = sign(made, substitute)
        assert (slot.capacity_mark, slot.signer) == ("KT.", substitute.user)
        assert states(made) == [SIGNED] * 6 + [READY] * 2
        found = inspect(documents.read(made.round.current), roots=authorities.trusted_roots())
        assert len(found.signatures) == 6
        assert list(documents.broken()) == []
