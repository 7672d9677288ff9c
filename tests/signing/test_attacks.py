"""The attacks of the threat model, one a row: what tools outside say of the forged file, and that we are not deceived.

The files are made in attacks.py and hostile.py, which know nothing of our verifier. What only the ledger can tell (a revision that
has been superseded, a stranger in an empty slot) is shown to pass the cryptographic inspection here and is caught in
test_ledger_attacks.py.
"""

import pytest

from emulation.signing.findings import FileState, Problem
from emulation.signing.inspection import inspect
from emulation.signing.pades import Break, SignatureBroken, check_appended
from tests.signing import attacks, outside, papers
from tests.signing.papers import FIELDS, MOMENT, act_of

ALL, TWO = [True] * 3, [True] * 2


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("attacks")


@pytest.fixture(scope="module")
def issuer(folder):
    return papers.new_authority(folder / "authority")


@pytest.fixture(scope="module")
def genuine(issuer):
    return papers.signed_paper(issuer)


@pytest.fixture
def judged(issuer, folder):
    """What we, pyHanko as it comes, and pdfsig say of a file."""

    def judge(pdf):
        found = inspect(pdf, roots=[issuer.root], expected_fields=FIELDS)
        return found, outside.pyhanko_verdicts(pdf, issuer.root.pem), outside.pdfsig_verdicts(pdf, folder)

    return judge


def test_the_genuine_paper_is_believed_by_all(judged, genuine):
    found, pyhanko, pdfsig = judged(genuine.pdf)
    assert (found.state, found.problems, found.is_complete) == (FileState.SOUND, (), True)
    assert pyhanko == pdfsig == ALL


# --- the table of attacks in the design of signing --------------------------------------------------------------------------------


def test_last_revision_cut_off(judged, genuine):
    """Every signature left in the file is good; the empty field shows that one is missing, and the ledger that it was there."""
    found, pyhanko, pdfsig = judged(attacks.cut_off_last_revision(genuine.pdf))
    assert pyhanko == pdfsig == TWO
    assert found.state is FileState.SOUND
    assert not found.is_complete
    assert found.empty_fields == FIELDS[2:]


def test_a_stranger_with_a_certificate_of_the_same_authority_adds_a_field(judged, genuine, issuer):
    forged = attacks.add_field_for_a_stranger(genuine.pdf, papers.identity(issuer, 3))
    found, pyhanko, pdfsig = judged(forged)
    assert pyhanko == pdfsig == [True] * 4
    assert found.state is FileState.BROKEN
    assert set(found.problems) == {Problem.FIELDS_DIFFER, Problem.CHANGED}
    assert inspect(forged, roots=[issuer.root]).state is FileState.BROKEN


def test_a_stranger_with_a_certificate_of_the_same_authority_signs_in_an_empty_slot(judged, genuine, issuer):
    """Outwardly perfect: only the ledger knows whose slot it is and which certificate belongs there."""
    stranger = papers.SignedPaper(issuer, genuine.revisions[:3])
    stranger.sign(FIELDS[2])
    found, pyhanko, pdfsig = judged(stranger.pdf)
    assert pyhanko == pdfsig == ALL
    assert found.is_complete
    assert found.signatures[2].certificate_sha256 not in {
        signature.certificate_sha256 for signature in judged(genuine.pdf)[0].signatures
    }


def test_one_signature_referenced_from_two_fields(judged, genuine, issuer):
    forged = attacks.one_signature_in_two_fields(
        genuine.revisions[1], papers.identity(issuer, 1), own=FIELDS[1], stolen=FIELDS[2]
    )
    found, pyhanko, pdfsig = judged(forged)
    assert pyhanko == pdfsig == ALL
    assert found.state is FileState.BROKEN
    assert {Problem.DUPLICATE_SIGNATURE, Problem.DUPLICATE_CERTIFICATE} <= set(found.problems)
    with pytest.raises(SignatureBroken) as error:
        check_appended(genuine.revisions[1], forged, field_name=FIELDS[1], roots=[issuer.root], act_sha256=act_of(1))
    assert error.value.reason is Break.FIELDS


def test_shadow_attack(judged, issuer, folder):
    """Words that were hidden when all signed are shown afterwards, as if a form had been filled in."""
    prepared = papers.signed_paper(issuer, base=attacks.base_with_hidden_field(papers.paper()))
    forged = attacks.fill_in_the_hidden_field(prepared.pdf)
    found, pyhanko, pdfsig = judged(forged)
    assert pyhanko == pdfsig == ALL
    assert "chi tieu 10 %" in outside.text_of(forged, folder)
    assert found.state is FileState.BROKEN
    assert {Problem.FOREIGN_FIELD, Problem.CHANGED, Problem.NOT_COVERED} <= set(found.problems)
    # The prepared paper is refused as well, before anything is swapped: a clean base has signature fields only.
    assert Problem.FOREIGN_FIELD in inspect(prepared.pdf, roots=[issuer.root]).problems


def test_two_persons_sign_the_same_base_at_once(judged, issuer):
    base = papers.paper()
    first, second = papers.SignedPaper(issuer, [base]), papers.SignedPaper(issuer, [base])
    first.sign(FIELDS[0])
    second.sign(FIELDS[1])
    for paper in (first, second):
        found, pyhanko, pdfsig = judged(paper.pdf)
        assert (pyhanko, pdfsig, found.state) == ([True], [True], FileState.SOUND)
    with pytest.raises(SignatureBroken) as error:
        check_appended(first.pdf, second.pdf, field_name=FIELDS[1], roots=[issuer.root], act_sha256=act_of(0))
    assert error.value.reason is Break.PREFIX


