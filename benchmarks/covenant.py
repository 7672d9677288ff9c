"""The covenant that is printed and compared: that of 2020, eight units and a witness, as it was frozen for signing."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from blocs.documents.covenant import covenant_html
from blocs.domain import discussion, signing
from blocs.domain.snapshots import document_frame, version_text
from blocs.models import BlocDocument
from blocs.texts import CovenantText
from emulation.pdf import finish, qr
from emulation.pdf.frame import DocumentFrame, Verification
from emulation.pdf.render import render
from emulation.signing.domain import freezing


@dataclass(frozen=True)
class Printable:
    """A text and the frame around it."""

    text: CovenantText
    frame: DocumentFrame

    @cached_property
    def html(self) -> str:
        """What the printer is given."""
        return covenant_html(self.text, self.frame)

    def make_pdf(self) -> bytes:
        """All that freezing does to make the file: HTML, printing, signature fields and marks of conformance."""
        return finish.finish(render(covenant_html(self.text, self.frame)))


def signed() -> BlocDocument:
    """The covenant that the demonstration has signed."""
    return BlocDocument.objects.full().filter(kind="covenant", state="signed").earliest("signed_at")


def printable() -> Printable:
    """The signed covenant, to be printed once more with its verification block and nine signature fields."""
    document = signed()
    signing_round, version = signing.current_round(document), discussion.latest(document)
    assert signing_round is not None
    assert version is not None
    fields = [slot.field_name for slot in signing_round.slots.all()]
    proof = Verification(
        address=settings.PUBLIC_BASE_URL + reverse("verify"),
        qr=qr.qr_data_uri(freezing.address_of(signing_round)),
        short_code=signing_round.short_code,
        short_hash=signing_round.short_hash,
    )
    return Printable(version_text(version), document_frame(document, fields=fields, verification=proof))
