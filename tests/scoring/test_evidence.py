"""Evidence: what is let in, under which name, to whom it is given, and when it may be taken off."""

import io
import sys
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from blocs.domain.attachments import Upload
from emulation.lib.verdict import Refused
from emulation.records.models import AuditEntry, Revision
from scoring.domain import evidence
from scoring.enums import Layer, Phase
from scoring.models import EvidenceFile
from tests import builders
from tests.scoring import campaigns

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def png() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (2, 2)).save(held, "PNG")
    return held.getvalue()


def office(*parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return held.getvalue()


def client_of(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def attach(made, actor, code="2", name="bien-ban.pdf", data=PDF):
    sheet = made.sheet(actor)
    return evidence.attach(sheet, made.leaf(code).key, evidence.examine([Upload(name, data)]), actor=actor)[0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.PNG", png()),
        ("a.docx", office("word/document.xml")),
        ("số liệu.xlsx", office("xl/workbook.xml")),
    ],
)
def test_what_is_let_in(name, data):
    assert evidence.examine([Upload(name, data)])[0].data == data


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("..\\..\\x.html", b"<script>alert(1)</script>", "“x.html” không được nhận"),
        ("x.html.pdf", b"<html></html>", "không phải là PDF"),
        ("a.pdf", png(), "có nội dung là PNG"),
        ("a.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "không phải là XLSX"),
        ("a.xlsx", office("word/document.xml"), "có nội dung là DOCX"),
        ("a.xlsx", office("xl/workbook.xml", "word/document.xml"), "không phải là XLSX"),
        ("a.xlsm", office("xl/workbook.xml"), "không được nhận"),
        ("a.pdf", b"", "không có nội dung"),
        ("a.pdf", PDF[:-1] + b"0" * evidence.MOST_BYTES, "lớn quá 10 MB"),
    ],
)
def test_what_is_refused_with_its_reason(name, data, sentence):
    with pytest.raises(ValidationError) as error:
        evidence.examine([Upload(name, data)])
    assert sentence in error.value.message_dict["attached"][0]


def test_names_are_tidied():
    found = evidence.examine([Upload("..\\..\\..\\etc\\bien ban.pdf", PDF), Upload("/root/<b>x</b>\u202e.pdf", PDF)])
    assert [file.name for file in found] == ["bien ban.pdf", "b .pdf"]


def test_the_scanner_of_the_office_may_refuse(settings):
    script = "import sys; data = sys.stdin.buffer.read(); print('EICAR found'); sys.exit(b'EICAR' in data)"
    settings.VIRUS_SCAN_COMMAND = f'{sys.executable} -c "{script}"'
    assert evidence.examine([Upload("a.pdf", PDF)])
    with pytest.raises(ValidationError, match="EICAR found"):
        evidence.examine([Upload("a.pdf", PDF.replace(b"1 0 obj", b"EICAR 1 0 obj"))])
    settings.VIRUS_SCAN_COMMAND = "/nowhere/scanner"
    with pytest.raises(ValidationError, match="bị phần mềm quét mã độc từ chối"):
        evidence.examine([Upload("a.pdf", PDF)])


def test_the_same_bytes_are_kept_once():
    made = campaigns.campaign()
    first = attach(made, made.leader)
    second = attach(made, made.leader, code="4", name="khac.pdf")
    assert first.revision_id == second.revision_id
    assert Revision.objects.filter(sha256=first.revision.sha256).count() == 1
    again = evidence.examine([Upload("lan-hai.pdf", PDF)])
    assert evidence.attach(made.sheet(made.leader), made.leaf("2").key, again, actor=made.leader) == []
    found = AuditEntry.objects.filter(event="evidence_changed", stream__key=made.sheet(made.leader).stream)
    assert found.order_by("seq").first().data["added"] == [{"name": "bien-ban.pdf", "sha256": first.revision.sha256}]
    assert found.count() == 2


def test_only_the_unit_attaches_and_only_while_its_sheet_is_open():
    made = campaigns.campaign()
    sheet, files = made.sheet(made.leader), evidence.examine([Upload("a.pdf", PDF)])
    with pytest.raises(Refused, match="do đơn vị khác chấm"):
        evidence.attach(sheet, made.leaf("2").key, files, actor=made.members[0])
    made.fill_all(sheet)
    file = attach(made, made.leader)
    made.submit(sheet)
    with pytest.raises(Refused, match="đã nộp"):
        evidence.attach(sheet, made.leaf("2").key, files, actor=made.leader)
    with pytest.raises(Refused, match="đã nộp"):
        evidence.remove(file, actor=made.leader)
    assert EvidenceFile.objects.get().removed_at is None


