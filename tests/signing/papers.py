"""Small frozen papers with empty signature fields, authorities in a test's own folder, and papers signed by a few people."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from emulation.signing import authority
from emulation.signing.authority import LocalAuthority, OneTimeIdentity, SignerSubject
from emulation.signing.pades import append_signature

START = datetime(2020, 1, 1, tzinfo=UTC)
MOMENT = datetime(2020, 3, 4, 2, 30, tzinfo=UTC)
FIELDS = ("sig-mot", "sig-hai", "sig-ba")
PEOPLE = ("Nguyễn Văn A", "Trần Thị B", "Lê Văn Đức", "Phạm Thị Ước")


def act_of(number: int) -> bytes:
    """The digest of a made-up recorded act."""
    return bytes([number]) * 32


def new_authority(
    folder: Path, *, name: str = "Cơ quan chứng thực", passphrase: str = "", valid_from: datetime = START
) -> LocalAuthority:
    return authority.create(folder, passphrase=passphrase, name=name, valid_from=valid_from, at=MOMENT)


def subject(number: int = 0) -> SignerSubject:
    return SignerSubject(
        name=PEOPLE[number % len(PEOPLE)],
        rank="Thượng tá",
        unit=f"Công an huyện số {number + 1}",
        position_line="TRƯỞNG CÔNG AN HUYỆN",
        capacity="Đơn vị thành viên",
        round_label="covenant:1/1",
    )


def identity(issuer: LocalAuthority, number: int = 0) -> OneTimeIdentity:
    return issuer.issue(subject(number), at=MOMENT)


def paper(fields: Sequence[str] = FIELDS, *, pages: int = 2) -> bytes:
    """A paper as it is frozen: a few pages of text, one empty signature field a signer on the last, nothing else."""
    with pikepdf.new() as document:
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array(), SigFlags=3))
        for number in range(pages):
            _add_page(document, f"Trang {number + 1}: dieu {number + 1}, chi tieu 80 %")
        for number, name in enumerate(fields):
            _add_field(document, name, top=700 - 90 * number)
        return _saved(document)


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The paper as another printer would have frozen it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        return _saved(document)


def stamp_page() -> bytes:
    """A one-page mark of a signature, as it is drawn for the field."""
    with pikepdf.new() as document:
        _add_page(document, "Ky dien tu", box=(0, 0, 180, 60))
        return _saved(document)


@dataclass
class SignedPaper:
    """A paper and all its revisions; the first is the frozen one."""

    issuer: LocalAuthority
    revisions: list[bytes] = field(default_factory=lambda: [paper()])

    @property
    def pdf(self) -> bytes:
        return self.revisions[-1]

    def sign(self, name: str, *, stamp_pdf: bytes | None = None) -> bytes:
        number = len(self.revisions) - 1
        signed = append_signature(
            self.pdf,
            field_name=name,
            identity=identity(self.issuer, number),
            act_sha256=act_of(number),
            stamp_pdf=stamp_pdf,
            at=MOMENT,
        )
        self.revisions.append(signed.pdf)
        return signed.pdf


def signed_paper(issuer: LocalAuthority, fields: Sequence[str] = FIELDS, *, base: bytes | None = None) -> SignedPaper:
    """The paper signed by all its signers, one after another."""
    result = SignedPaper(issuer, [base if base is not None else paper(fields)])
    for name in fields:
        result.sign(name, stamp_pdf=stamp_page())
    return result


def _add_page(document: pikepdf.Pdf, text: str, *, box: tuple[int, int, int, int] = (0, 0, 595, 842)) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = document.add_blank_page(page_size=(box[2], box[3]))
    page.obj.Contents = document.make_stream(f"BT /F1 12 Tf 20 {box[3] - 40} Td ({text}) Tj ET".encode())
    page.obj.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(font)))


def _add_field(document: pikepdf.Pdf, name: str, *, top: int) -> None:
    page = document.pages[-1].obj
    blank = document.make_stream(
        b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 180, 60]), Resources=Dictionary()
    )
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=name, F=132, P=page,
            Rect=Array([60, top - 60, 240, top]), AP=Dictionary(N=blank),
        )
    )  # fmt: skip
    page.Annots = Array([*page.get(Name.Annots, []), widget])
    document.Root.AcroForm.Fields.append(widget)


def _saved(document: pikepdf.Pdf) -> bytes:
    output = io.BytesIO()
    document.save(output, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    content = output.getvalue()
    return content if content.endswith(b"\n") else content + b"\n"
