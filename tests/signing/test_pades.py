"""One signature appended to the agreed bytes, and the check of what was appended."""

import asyncio
import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from emulation.signing import pades
from emulation.signing.act_attribute import ACT_DIGEST_OID, ActDigestProvider
from emulation.signing.authority import AuthorityProblem
from emulation.signing.pades import Break, SignatureBroken, Unsignable, append_signature, check_appended
from tests.signing import outside, papers
from tests.signing.papers import FIELDS, MOMENT, act_of

FIRST = FIELDS[0]


@pytest.fixture
def issuer(tmp_path):
    return papers.new_authority(tmp_path / "authority")


@pytest.fixture
def base():
    return papers.paper()


def append(issuer, pdf, name=FIRST, **changes):
    how = {"act_sha256": act_of(0), "stamp_pdf": papers.stamp_page(), "at": MOMENT, **changes}
    if "identity" not in how:
        how["identity"] = papers.identity(issuer)
    return append_signature(pdf, field_name=name, **how)


def check(issuer, previous, current, name=FIRST, *, act=bytes(32), roots=None):
    check_appended(previous, current, field_name=name, roots=[issuer.root] if roots is None else roots, act_sha256=act)


def broken(*arguments, **keywords):
    with pytest.raises(SignatureBroken) as error:
        check(*arguments, **keywords)
    return error.value.reason


def read(pdf, number=-1):
    return PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[number]


def test_the_agreed_bytes_stay_an_exact_prefix(issuer, base):
    signed = append(issuer, base)
    assert signed.pdf.startswith(base)
    check(issuer, base, signed.pdf)


def test_the_digests_name_the_certificate_and_the_signature(issuer, base):
    identity = papers.identity(issuer)
    signed = append(issuer, base, identity=identity)
    info = read(signed.pdf).signer_info
    assert signed.certificate_sha256 == hashlib.sha256(identity.certificate).hexdigest()
    assert signed.signature_sha256 == hashlib.sha256(info["signature"].native).hexdigest()


def test_it_is_a_plain_pades_signature_at_the_given_moment(issuer, base):
    noon = datetime(2020, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=7)))
    signature = read(append(issuer, base, at=noon).pdf)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/M"] == "D:20200304120000+07'00'"
    assert "/Reference" not in signature.sig_object
    assert signature.self_reported_timestamp == noon.astimezone(UTC)
    kinds = [part["type"].native for part in signature.signer_info["signed_attrs"]]
    assert "signing_time" not in kinds
    assert "signing_certificate_v2" in kinds


def test_the_recorded_act_is_a_signed_attribute(issuer, base):
    info = read(append(issuer, base).pdf).signer_info
    [act] = [part for part in info["signed_attrs"] if part["type"].dotted == ACT_DIGEST_OID]
    assert [value.native for value in act["values"]] == [act_of(0)]


def test_the_digest_of_an_act_has_its_length():
    with pytest.raises(ValueError, match="32 bytes"):
        ActDigestProvider(b"short")


def test_nothing_but_the_field_and_the_form_is_touched(issuer, base):
    """Not the metadata, not the pages: the conformance and the dates of the frozen file stay what they were."""
    first = append(issuer, base).pdf
    second = append(issuer, first, FIELDS[1], identity=papers.identity(issuer, 1)).pdf
    reader = PdfFileReader(io.BytesIO(second))
    touched = {reference.idnum for reference in reader.xrefs.explicit_refs_in_revision(2)}
    size_before = PdfFileReader(io.BytesIO(first)).trailer["/Size"]
    field = next(entry for entry in reader.root["/AcroForm"]["/Fields"] if entry.get_object()["/T"] == FIELDS[1])
    assert {number for number in touched if number < size_before} == {field.idnum}


def test_the_mark_is_drawn_in_the_field_only_when_there_is_one(issuer, base):
    with_mark, without = append(issuer, base).pdf, append(issuer, base, stamp_pdf=None).pdf
    drawn = [read(pdf).sig_field["/AP"]["/N"].data for pdf in (with_mark, without)]
    assert b"/Stamp Do" in drawn[0]
    assert drawn[1] == b"q Q"
    check(issuer, base, without)


def test_every_signer_signs_and_everybody_agrees(issuer, tmp_path):
    fields = tuple(f"sig-{number:02d}" for number in range(20))
    signed = papers.signed_paper(issuer, fields)
    for number, name in enumerate(fields):
        check(issuer, signed.revisions[number], signed.revisions[number + 1], name, act=act_of(number))
    assert outside.pyhanko_verdicts(signed.pdf, issuer.root.pem) == [True] * 20
    assert outside.pdfsig_verdicts(signed.pdf, tmp_path) == [True] * 20


