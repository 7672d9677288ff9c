"""The attacks of the threat model against a real covenant: what its page says when the ledger is asked.

Cryptography alone is deceived by some of them (test_attacks.py shows by which, and who is); here every forged file must come out as
anything but the final document in force.
"""

import io

import pytest

from emulation.lib import clock
from emulation.signing.domain import authorities, ledger, verification
from emulation.signing.domain.answers import Complete, Holds, Intact
from emulation.signing.domain.ledger import Place
from emulation.signing.domain.strangers import Stranger
from emulation.signing.inspection import inspect
from emulation.signing.pades import append_signature
from tests.signing import attacks, hostile, outside, papers
from tests.signing.papers import act_of


def ask(pdf: bytes) -> verification.Verification:
    """As the page does it: the ledger first, and what it does not know is inspected."""
    said = verification.of_look(ledger.look_up(io.BytesIO(pdf)))
    return said or verification.of_inspection(inspect(pdf, roots=authorities.trusted_roots()))


def stranger(number: int = 7):
    """Somebody with a genuine certificate of the very authority, but with no slot."""
    _row, key = authorities.issuing()
    return key.issue(papers.subject(number), at=clock.now())


def fields(pdf: bytes) -> list[str]:
    return list(inspect(pdf, roots=[]).fields)


def outside_accepts(pdf: bytes) -> bool:
    """pyHanko, trusting our root, finds nothing wrong with any signature."""
    _row, key = authorities.issuing()
    return all(outside.pyhanko_verdicts(pdf, key.root.pem))


def assert_appended(pdf: bytes) -> None:
    said = ask(pdf)
    assert not said.is_valid
    assert said.answers.file.code == Place.APPENDED
    assert said.answers.intact.code == Intact.APPENDED
    assert said.answers.standing.code != Holds.IN_FORCE


def test_the_genuine_file_is_in_force(signed):
    said = ask(signed.final)
    assert said.is_valid
    assert (said.answers.file.code, said.answers.complete.code) == (Place.FINAL, Complete.COMPLETE)
    assert inspect(signed.final, roots=authorities.trusted_roots(), expected_fields=fields(signed.final)).is_complete


def test_last_revision_cut_off(signed):
    cut = attacks.cut_off_last_revision(signed.final)
    assert outside_accepts(cut)
    said = ask(cut)
    assert not said.is_valid
    assert (said.answers.file.code, said.answers.complete.code) == (Place.SUPERSEDED, Complete.INCOMPLETE)
    assert said.answers.standing.code != Holds.IN_FORCE


def test_a_stranger_adds_a_field(signed):
    forged = attacks.add_field_for_a_stranger(signed.final, stranger())
    assert outside_accepts(forged)
    assert_appended(forged)


def test_a_stranger_signs_in_an_empty_slot(half):
    """A perfect signature of our own making, in a field that waits for somebody else."""
    newest = half.final
    empty = inspect(newest, roots=[]).empty_fields[0]
    forged = append_signature(
        newest, field_name=empty, identity=stranger(), act_sha256=act_of(7), stamp_pdf=None, at=clock.now()
    ).pdf
    assert outside_accepts(forged)
    assert_appended(forged)


def test_all_missing_signatures_are_forged_on_the_frozen_file(signed):
    """Whoever holds the authority's key can sign for all; the ledger still knows that it was not they."""
    forged = papers.SignedPaper(authorities.issuing()[1], [signed.file(0)])
    for name in fields(signed.file(0)):
        forged.sign(name)
    assert outside_accepts(forged.pdf)
    assert inspect(forged.pdf, roots=authorities.trusted_roots()).is_complete
    assert_appended(forged.pdf)


def test_one_signature_referenced_from_two_fields(half):
    own, stolen = inspect(half.final, roots=[]).empty_fields[:2]
    forged = attacks.one_signature_in_two_fields(half.final, stranger(), own=own, stolen=stolen)
    assert outside_accepts(forged)
    assert_appended(forged)


def test_shadow_attack(signed):
    """A paper prepared for it was never frozen here, so it is no document of ours, whoever has signed it."""
    _row, key = authorities.issuing()
    prepared = papers.signed_paper(key, base=attacks.base_with_hidden_field(papers.paper()))
    forged = attacks.fill_in_the_hidden_field(prepared.pdf)
    assert outside_accepts(forged)
    for pdf in (prepared.pdf, forged):
        said = ask(pdf)
        assert not said.is_valid
        assert said.answers.file.code == "unknown"
        assert said.answers.standing.code == Holds.UNKNOWN


def test_two_persons_sign_the_same_base_at_once(half):
    """The second file of the two is no revision; a round's row is locked, so it cannot come about here."""
    first = half.file(1)
    empty = inspect(first, roots=[]).empty_fields[-1]
    late = append_signature(first, field_name=empty, identity=stranger(), act_sha256=act_of(7), stamp_pdf=None, at=clock.now())
    assert outside_accepts(late.pdf)
    assert_appended(late.pdf)


@pytest.mark.parametrize(
    "attack",
    [
        attacks.add_page,
        attacks.remove_page,
        attacks.white_box_over_a_clause,
        attacks.add_note,
        lambda pdf: attacks.remove_signature_value(pdf, fields(pdf)[0]),
        lambda pdf: attacks.swap_appearances(pdf, *fields(pdf)[:2]),
    ],
    ids=["page added", "page removed", "stamp added", "annotation added", "signature removed", "marks swapped"],
)
def test_pages_changed_after_signing(signed, attack):
    assert_appended(attack(signed.final))


@pytest.mark.parametrize(
    "attack",
    [
        attacks.flip_a_byte_of_a_page,
        attacks.change_padding,
        attacks.change_what_the_signature_does_not_sign,
        attacks.move_the_gap,
    ],
    ids=["byte of a page", "padding", "certificate beside the signer's", "signed range"],
)
def test_bytes_changed(signed, attack):
    """One byte makes another file. Changed in the last signature, it is the revision before with something appended."""
    said = ask(attack(signed.final))
    assert not said.is_valid
    assert said.answers.intact.code in {Intact.CHANGED, Intact.APPENDED}
    assert said.answers.standing.code != Holds.IN_FORCE


def test_look_alike_root(signed, tmp_path):
    _row, key = authorities.issuing()
    namesake = papers.new_authority(tmp_path / "namesake", name=key.root.name, passphrase="x" if not key.is_demonstration else "")
    said = ask(papers.signed_paper(namesake).pdf)
    assert not said.is_valid
    assert said.answers.signers.code == "foreign"


def test_a_genuine_code_copied_onto_a_forged_page(signed):
    """The code's page never vouches for the paper: it gives what has to be compared with it."""
    record = ledger.by_token(signed.made.round.token)
    assert record is not None
    said = verification.of_code(record)
    assert said.answers.intact.code == Intact.COPY_INTACT
    assert len(said.compare) == 5
    assert len(said.signers) == 9
    assert not ask(papers.paper()).is_valid


@pytest.mark.parametrize(
    "make", [hostile.circular_pages, hostile.circular_previous, hostile.deep_nesting, lambda: b"no PDF"], ids=repr
)
def test_hostile_uploads(db, make):
    said = ask(make())
    assert not said.is_valid
    assert said.answers.file.code in {Stranger.UNVERIFIABLE, "unknown"}
