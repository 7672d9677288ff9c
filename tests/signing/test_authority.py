"""The signing authority: its key file, its root, and the certificates that it issues for one signature each."""

import os
import pickle
import stat
import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtensionOID, NameOID

from emulation.signing import authority
from emulation.signing.authority import AuthorityProblem
from emulation.signing.trust import TrustedRoot, key_hash
from tests.signing import papers
from tests.signing.papers import MOMENT, START

SECRET = "một câu mật khẩu dài"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "authority"


@pytest.fixture
def issuer(folder):
    return papers.new_authority(folder, passphrase=SECRET)


def leaf(issuer, subject=None, at=MOMENT):
    return x509.load_der_x509_certificate(issuer.issue(subject or papers.subject(), at=at).certificate)


def values(certificate, oid):
    return [part.value for part in certificate.subject.get_attributes_for_oid(oid)]


def test_the_key_file_is_private_and_encrypted(folder, issuer):
    file = folder / authority.ROOT_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in file.read_bytes()
    assert [path.name for path in folder.iterdir()] == [authority.ROOT_FILE]


def test_the_same_authority_is_loaded_again(folder, issuer):
    again = authority.load(folder, SECRET)
    assert again.root == issuer.root
    leaf(again).verify_directly_issued_by(issuer.root.parsed)


def test_an_authority_is_never_made_over_another(folder, issuer):
    before = (folder / authority.ROOT_FILE).read_bytes()
    with pytest.raises(FileExistsError):
        papers.new_authority(folder, passphrase=SECRET)
    assert (folder / authority.ROOT_FILE).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [authority.ROOT_FILE]


def test_the_root_lasts_and_certifies_signers_only(issuer):
    root = issuer.root.parsed
    assert root.not_valid_before_utc == START
    assert root.not_valid_after_utc - START > timedelta(days=20 * 366)
    basic = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert root.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    assert isinstance(root.public_key().curve, ec.SECP256R1)


def test_with_a_passphrase_it_is_a_real_authority(issuer):
    assert not issuer.is_demonstration
    assert "MẪU" not in issuer.root.name


def test_without_a_passphrase_its_name_says_that_it_is_a_sample(folder):
    made = papers.new_authority(folder, name="Công an tỉnh")
    assert made.is_demonstration
    assert made.root.name == "MẪU - Công an tỉnh"
    assert authority.load(folder, "").is_demonstration


@pytest.mark.parametrize("name", ["", "   ", "MẪU của tỉnh", unicodedata.normalize("NFD", "MẪU của tỉnh"), "x" * 65])
def test_a_real_authority_needs_a_name_of_its_own(folder, name):
    with pytest.raises(AuthorityProblem):
        papers.new_authority(folder, name=name, passphrase=SECRET)
    assert not folder.exists()


def test_an_authority_does_not_start_in_the_future(folder):
    with pytest.raises(AuthorityProblem):
        authority.create(folder, passphrase="", name="Mai", valid_from=MOMENT + timedelta(days=1), at=MOMENT)


@pytest.mark.parametrize("passphrase", ["", "sai", SECRET + " "])
def test_another_passphrase_does_not_open_it(folder, issuer, passphrase):
    with pytest.raises(AuthorityProblem) as error:
        authority.load(folder, passphrase)
    assert passphrase.strip() == "" or passphrase not in str(error.value)


def test_a_sample_authority_is_not_opened_with_a_passphrase(folder):
    papers.new_authority(folder)
    with pytest.raises(AuthorityProblem):
        authority.load(folder, SECRET)


def test_there_may_be_none_yet(folder):
    folder.mkdir(mode=0o700)
    with pytest.raises(AuthorityProblem, match="no signing authority"):
        authority.load(folder, SECRET)


@pytest.mark.parametrize(("place", "mode"), [("file", 0o640), ("file", 0o604), ("folder", 0o750), ("folder", 0o705)])
def test_a_key_that_others_could_read_is_refused(folder, issuer, place, mode):
    (folder if place == "folder" else folder / authority.ROOT_FILE).chmod(mode)
    with pytest.raises(AuthorityProblem, match="open to other accounts"):
        authority.load(folder, SECRET)


def test_a_key_behind_a_link_is_refused(folder, issuer, tmp_path):
    elsewhere = tmp_path / "elsewhere.pem"
    (folder / authority.ROOT_FILE).rename(elsewhere)
    (folder / authority.ROOT_FILE).symlink_to(elsewhere)
    with pytest.raises(AuthorityProblem, match="plain file"):
        authority.load(folder, SECRET)


def test_a_pipe_in_place_of_the_key_is_refused(folder):
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / authority.ROOT_FILE, mode=0o600)
    with pytest.raises(AuthorityProblem, match="plain file"):
        authority.load(folder, SECRET)


def test_a_key_with_the_certificate_of_another_is_refused(folder, issuer, tmp_path):
    other = papers.new_authority(tmp_path / "other", passphrase=SECRET)
    file = folder / authority.ROOT_FILE
    key, _, _ = file.read_bytes().partition(b"-----BEGIN CERTIFICATE-----")
    file.write_bytes(key + other.root.pem)
    with pytest.raises(AuthorityProblem, match="do not belong together"):
        authority.load(folder, SECRET)