def test_taken_off_once_and_known_for_ever():
    made = campaigns.campaign()
    file = attach(made, made.leader)
    moment = evidence.remove(file, actor=made.leader).removed_at
    assert evidence.remove(file, actor=made.leader).removed_at == moment
    assert AuditEntry.objects.filter(event="evidence_changed").count() == 2
    address = reverse("evidence_file", args=[file.sheet_id, file.pk])
    assert client_of(made.leader).get(address).status_code == 404


def test_always_a_download_and_only_for_who_reads_the_sheet():
    made = campaigns.campaign(Phase.SELF)
    file = attach(made, made.members[0], name="quyết định.pdf")
    address = reverse("evidence_file", args=[file.sheet_id, file.pk])
    answer = client_of(made.members[0]).get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    for other in (made.leader, made.deputy, made.office, builders.commander(builders.unit())):
        assert client_of(other).get(address).status_code == 404
    elsewhere = reverse("evidence_file", args=[made.sheet(made.leader).pk, file.pk])
    assert client_of(made.leader).get(elsewhere).status_code == 404


def test_dropped_on_a_row_it_answers_with_what_changed():
    made = campaigns.campaign(text=campaigns.small())
    sheet, leaf = made.sheet(made.leader), made.leaf("1")
    made.fill(sheet, "1", yes=True)
    address = reverse("evidence_add", args=[sheet.pk, leaf.key])
    client = client_of(made.leader)
    answer = client.post(address, {"attached": SimpleUploadedFile("a.pdf", PDF)}, headers={"X-Autosave": "1"})
    assert (answer.json()["cell"]["evidence"], answer.json()["cell"]["tags"]) == (1, "")
    wrong = client.post(address, {"attached": SimpleUploadedFile("a.exe", b"MZ")}, headers={"X-Autosave": "1"})
    assert wrong.status_code == 422
    assert "không được nhận" in wrong.json()["errors"]["attached"][0]
    page = client.get(reverse("sheet_cell", args=[sheet.pk, leaf.key])).content.decode()
    assert "a.pdf" in page
    removed = client.post(reverse("evidence_remove", args=[sheet.pk, EvidenceFile.objects.get().pk]))
    assert removed.status_code == 302


def test_without_scripts_a_fault_stands_at_the_field():
    made = campaigns.campaign()
    sheet, leaf = made.sheet(made.leader), made.leaf("1")
    address = reverse("evidence_add", args=[sheet.pk, leaf.key])
    client = client_of(made.leader)
    assert "Chọn ít nhất một tệp." in client.post(address, {}).content.decode()
    wrong = client.post(address, {"attached": SimpleUploadedFile("a.html", b"<p>")})
    assert wrong.status_code == 422
    assert "a.html” không được nhận" in wrong.content.decode()


def test_a_sheet_without_the_evidence_it_needs_is_not_handed_in():
    made = campaigns.campaign(text=campaigns.small())
    sheet = made.sheet(made.leader)
    made.fill_all(sheet)
    evidence.remove(EvidenceFile.objects.get(), actor=made.leader)
    with pytest.raises(ValidationError, match="bắt buộc có minh chứng"):
        made.submit(sheet)
    attach(made, made.leader, code="1")
    assert made.submit(sheet).is_handed_in


def test_files_of_an_explanation_are_read_by_who_answers():
    made = campaigns.campaign(Phase.REPLY)
    unit, leaf = made.members[0], made.leaf("2")
    sheet = made.sheet(unit, Layer.CONSOLIDATED)
    address = reverse("sheet_explain", args=[sheet.pk, leaf.key])
    client_of(unit).post(address, {"text": "Có hồ sơ.", "attached": SimpleUploadedFile("ho-so.pdf", PDF)})
    file = EvidenceFile.objects.get(for_explanation=True)
    download = reverse("evidence_file", args=[sheet.pk, file.pk])
    assert client_of(made.leader).get(download).status_code == 200
    assert client_of(made.deputy).get(download).status_code == 404
    with pytest.raises(Refused):
        evidence.remove(file, actor=made.leader)