def test_a_signature_takes_little_room(issuer, base):
    assert len(append(issuer, base).pdf) - len(base) < 25_000


def test_the_longest_names_fit(issuer, base):
    long = replace(
        papers.subject(), name="Ưỡ" * 40, unit="Ễ" * 300, position_line="Ộ" * 300, capacity="Ặ" * 300, round_label="Ậ" * 300
    )
    signed = append(issuer, base, identity=issuer.issue(long, at=MOMENT))
    check(issuer, base, signed.pdf)


def test_it_works_inside_an_event_loop(issuer, base):
    async def from_a_page():
        signed = append(issuer, base)
        check(issuer, base, signed.pdf)

    asyncio.run(from_a_page())


def test_an_identity_cannot_sign_twice(issuer, base):
    identity = papers.identity(issuer)
    first = append(issuer, base, identity=identity)
    with pytest.raises(AuthorityProblem):
        append(issuer, first.pdf, FIELDS[1], identity=identity)


@pytest.mark.parametrize("name", ["sig-bon", "", "Signature1"])
def test_no_field_is_ever_made(issuer, base, name):
    with pytest.raises(Unsignable, match="no signature field"):
        append(issuer, base, name)


def test_a_signed_field_is_not_signed_again(issuer, base):
    signed = append(issuer, base).pdf
    with pytest.raises(Unsignable, match="signed already"):
        append(issuer, signed, identity=papers.identity(issuer, 1))


@pytest.mark.parametrize("pdf", [b"", b"not a PDF at all", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_cannot_be_signed(issuer, pdf):
    with pytest.raises(Unsignable):
        append(issuer, pdf)


def test_a_mark_that_is_no_pdf_is_refused(issuer, base):
    with pytest.raises(Unsignable):
        append(issuer, base, stamp_pdf=b"no PDF")


def test_a_revision_must_start_with_the_one_before(issuer, base):
    signed = append(issuer, base).pdf
    assert broken(issuer, base[:-1] + b" ", signed) == Break.PREFIX
    assert broken(issuer, base, base) == Break.PREFIX
    assert broken(issuer, signed, base) == Break.PREFIX


def test_two_signatures_at_once_are_one_too_many(issuer, base):
    first = append(issuer, base).pdf
    second = append(issuer, first, FIELDS[1], identity=papers.identity(issuer, 1)).pdf
    assert broken(issuer, base, second, FIELDS[1]) == Break.REVISIONS


def test_the_signature_must_be_in_the_field_of_its_slot(issuer, base):
    assert broken(issuer, base, append(issuer, base, FIELDS[1]).pdf, FIRST) == Break.FIELDS


def test_anything_after_the_signature_is_refused(issuer, base):
    signed = append(issuer, base).pdf
    assert broken(issuer, base, signed + b"\n% more\n") in {Break.COVERAGE, Break.UNREADABLE}


def test_a_byte_changed_in_the_new_part_is_refused(issuer, base):
    signed = bytearray(append(issuer, base).pdf)
    place = signed.rindex(b"/Stamp Do") if b"/Stamp Do" in signed else signed.rindex(b"/M (")
    signed[place + 5] ^= 1
    assert broken(issuer, base, bytes(signed)) in {Break.SIGNATURE, Break.UNREADABLE}


def test_only_the_given_roots_are_trusted(issuer, base, tmp_path):
    namesake = papers.new_authority(tmp_path / "namesake")
    signed = append(issuer, base).pdf
    assert broken(issuer, base, signed, roots=[namesake.root]) == Break.TRUST
    assert broken(issuer, base, signed, roots=[]) == Break.TRUST
    check(issuer, base, signed, roots=[namesake.root, issuer.root])


def test_the_recorded_act_must_be_the_one(issuer, base):
    assert broken(issuer, base, append(issuer, base).pdf, act=act_of(9)) == Break.ACT


def test_a_root_that_has_ended_still_verifies_what_it_signed(base, tmp_path):
    """Trust is judged at the time of the signature."""
    old = papers.new_authority(tmp_path / "old", valid_from=datetime(1985, 1, 1, tzinfo=UTC))
    then = datetime(1990, 5, 19, tzinfo=UTC)
    assert old.root.parsed.not_valid_after_utc < MOMENT
    signed = append(old, base, identity=old.issue(papers.subject(), at=then), at=then)
    check(old, base, signed.pdf)


def test_a_reader_that_stumbles_is_a_refusal(issuer, base, monkeypatch):
    signed = append(issuer, base).pdf

    def stumble(*_arguments, **_keywords):
        raise RecursionError

    monkeypatch.setattr(pades.reading, "read_signature", stumble)
    assert broken(issuer, base, signed) == Break.UNREADABLE
