"""Freezing: rendered once, kept by its hash, with one empty field a slot and nothing else."""

import json
from hashlib import sha256

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from blocs.domain import signing
from blocs.enums import DocumentState
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.models import Installation
from emulation.pdf import finish, pictures
from emulation.records import storage
from emulation.records.domain import documents
from emulation.records.events import Event
from emulation.records.models import AuditEntry, Document
from emulation.signing import authority, policies
from emulation.signing.domain import authorities, freezing
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import RoundState, SigningOrder, SlotRole, SlotState
from emulation.signing.models import Authority, SigningRound
from tests import builders
from tests.signing.acts import told


def frozen(made):
    return documents.read(made.round.document.revisions.get(number=0))


def plan_of(made, *, subject=None, order=SigningOrder.FREE):
    slots = [SlotPlan(actor.unit, actor.unit.name, SlotRole.MEMBER, "Thành viên") for actor in made.commanders]
    return RoundPlan(
        kind="covenant", subject_id=subject or made.pk, title="T", body_name="K", document_date=made.row.date,
        clause_count=1, content_sha256="0" * 64, slots=slots, order=order,
    )  # fmt: skip


@pytest.mark.django_db
class TestFrozenFile:
    def test_fields_are_those_of_the_slots_and_empty(self, made):
        boxes = finish.signature_fields(frozen(made))
        assert sorted(box.name for box in boxes) == sorted(slot.field_name for slot in made.slots)
        for slot in made.slots:
            box = next(box for box in boxes if box.name == slot.field_name)
            assert (slot.page, slot.width_pt, slot.height_pt) == (box.page, pytest.approx(box.width), pytest.approx(box.height))
        with pikepdf.open(storage.path_of(builders.frozen_digest(made.round))) as pdf:
            assert all("/V" not in field for field in pdf.Root.AcroForm.Fields)

    def test_field_names_say_nothing(self, made):
        for slot in made.slots:
            assert slot.field_name.startswith("sig-")
            assert slot.unit.short_name.lower() not in slot.field_name
        assert len({slot.field_name for slot in made.slots}) == 3

    def test_no_person_is_named(self, made):
        text = "".join(pictures.page_texts(frozen(made)))
        for actor in made.commanders:
            assert actor.user.full_name not in text
            assert actor.user.full_name not in made.round.manifest
            assert actor.unit.name.upper() in " ".join(text.split())

    def test_there_is_nothing_else_in_it(self, made):
        with pikepdf.open(storage.path_of(builders.frozen_digest(made.round))) as pdf:
            assert not {"/OpenAction", "/AA", "/OCProperties", "/Names"} & set(pdf.Root.keys())
            kinds = {str(note.Subtype) for page in pdf.pages for note in page.get("/Annots", [])}
            assert kinds <= {"/Widget", "/Link"}
            assert all(str(field.FT) == "/Sig" for field in pdf.Root.AcroForm.Fields)

    def test_the_manifest_names_units_roles_and_fields(self, made):
        signing_round = made.round
        said = json.loads(signing_round.manifest)
        assert sha256(signing_round.manifest.encode()).hexdigest() == signing_round.manifest_sha256
        assert said["content_sha256"] == made.version.content_sha256
        assert (said["kind"], said["subject"], said["round"]) == ("covenant", made.pk, 1)
        assert [row["field"] for row in said["slots"]] == [slot.field_name for slot in made.slots]
        assert set(said["slots"][0]) == {"unit", "name", "role", "field"}

    def test_the_signature_page_tells_how_to_verify(self, made):
        text = " ".join("".join(pictures.page_texts(frozen(made))).split())
        code = made.round.short_code
        assert f"{code[:5]} {code[5:]}" in text
        assert made.round.short_hash in text
        assert freezing.address_of(made.round).endswith(f"{made.round.token}/")
        assert len(made.round.token) >= 22
        assert made.round.page_count == len(pictures.page_texts(frozen(made)))

    def test_everything_is_announced_and_recorded(self, made):
        assert told(made.members[0], "Đến lượt đơn vị ký")
        assert not told(made.leader, "Đến lượt đơn vị ký")
        entry = AuditEntry.objects.get(event=Event.ROUND_OPENED)
        assert entry.data["frozen"] == builders.frozen_digest(made.round)
        assert entry.data["manifest"] == made.round.manifest_sha256


@pytest.mark.django_db
class TestOpenRound:
    def test_only_one_round_is_open(self, made):
        with pytest.raises(IntegrityError), transaction.atomic():
            freezing.open_round(plan_of(made), actor=made.leader, print_page=self.page)
        assert SigningRound.objects.filter(state=RoundState.OPEN).count() == 1

    def test_another_subject_may_have_its_own(self, made):
        other = freezing.open_round(plan_of(made, subject=made.pk + 1000), actor=made.leader, print_page=self.page)
        assert other.number == 1
        assert other.document != made.round.document

    def test_a_page_without_its_fields_is_not_frozen(self, made):
        before = Document.objects.count()
        with pytest.raises(Refused, match="ô ký"), transaction.atomic():
            freezing.open_round(
                plan_of(made, subject=made.pk + 1000), actor=made.leader, print_page=lambda *_: self.page([], None)
            )
        assert Document.objects.count() == before

    @pytest.mark.parametrize("order", SigningOrder.values)
    def test_the_first_group_is_ready(self, made, order):
        opened = freezing.open_round(plan_of(made, subject=made.pk + 1000, order=order), actor=made.leader, print_page=self.page)
        assert {slot.state for slot in opened.slots.all()} == {SlotState.READY}
        assert opened.open_group == 1

    def page(self, fields, _verification):
        boxes = "".join(f'<input type="checkbox" name="{field}">' for field in fields)
        css = "input{appearance:auto;display:block;width:5cm;height:2cm}"
        return f'<html lang="vi"><head><title>x</title><style>{css}</style></head><body>{boxes}</body></html>'


