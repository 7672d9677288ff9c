"""How many questions each page asks the database: a literal number, the same for one row and for three.

Counted when the page is asked for a second time: the first time the letterhead is remembered and a preview is printed. A number
that falls is lowered here; one that would rise needs a reason.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from blocs.domain import drafts, remarks
from blocs.enums import DocumentKind, DocumentState
from blocs.models import Remark, RemarkReply
from emulation.inbox.domain import notices
from emulation.lib import clock
from emulation.organisation.actors import Actor
from emulation.reports.domain import activities
from emulation.signing.domain import paper, scans
from tests import builders, snapshots
from tests.builders import DocumentCast
from tests.signing import scanned

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

NO_QUESTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
MOST = 15
# A document that is discussed beside the other documents of its bloc: its commander may adopt several at once.
MOST_DISCUSSING = 20


def questions(actor: Actor, path: str) -> int:
    """How many questions the page asks once it is warm; saving and releasing a place in a transaction are none."""
    client = Client()
    client.force_login(actor.user)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return sum(not query["sql"].startswith(NO_QUESTIONS) for query in asked.captured_queries)


@snapshots.once
def blocs_in_work(rows: int) -> Actor:
    """So many blocs with a covenant in each state that is worked on; seen by their office."""
    for _ in range(rows):
        for state in (DocumentState.DRAFT, DocumentState.DISCUSSION, DocumentState.ADOPTED, DocumentState.SIGNING):
            made = builders.document(state, witness=state == DocumentState.SIGNING)
        builders.bloc()
    return made.office


@snapshots.once
def blocs_of_one_leader(rows: int) -> Actor:
    """So many blocs in which the same unit leads: its commander sees all of them."""
    made = builders.document(DocumentState.DISCUSSION)
    for year in range(1, rows):
        cast = builders.bloc(year=made.row.bloc_year.year_id - year)
        builders.document(DocumentState.DISCUSSION, of=cast)
        cast.bloc_year.seats.filter(role="member").update(unit=made.leader.unit)
    return builders.again(made.leader)


def people(rows: int) -> Actor:
    """So many people with a post beside the office."""
    for _ in range(rows):
        builders.commander(builders.unit())
    return builders.staff(builders.office())


def bases(rows: int) -> Actor:
    """So many deputies with a basis for signing on behalf."""
    for _ in range(rows):
        builders.deputy(builders.unit())
    return builders.staff(builders.office())


def told(rows: int) -> Actor:
    """Somebody who was told so many things."""
    actor = builders.staff(builders.office())
    for number in range(rows):
        notices.tell([actor.user_id], f"Tin thứ {number}", path="/")
    return actor


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "made_of", "number"),
    [
        ("home", blocs_in_work, 11),
        ("board", blocs_in_work, 13),
        ("blocs", blocs_in_work, 9),
        ("documents", blocs_in_work, 9),
        ("home", blocs_of_one_leader, 9),
        ("people", people, 11),
        ("mandates", bases, 9),
        ("notices", told, 6),
        ("admin:organisation_user_changelist", people, 8),
        ("admin:organisation_unit_changelist", people, 8),
        ("admin:organisation_mandate_changelist", bases, 9),
        ("admin:records_auditentry_changelist", people, 8),
        ("admin:blocs_year_changelist", blocs_of_one_leader, 6),
    ],
)
def test_a_list_asks_as_much_for_three_rows_as_for_one(
    name: str, made_of: Callable[[int], Actor], number: int, rows: int
) -> None:
    actor = made_of(rows)
    if name.startswith("admin:"):
        actor = builders.staff(builders.office())
    assert questions(actor, reverse(name)) == number <= MOST


@pytest.mark.parametrize("units", [3, 6])
@pytest.mark.parametrize(
    ("name", "state", "number"),
    [
        ("document", DocumentState.DRAFT, 11),
        ("document", DocumentState.DISCUSSION, 14),
        ("document", DocumentState.ADOPTED, 14),
        ("document", DocumentState.SIGNING, 12),
        ("document", DocumentState.SIGNED, 12),
        ("sign", DocumentState.SIGNING, 11),
        ("void_round", DocumentState.SIGNING, 9),
        ("hall", DocumentState.SIGNING, 10),
        ("hall_poll", DocumentState.SIGNING, 11),
        ("desk", DocumentState.SIGNING, 9),
        ("document_pdf", DocumentState.SIGNED, 8),
    ],
)
def test_a_covenant_asks_as_much_for_six_units_as_for_three(name: str, state: str, number: int, units: int) -> None:
    made = builders.document(state, n=units)
    assert questions(made.leader, reverse(name, args=[made.pk])) == number <= MOST


@pytest.mark.parametrize("units", [3, 6])
def test_a_signing_on_paper_asks_as_much_for_six_units_as_for_three(units: int) -> None:
    made = builders.on_paper(units)
    clerk = builders.staff(made.deputy.unit)
    asked = [questions(made.leader, reverse("paper", args=[made.pk]))]
    scans.take_in(made.round, [scanned.scan_of(made)], actor=clerk)
    asked.append(questions(made.leader, reverse("paper", args=[made.pk])))
    signers = builders.signers_on_paper(made)
    paper.record(made.round.scans.get(), actor=clerk, signed_on=clock.today(), signers=signers)
    asked.append(questions(made.leader, reverse("paper", args=[made.pk])))
    assert asked == [11, 14, 14]
    assert max(asked) <= MOST


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "args", "number"), [("version", [1], 11), ("version_pdf", [1], 8), ("compare", [], 10)])
def test_versions_ask_as_much_for_three_targets_as_for_one(name: str, args: list[int], number: int, rows: int) -> None:
    made = builders.document(DocumentState.DISCUSSION)
    _aim(made, rows)
    builders.publish(made)
    assert questions(made.leader, reverse(name, args=[made.pk, *args])) == number <= MOST


@pytest.mark.parametrize(("name", "number"), [("document", 14), ("remarks", 9)])
def test_twenty_units_and_three_hundred_remarks_ask_no_more(name: str, number: int) -> None:
    made = builders.document(DocumentState.DISCUSSION, n=20)
    first = remarks.raise_remark(made.version, actor=made.members[0], text="Góp ý")
    rows = [
        Remark(**{**_columns(first), "number": count, "unit_id": made.commanders[count % 20].unit_id}) for count in range(2, 301)
    ]
    Remark.objects.bulk_create(rows)
    RemarkReply.objects.bulk_create(
        RemarkReply(remark=row, unit_id=row.unit_id, author=made.leader.user, author_label="", text="Thêm", at=row.at)
        for row in rows
    )
    assert questions(made.leader, reverse(name, args=[made.pk])) == number <= MOST


@pytest.mark.parametrize("others", [1, 3])
def test_a_document_asks_one_more_for_each_kind_beside_it_that_encloses_something(others: int) -> None:
    made = builders.document(DocumentState.DISCUSSION)
    for kind in [DocumentKind.SCORING, DocumentKind.OUTLINE, DocumentKind.REGULATION][:others]:
        other = builders.document(DocumentState.DISCUSSION, of=made.bloc, kind=kind)
        remarks.raise_remark(other.version, actor=made.members[0], text="Góp ý")
    assert questions(made.leader, reverse("document", args=[made.pk])) == {1: 17, 3: 18}[others] <= MOST_DISCUSSING


def _columns(row: Remark) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in Remark._meta.concrete_fields if not field.primary_key}


def test_a_remark_asks_as_much_for_nine_replies_as_for_one() -> None:
    made = builders.document(DocumentState.DISCUSSION)
    asked = []
    remark = remarks.raise_remark(made.version, actor=made.members[0], text="Góp ý")
    for times in (1, 8):
        for _ in range(times):
            remarks.reply(remark, actor=made.leader, text="Thêm")
        asked.append(questions(made.leader, reverse("remark", args=[made.pk, 1])))
    assert asked == [13, 13]


@pytest.mark.parametrize("units", [3, 6])
def test_a_bloc_asks_as_much_for_six_units_as_for_three(units: int) -> None:
    made = builders.document(DocumentState.SIGNING, n=units)
    assert questions(made.leader, reverse("bloc", args=[made.row.bloc_year_id])) == 13 <= MOST


@pytest.mark.parametrize("rows", [1, 3])
def test_joint_activities_ask_as_much_for_three_as_for_one(rows: int) -> None:
    bloc = builders.bloc(n=2 + rows)
    for member in bloc.members:
        values = {"kind": "sport", "title": "Giải bóng đá", "held_on": clock.today(), "host": member.unit}
        units = [actor.unit_id for actor in bloc.commanders if actor.unit_id]
        made = activities.enter(bloc.bloc_year, actor=member, values=values, units=units)
    key = bloc.bloc_year.pk
    pages = [("activities", [], bloc.office), ("bloc_activities", [key], bloc.leader), ("activity", [made.pk], bloc.leader)]
    address = f"?nam={bloc.bloc_year.year_id}"
    assert [questions(actor, reverse(name, args=args) + address) for name, args, actor in pages] == [7, 11, 10]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("part", ["mo-dau", "noi-dung", "chi-tieu", "danh-hieu", "to-chuc", "noi-nhan", "ngay-ky"])
def test_a_draft_asks_as_much_for_three_targets_as_for_one(part: str, rows: int) -> None:
    made = builders.document(DocumentState.DISCUSSION)
    _aim(made, rows)
    assert questions(made.leader, f"{reverse('draft', args=[made.pk])}?phan={part}") == 14


def _aim(made: DocumentCast, rows: int) -> None:
    for number in range(rows):
        values = {"name": f"Chỉ tiêu {number}", "measure": "%", "direction": "higher", "bloc_value": 80}
        drafts.add_indicator(made.row, actor=made.leader, values=values)