@pytest.mark.parametrize(
    ("attack", "problem"),
    [
        (attacks.add_page, Problem.CHANGED),
        (attacks.remove_page, Problem.CHANGED),
        (attacks.white_box_over_a_clause, Problem.CHANGED),
        (attacks.add_note, Problem.FOREIGN_ANNOTATION),
    ],
    ids=["page added", "page removed", "stamp added", "annotation added"],
)
def test_pages_changed_after_signing(judged, genuine, attack, problem):
    """pyHanko's rules see it; pdfsig calls every signature valid, which is why it is a second opinion only."""
    found, pyhanko, pdfsig = judged(attack(genuine.pdf))
    assert pyhanko == [False] * 3
    assert pdfsig == ALL
    assert found.state is FileState.BROKEN
    assert problem in found.problems
    assert not any(signature.unchanged for signature in found.signatures)


def test_byte_flipped(judged, genuine):
    found, pyhanko, pdfsig = judged(attacks.flip_a_byte_of_a_page(genuine.pdf))
    assert pyhanko == pdfsig == [False] * 3
    assert found.state is FileState.BROKEN
    assert Problem.NOT_INTACT in found.problems
    assert not any(signature.intact for signature in found.signatures)


def test_look_alike_root(judged, folder):
    namesake = papers.new_authority(folder / "namesake")
    found, pyhanko, pdfsig = judged(papers.signed_paper(namesake).pdf)
    assert pyhanko == [False] * 3
    assert pdfsig == ALL
    assert (found.state, found.problems) == (FileState.BROKEN, (Problem.NOT_TRUSTED,))
    assert all(signature.intact and not signature.root_key_hash for signature in found.signatures)


def test_a_genuine_code_copied_onto_a_forged_page(issuer):
    """A page with somebody else's code on it has no signature to show; what the page of the code says is the ledger's part."""
    assert inspect(papers.paper(), roots=[issuer.root]).state is FileState.UNSIGNED


# --- the table of tampering in the design of the document ------------------------------------------------------------------------


def test_signature_value_removed(judged, genuine):
    found, pyhanko, pdfsig = judged(attacks.remove_signature_value(genuine.pdf, FIELDS[1]))
    assert pyhanko == [False] * 2
    assert pdfsig == TWO
    assert found.state is FileState.BROKEN
    assert not any(signature.is_sound for signature in found.signatures)


def test_two_appearances_swapped(judged, genuine):
    """The signatures before those two pass pyHanko: a file holds only when all of its signatures do."""
    found, pyhanko, pdfsig = judged(attacks.swap_appearances(genuine.pdf, FIELDS[1], FIELDS[2]))
    assert pyhanko == [True, False, False]
    assert pdfsig == ALL
    assert found.state is FileState.BROKEN
    assert not any(signature.unchanged for signature in found.signatures)


@pytest.mark.parametrize(
    ("attack", "problem"),
    [
        (attacks.change_padding, Problem.NOT_COVERED),
        (attacks.change_what_the_signature_does_not_sign, Problem.NOT_PLAIN),
    ],
    ids=["padding", "certificate beside the signer's"],
)
def test_bytes_that_no_signature_covers(judged, genuine, attack, problem):
    """Valid for everybody outside. We find it even without the ledger, which knows the file by its digest."""
    forged = attack(genuine.pdf)
    found, pyhanko, pdfsig = judged(forged)
    assert forged != genuine.pdf
    assert pyhanko == pdfsig == ALL
    assert (found.state, found.problems) == (FileState.BROKEN, (problem,))


# --- more of the same kind -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("attack", [attacks.move_the_gap, attacks.shorten_the_range])
def test_the_signed_range_leaves_out_more_than_the_signature(issuer, genuine, attack):
    found = inspect(attack(genuine.pdf), roots=[issuer.root])
    assert found.state is FileState.BROKEN
    assert Problem.NOT_COVERED in found.problems


def test_another_tool_signs_in_an_empty_slot(judged, genuine, issuer):
    """It rewrites the metadata as well, which we allow nobody."""
    forged = attacks.sign_with_pyhanko(genuine.revisions[2], papers.identity(issuer, 3), field=FIELDS[2])
    found, pyhanko, _pdfsig = judged(forged)
    assert pyhanko == ALL
    assert (found.state, found.problems) == (FileState.BROKEN, (Problem.CHANGED,))


def test_the_same_certificate_signs_twice(genuine, issuer):
    """pyHanko makes a file with two signatures of one key; each of our keys signs once."""
    both = papers.identity(issuer, 1)

    class Reused:
        certificate = both.certificate
        key = both._key

        def sign(self, content):
            from cryptography.hazmat.primitives import hashes
            from cryptography.hazmat.primitives.asymmetric import ec

            return self.key.sign(content, ec.ECDSA(hashes.SHA256()))

    once = attacks.sign_with_pyhanko(genuine.revisions[1], Reused(), field=FIELDS[1])
    twice = attacks.sign_with_pyhanko(once, Reused(), field=FIELDS[2])
    found = inspect(twice, roots=[issuer.root])
    assert Problem.DUPLICATE_CERTIFICATE in found.problems
    assert Problem.DUPLICATE_SIGNATURE not in found.problems


def test_the_time_of_signing_is_the_signers_claim(judged, genuine):
    found, _pyhanko, _pdfsig = judged(genuine.pdf)
    assert {signature.signed_at for signature in found.signatures} == {MOMENT.isoformat()}