def test_a_damaged_or_oversized_key_file_is_refused(folder, issuer):
    file = folder / authority.ROOT_FILE
    file.write_bytes(file.read_bytes()[:200])
    with pytest.raises(AuthorityProblem, match="damaged"):
        authority.load(folder, SECRET)
    file.write_bytes(b"x" * 100_000)
    with pytest.raises(AuthorityProblem, match="too large"):
        authority.load(folder, SECRET)


def test_an_open_key_of_a_real_authority_is_refused(folder, issuer):
    from cryptography.hazmat.primitives import serialization

    file = folder / authority.ROOT_FILE
    key = serialization.load_pem_private_key(file.read_bytes(), SECRET.encode())
    bare = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(bare + issuer.root.pem)
    with pytest.raises(AuthorityProblem, match="lies open"):
        authority.load(folder, "")


def test_a_signer_is_named_in_full_and_in_composed_letters(issuer):
    decomposed = replace(
        papers.subject(), name=unicodedata.normalize("NFD", "Nguyễn Văn Ạ"), position_line="KT. TRƯỞNG\n PHÓ TRƯỞNG"
    )
    certificate = leaf(issuer, decomposed)
    assert values(certificate, NameOID.COMMON_NAME) == ["Thượng tá Nguyễn Văn Ạ"]
    assert values(certificate, NameOID.ORGANIZATION_NAME) == ["Công an huyện số 1"]
    assert values(certificate, NameOID.TITLE) == ["KT. TRƯỞNG PHÓ TRƯỞNG"]
    assert values(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME) == ["Đơn vị thành viên", "covenant:1/1"]


def test_names_too_long_for_a_certificate_do_not_stop_a_signature(issuer):
    long = replace(papers.subject(), name="Nguyễn " * 12, unit="Công an huyện " * 20, position_line="PHÓ TRƯỞNG " * 30)
    certificate = leaf(issuer, long)
    assert values(certificate, NameOID.COMMON_NAME) == ["Nguyễn " * 7 + "N"]
    assert 250 < len(values(certificate, NameOID.ORGANIZATION_NAME)[0].encode()) <= 256


def test_a_signer_without_a_name_gets_no_certificate(issuer):
    with pytest.raises(AuthorityProblem, match="needs a name"):
        leaf(issuer, replace(papers.subject(), name=" "))


def test_a_certificate_serves_one_signature_for_as_long_as_the_root_lasts(issuer):
    certificate = leaf(issuer, at=MOMENT.replace(microsecond=999_999))
    assert certificate.not_valid_before_utc == MOMENT
    assert certificate.not_valid_after_utc == issuer.root.parsed.not_valid_after_utc
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.content_commitment
    assert not usage.value.digital_signature
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    certificate.verify_directly_issued_by(issuer.root.parsed)


def test_a_certificate_says_that_there_will_be_no_revocation_list(issuer):
    extensions = leaf(issuer).extensions
    promised = extensions.get_extension_for_oid(authority.NO_REVOCATION_AVAILABLE)
    assert (promised.critical, promised.value.value) == (False, b"\x05\x00")
    with pytest.raises(x509.ExtensionNotFound):
        extensions.get_extension_for_oid(ExtensionOID.CRL_DISTRIBUTION_POINTS)
    with pytest.raises(x509.ExtensionNotFound):
        extensions.get_extension_for_oid(ExtensionOID.AUTHORITY_INFORMATION_ACCESS)


def test_no_two_certificates_share_a_key_or_a_number(issuer):
    made = [leaf(issuer) for _ in range(5)]
    assert len({certificate.serial_number for certificate in made}) == 5
    assert len({key_hash(certificate) for certificate in made}) == 5


@pytest.mark.parametrize("distance", [timedelta(seconds=-1), authority.ROOT_LIFE])
def test_nothing_is_issued_outside_the_life_of_the_root(issuer, distance):
    with pytest.raises(AuthorityProblem, match="not valid"):
        issuer.issue(papers.subject(), at=START + distance)


def test_an_identity_signs_once(issuer):
    one = papers.identity(issuer)
    signature = one.sign(b"content")
    key = x509.load_der_x509_certificate(one.certificate).public_key()
    key.verify(signature, b"content", ec.ECDSA(hashes.SHA256()))
    with pytest.raises(AuthorityProblem, match="signed already"):
        one.sign(b"other content")
    assert one._key is None


def test_keys_are_neither_shown_nor_stored(issuer):
    one = papers.identity(issuer)
    for secret in (one, issuer):
        with pytest.raises(TypeError):
            pickle.dumps(secret)
        assert "Private" not in repr(secret)
        assert "object at" not in repr(secret)


def test_trust_goes_by_the_key(issuer, tmp_path):
    namesake = papers.new_authority(tmp_path / "namesake", passphrase=SECRET)
    assert namesake.root.parsed.subject == issuer.root.parsed.subject
    assert namesake.root.key_hash != issuer.root.key_hash
    assert TrustedRoot.from_pem(issuer.root.pem) == issuer.root
    assert len(issuer.root.key_hash) == 64


def test_what_is_not_a_certificate_is_no_root():
    with pytest.raises(ValueError, match="PEM"):
        TrustedRoot.from_pem(b"nothing")
