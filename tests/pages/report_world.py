"""Periods with reports in some of their states and a joint activity with a photograph, for the walk over all addresses."""

import io

from PIL import Image

from blocs.domain.attachments import Upload
from emulation.lib import clock
from emulation.orders.domain import prints
from emulation.orders.models import PrintOrder
from emulation.reports.domain import (
    activities,
    activity_photos,
    bloc_reports,
    bloc_signing,
    presenting,
    province_reports,
    reviewing,
)
from emulation.reports.domain import files as report_files
from emulation.reports.domain.bloc_report_kind import KIND as BLOC_KIND
from emulation.reports.domain.province_kind import KIND as PROVINCE_KIND
from emulation.reports.domain.report_kind import KIND
from emulation.reports.models import BlocReport, ProvinceReport
from emulation.signing.domain import rounds
from scoring.domain.evidence import examine
from tests import builders
from tests.builders import BlocCast
from tests.reports import casts
from tests.reports.casts import PeriodCast

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def build() -> dict[str, PeriodCast]:
    """A period in which the member has written, one where his report waits for the signature, was handed in, or is on paper."""
    made = {f"report {state}": casts.period() for state in ("written", "signing", "paper", "submitted", "accepted")}
    for cast in made.values():
        member = cast.members[0]
        files = examine([Upload("phu-luc.pdf", PDF)])
        report_files.attach(cast.report(member), cast.section("Ưu điểm"), files, actor=member)
        cast.fill(member)
    written = made["report written"]
    prints.ask("<p>Bản in</p>", actor=written.members[0], title="Báo cáo", file_name="bao-cao", back="/bao-cao/")
    made["report signing"].present(made["report signing"].members[0])
    pen = made["report paper"]
    presenting.present(pen.report(pen.members[0]), actor=pen.members[0], originals=2)
    for state in ("submitted", "accepted"):
        made[f"report {state}"].submit(made[f"report {state}"].members[0], fill=False)
    made["report accepted"].accept(made["report accepted"].members[0])
    again = made["report accepted"]
    reviewing.reopen(again.report(again.members[0]), actor=again.leader, reason="Bổ sung số liệu.")
    again.submit(again.members[0], fill=False)
    again.accept(again.members[0])
    made |= {f"bloc report {state}": of_bloc(state) for state in ("drafted", "signing", "sent")}
    return made | {f"province {state}": of_province(state) for state in ("drafted", "signing", "signed")}


def of_bloc(state: str, **period: str) -> PeriodCast:
    """A period whose bloc's report is being made of the member's, waits for the leader's signature, or was sent."""
    made = casts.period(**period)
    made.submit(made.members[0])
    bloc_reports.gather(bloc_report(made), actor=made.leader)
    if state != "drafted":
        bloc_reports.check(bloc_report(made), actor=made.deputy)
        bloc_signing.open_signing(bloc_report(made), actor=made.leader, without_because="Đơn vị đang sáp nhập.")
    if state == "sent":
        signing_round = rounds.newest(BLOC_KIND, bloc_report(made))
        assert signing_round is not None
        builders.sign(signing_round.slots.get(), actor=made.leader)
    return made


def of_province(state: str) -> PeriodCast:
    """A period whose bloc has sent, and whose summary of the province is being made, waits for its signature, or has it."""
    made = of_bloc("sent", kind="other", name=f"Báo cáo {state}")
    report = province_reports.start(made.row.bloc_year.year_id, "other", made.row.name, actor=made.office)
    if state != "drafted":
        signing_round = province_reports.open_signing(report, actor=made.office)
        if state == "signed":
            builders.sign(signing_round.slots.get(), actor=builders.director())
    return made


def bloc_report(made: PeriodCast) -> BlocReport:
    return BlocReport.objects.full().get(period=made.pk)


def of_period(kind: str, of: PeriodCast) -> dict[str, object]:
    """Real keys for an address of this kind."""
    member = of.members[0]
    report = of.report(member)
    found: dict[str, dict[str, object]] = {
        "bloc": {"pk": of.bloc.bloc_year.pk},
        "unit": {"pk": of.pk, "unit": member.unit_id},
        "report": {"pk": report.pk},
        "report record": {"pk": report.pk, "record": 1},
        "report scan": {"pk": report.pk, "file": 1, "page": 1, "size": "nho"},
        "report scanned": {"pk": report.pk, "file": 1},
        "section": {"pk": report.pk, "section": of.section("Ưu điểm")},
    }
    if kind in found:
        return found[kind]
    if kind == "print":
        return {"token": PrintOrder.objects.get(asker=member.user).token}
    if kind.startswith("province"):
        return _of_province(kind, of)
    if kind.startswith(("bloc", "passage")):
        return _of_bloc(kind, of)
    if kind == "report file":
        return {"pk": report.pk, "file": report.files.get().pk}
    if kind == "report bytes":
        return {"pk": report.pk, "sha256": report.files.get().revision.sha256}
    if kind == "report page":
        signing_round = rounds.newest(KIND, report)
        assert signing_round is not None
        return {"pk": report.pk, "sha256": signing_round.current.sha256, "page": 1, "size": "nho"}
    return {"pk": of.pk}


def _of_bloc(kind: str, of: PeriodCast) -> dict[str, object]:
    report = bloc_report(of)
    if kind == "passage":
        passage = report.passages.order_by("pk").first()
        assert passage is not None
        return {"pk": passage.pk}
    if kind == "bloc section":
        return {"pk": report.pk, "section": of.section("Ưu điểm")}
    if kind == "bloc report page":
        signing_round = rounds.newest(BLOC_KIND, report)
        assert signing_round is not None
        return {"pk": report.pk, "sha256": signing_round.current.sha256, "page": 1, "size": "nho"}
    return {"pk": report.pk}


def _of_province(kind: str, of: PeriodCast) -> dict[str, object]:
    report = ProvinceReport.objects.full().get(kind="other", name=of.row.name)
    passage = report.passages.order_by("pk").first()
    assert passage is not None
    if kind == "province passage":
        return {"pk": passage.pk}
    if kind == "province section":
        return {"pk": report.pk, "section": passage.section}
    if kind == "province page":
        signing_round = rounds.newest(PROVINCE_KIND, report)
        assert signing_round is not None
        return {"pk": report.pk, "sha256": signing_round.current.sha256, "page": 1, "size": "nho"}
    return {"pk": report.pk}


def keys(bloc: BlocCast) -> dict[str, dict[str, object]]:
    """Real keys of an activity that a member of this bloc hosted, and of its photograph."""
    member = bloc.members[0]
    values = {"kind": "charity", "title": "Tặng quà", "held_on": clock.today(), "host": member.unit, "people": 20}
    made = activities.enter(bloc.bloc_year, actor=member, values=values)
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(stream, "JPEG")
    photo = activity_photos.add(made, actor=member, data=stream.getvalue(), caption="Trao quà")
    return {"activity": {"pk": made.pk}, "activity photo": {"pk": made.pk, "photo_pk": photo.pk}}
