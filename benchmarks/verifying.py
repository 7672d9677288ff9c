"""Verifying a file on the public page: one that the ledger knows, and one with twenty signatures that it does not.

The unknown one is sound in every respect, so nothing ends its examination early; it goes the whole way, upload, waiting row, child
process with its limits. Meanwhile somebody else opens a page again and again.
"""

import statistics
import threading
import time
from dataclasses import replace

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from benchmarks import addresses, covenant, figures, timing
from benchmarks.figures import Figure
from benchmarks.timing import milliseconds
from blocs.domain import signing
from emulation.lib import clock
from emulation.pdf import finish
from emulation.pdf.frame import Seat
from emulation.pdf.stamp import StampText, stamp
from emulation.records.domain import documents
from emulation.signing import pades
from emulation.signing.authority import SignerSubject
from emulation.signing.domain import authorities, uploads
from emulation.signing.models import VerificationJob

TIMES = 15
MOST_KNOWN = 100
MOST_UNKNOWN = 6
SIGNERS = 20
# A page is quick as long as it keeps the limit that pages have anyway.
MOST_MEANWHILE = 60


def measure() -> list[Figure]:
    """Milliseconds for a known file, seconds for an unknown one, and a page's median meanwhile."""
    settings.ALLOWED_HOSTS.append("testserver")
    settings.VERIFY_UPLOADS_PER_MINUTE = settings.VERIFY_PER_MINUTE = 10**6
    signing_round = signing.current_round(covenant.signed())
    assert signing_round is not None
    known = documents.read(signing_round.current)
    series = timing.repeat(lambda: _upload(Client(), known, status=200), TIMES)
    note = f"{milliseconds(series.cpu)} of processor; {len(known) // 1000} kB, {signing_round.current.number} signatures"
    return [
        figures.at_most("a file the ledger knows, median", series.wall * 1000, MOST_KNOWN, "ms", note=note),
        *_unknown(stranger()),
    ]


def stranger() -> bytes:
    """A covenant with twenty sound signatures of our authority, of which the ledger has never heard."""
    paper, (_row, authority) = covenant.printable(), authorities.issuing()
    units = [f"Công an xã {number}" for number in range(1, SIGNERS + 1)]
    seats = [Seat(str(number), unit, "Đơn vị thành viên", f"sig-{number}") for number, unit in enumerate(units)]
    pdf = covenant.Printable(paper.text, replace(paper.frame, seats=seats, witness=None)).make_pdf()
    moment = clock.now()
    for box, unit in zip(finish.signature_fields(pdf), units, strict=True):
        who = SignerSubject("Nguyễn Văn A", "Thượng tá", unit, "TRƯỞNG CÔNG AN XÃ", "Đơn vị thành viên", "covenant:0/1")
        mark = ("Ký điện tử bởi Nguyễn Văn A", f"lúc {moment:%H:%M:%S ngày %d/%m/%Y}")
        text = StampText(position=("TRƯỞNG CÔNG AN XÃ",), mark=mark, name="Thượng tá Nguyễn Văn A")
        pdf = pades.append_signature(
            pdf,
            field_name=box.name,
            identity=authority.issue(who, at=moment),
            act_sha256=bytes(32),
            stamp_pdf=stamp(text, width_pt=box.width, height_pt=box.height),
            at=clock.local(moment),
        ).pdf
    return pdf


def _unknown(pdf: bytes) -> list[Figure]:
    _upload(Client(), pdf, status=302)
    job = VerificationJob.objects.get(finished_at=None)
    page, meanwhile, seconds = _page(), [], []
    alone = timing.repeat(page, TIMES)
    worker = threading.Thread(target=lambda: seconds.append(timing.lap(lambda: _inspect(job)).wall))
    worker.start()
    while worker.is_alive():
        meanwhile.append(timing.lap(page).wall * 1000)
        time.sleep(0.02)
    worker.join()
    found = uploads.found(VerificationJob.objects.get(pk=job.pk))
    signatures = len(found.signatures) if found else 0
    sound = found is not None and found.state == "sound" and signatures == SIGNERS
    return [
        figures.at_most(
            f"an unknown file with {SIGNERS} signatures", seconds[0], MOST_UNKNOWN, "s", digits=1, note=f"{len(pdf) // 1000} kB"
        ),
        figures.demand("  found sound, with all its signatures", f"{signatures} signatures", f"{SIGNERS}", kept=sound),
        figures.at_most(
            "a page meanwhile, median",
            statistics.median(meanwhile),
            MOST_MEANWHILE,
            "ms",
            note=f"{milliseconds(alone.wall)} when nothing is examined; {len(meanwhile)} requests, slowest {max(meanwhile):.0f} ms",
        ),
    ]


def _inspect(job: VerificationJob) -> None:
    """What the task worker does; in a thread with a connection of its own."""
    try:
        uploads.inspect_upload.func(str(job.token))
    finally:
        connection.close()


def _page():
    client = Client()
    client.force_login(addresses.roles()["office staff"])
    return lambda: client.get(reverse("documents"))


def _upload(client: Client, pdf: bytes, *, status: int) -> HttpResponse:
    file = SimpleUploadedFile("giao-uoc.pdf", pdf, content_type="application/pdf")
    response = client.post(reverse("verify"), {"tep": file})
    assert response.status_code == status, response.status_code
    return response