@pytest.mark.django_db
class TestMayFreeze:
    @pytest.fixture
    def real(self, settings, tmp_path):
        """A real installation: an authority with a passphrase, and a public address."""
        settings.AUTHORITY_DIR = tmp_path / "authority"
        settings.AUTHORITY_PASSPHRASE = "một câu mật khẩu dài"
        settings.PUBLIC_BASE_URL, settings.PUBLIC_BASE_IS_LOOPBACK = "https://thidua.example", False
        return authorities.ensure(valid_from=builders.AUTHORITY_SINCE)

    def test_a_real_installation_freezes_with_a_real_authority_and_address(self, real):
        assert policies.may_freeze(real)

    def test_not_with_a_sample_authority(self, settings, tmp_path):
        settings.AUTHORITY_DIR = tmp_path / "authority"
        settings.PUBLIC_BASE_IS_LOOPBACK = False
        verdict = policies.may_freeze(authorities.ensure(valid_from=builders.AUTHORITY_SINCE))
        assert "MẪU" in verdict.reason

    def test_not_with_an_address_that_nobody_reaches(self, real, settings):
        settings.PUBLIC_BASE_IS_LOOPBACK = True
        assert "PUBLIC_BASE_URL" in policies.may_freeze(real).reason

    def test_the_demonstration_may_do_without(self, settings):
        builders.demonstration()
        assert policies.may_freeze(authorities.issuing()[0])

    def test_a_real_covenant_is_frozen_and_signed(self, real):
        made = builders.document(DocumentState.ADOPTED)
        builders.check(made)
        signing.open_signing(made.row, actor=made.leader)
        builders.sign_all(made)
        assert made.round.state == RoundState.COMPLETED
        assert "VĂN BẢN MẪU" not in "".join(pictures.page_texts(frozen(made)))

    def test_a_real_installation_does_not_open_with_a_sample_authority(self):
        made = builders.document(DocumentState.ADOPTED)
        builders.check(made)
        authorities.ensure(valid_from=builders.AUTHORITY_SINCE)
        with pytest.raises(Refused, match="MẪU"):
            signing.open_signing(made.row, actor=made.leader)
        assert made.row.state == DocumentState.ADOPTED

    def test_a_sample_says_so_on_its_pages(self, made):
        assert all("VĂN BẢN MẪU" in text for text in pictures.page_texts(frozen(made)))

    def test_a_round_of_the_demonstration_is_not_signed_in_earnest(self, made):
        Installation.objects.all().delete()
        with pytest.raises(Refused, match="MẪU"):
            builders.sign(made.slot(made.leader), actor=made.leader)


@pytest.mark.django_db
class TestAuthorities:
    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        settings.AUTHORITY_DIR = tmp_path / "authority"
        return settings.AUTHORITY_DIR

    def test_the_key_is_made_once(self, folder):
        first = authorities.ensure()
        before = (folder / authority.ROOT_FILE).read_bytes()
        assert authorities.ensure() == first
        assert (folder / authority.ROOT_FILE).read_bytes() == before
        assert AuditEntry.objects.filter(event=Event.AUTHORITY_CREATED).count() == 1
        assert authorities.is_ready()
        assert str(first) == first.name

    def test_an_existing_key_is_anchored_in_a_new_database(self):
        first = authorities.ensure()
        Authority.objects.all().delete()
        with pytest.raises(authority.AuthorityProblem, match="anchor"):
            authorities.issuing()
        assert authorities.ensure().key_hash == first.key_hash

    def test_a_key_that_does_not_open_is_not_replaced(self, folder, settings):
        authorities.ensure()
        settings.AUTHORITY_PASSPHRASE = "falsch"
        before = (folder / authority.ROOT_FILE).read_bytes()
        with pytest.raises(authority.AuthorityProblem):
            authorities.ensure()
        assert (folder / authority.ROOT_FILE).read_bytes() == before
        assert not authorities.is_ready()

    def test_a_retired_root_issues_nothing_and_still_verifies(self):
        row = authorities.ensure()
        Authority.objects.filter(pk=row.pk).update(retired_at=clock.now())
        with pytest.raises(authority.AuthorityProblem, match="retired"):
            authorities.issuing()
        assert [root.key_hash for root in authorities.trusted_roots()] == [row.key_hash]

    def test_without_a_key_it_is_not_ready(self):
        assert not authorities.is_ready()
        assert authorities.trusted_roots() == []
