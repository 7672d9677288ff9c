"""The pages in English: every word of the interface is English; names, documents and what people wrote stay as they are."""

import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from blocs.admin import acts
from blocs.domain import discussion
from blocs.domain.starting import default_text
from blocs.enums import AdoptionBasis, Opinion
from blocs.models import BlocDocument, BlocYear, Clause, Indicator
from emulation.inbox.models import Notice
from emulation.lib import clock
from emulation.organisation.enums import Rank
from emulation.pdf import pictures
from emulation.records.domain import documents
from emulation.reports.models import ReportPeriod
from emulation.signing.domain import rounds
from emulation.signing.models import SigningAct
from scoring.models import Campaign
from tests import builders
from tests.house.test_catalogue import CATALOGUE, VIETNAMESE, entries
from tests.house.tree import ROOT
from tests.pages import addresses, world
from tests.pages.addresses import Row
from tests.pages.world import World

ATTRIBUTES = {"alt", "aria-label", "data-at", "placeholder", "title"}
EMPTY_ELEMENTS = {"br", "hr", "img", "input", "link", "meta", "source"}
ROLES = ("visitor", "leader", "office")
SHOWN = {200, 403, 410}
PARTS = ("mo-dau", "noi-dung", "chi-tieu", "danh-hieu", "to-chuc", "noi-nhan", "ngay-ky")


class Words(HTMLParser):
    """What a person reads or hears of a page, but for what is marked as Vietnamese and what he himself has typed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        left_out = tag in {"script", "style", "textarea"} or ("lang", "vi") in attrs
        if (self.inside or left_out) and tag not in EMPTY_ELEMENTS:
            self.inside.append(tag)
        elif not left_out:
            self.said += [value for name, value in attrs if name in ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside and data.strip():
            self.said.append(" ".join(data.split()))


def english_client(actor=None) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if actor:
        client.force_login(actor.user)
    return client


def said_on(client: Client, address: str) -> list[str]:
    response = client.get(address, follow=True)
    is_page = response.headers["Content-Type"].startswith("text/html")
    return Words(response.content.decode()).said if is_page else []


def stored_texts() -> set[str]:
    """Every Vietnamese line that stands in the database, and the names that are made of it."""
    found = set(Rank.labels) | {str(row) for row in [*BlocYear.objects.all(), *BlocDocument.objects.all()]}
    found |= {bloc_year.full_name for bloc_year in BlocYear.objects.all()}
    found |= {document.printed_title for document in BlocDocument.objects.all()}
    found |= {campaign.title for campaign in Campaign.objects.select_related("bloc_year")}
    found |= {period.title for period in ReportPeriod.objects.select_related("bloc_year")}
    found |= {piece.heading for piece in default_text(BlocYear.objects.all()[0]).pieces}
    for model in apps.get_models():
        names = [field.name for field in model._meta.fields if isinstance(field, models.CharField | models.TextField)]
        for row in model._default_manager.values_list(*names):
            found |= {" ".join(line.split()) for text in row if text for line in str(text).splitlines()}
    return {text for text in found if VIETNAMESE.search(text)}


def examples() -> set[str]:
    """English sentences that quote Vietnamese words."""
    quoting = {said for entry in entries(ROOT / CATALOGUE) for said in entry.english if VIETNAMESE.search(said)}
    return quoting | {said[0].upper() + said[1:] for said in quoting}


def left_in_vietnamese(said: list[str], known: set[str]) -> list[str]:
    """What is neither English nor known to be a name or a text of somebody's."""
    names = re.compile("|".join(re.escape(text) for text in sorted(known, key=len, reverse=True)))
    left = [words for words in dict.fromkeys(said) if VIETNAMESE.search(names.sub("", words))]
    return [words for words in left if not is_cut_short(words, known)]


def is_cut_short(words: str, known: set[str]) -> bool:
    """Whether this is the beginning of a known text, or a list that breaks off in one."""
    start = words.removesuffix("…").strip()
    last = re.split(r"[:,;(] *", start)[-1]
    return start != words and any(text.startswith((start, last)) for text in known)


def address_of(built: World, row: Row) -> str:
    of = built.empty if row.of in ("", "empty") else built.documents[row.of]
    return reverse(row.name, kwargs={**(built.kwargs(row.keys, of) if row.of or row.keys else {}), **row.more})


def rooms(built: World) -> list[str]:
    """The parts of the drafting room, each with a row open."""
    draft = built.documents["draft"].pk
    address = reverse("draft", args=[draft])
    clause, indicator = Clause.objects.filter(document=draft)[1], Indicator.objects.get(document=draft)
    opened = [f"{address}?phan=noi-dung&muc={clause.key}", f"{address}?phan=chi-tieu&muc={indicator.key}"]
    return [*(f"{address}?phan={part}" for part in PARTS), *opened]


def admin_pages(built: World) -> list[str]:
    """Every list of the admin, the form for a new row, some rows with their history, and the acts on each covenant."""
    found = [reverse("admin:index"), reverse("admin:app_list", args=["organisation"])]
    for model in admin.site._registry:
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        found += [reverse(f"{page}changelist"), reverse(f"{page}add")]
        rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
        for pk in rows if model is BlocDocument else rows[:1]:
            found += [reverse(f"{page}change", args=[pk]), reverse(f"{page}history", args=[pk])]
    for made in built.documents.values():
        found += [
            reverse(f"admin:blocs_blocdocument_{name}", args=[made.pk, *([1] if name == "sign" else [])])
            for name, _address, _view in acts.PAGES
        ]
    return found


@pytest.mark.django_db
@pytest.mark.any_database
def test_no_page_says_anything_in_vietnamese():
    built = world.build()
    known = stored_texts() | examples()
    left: list[tuple[str, str]] = []
    for role, row in ((role, row) for role in ROLES for row in addresses.ROWS if row.send is None and row.answers[role] in SHOWN):
        actor = built.actor(role, built.empty if row.of in ("", "empty") else built.documents[row.of])
        address = address_of(built, row)
        left += [(address, words) for words in left_in_vietnamese(said_on(english_client(actor), address), known)]
    client = english_client(built.documents["draft"].office)
    for address in [*rooms(built), *admin_pages(built)]:
        left += [(address, words) for words in left_in_vietnamese(said_on(client, address), known)]
    assert left == []


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("login", ["Log in", "Login name", "Password", "Emulation for Security"]),
        ("verify", ["Verify a document", "Verify by code", "Verify the file"]),
        ("set_secret_code", ["Enter the code from the slip", "Continue"]),
        ("password_change", ["Change password", "Present password", "New password again"]),
        ("bloc_new", ["Form bloc", "Name of the bloc", "Units, in order", "Save the bloc"]),
        ("notices", ["Notices", "There are no notices yet."]),
        ("mandates", ["Bases for signing on behalf", "Record a new basis"]),
        ("blocs", ["Emulation blocs", "There is no bloc for this year yet."]),
    ],
)
def test_pages_speak_english(name, words):
    actor = None if name in {"login", "verify", "set_secret_code"} else builders.staff(builders.office())
    said = said_on(english_client(actor), reverse(name))
    assert [word for word in words if word not in said] == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_the_switch_is_remembered():
    client = Client()
    assert '<html lang="vi"' in client.get(reverse("login")).content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    response = client.get(reverse("login"))
    assert '<html lang="en"' in response.content.decode()
    assert response.headers["Content-Language"] == "en"


@pytest.mark.django_db
@pytest.mark.any_database
def test_english_dates_are_day_first_too():
    builders.deputy(builders.unit(), mandate=False)
    page = english_client(builders.staff(builders.office())).get(reverse("mandates")).content.decode()
    assert f'value="{clock.today():%d/%m/%Y}"' in page


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("403", "This cannot be done now"),
        ("404", "No such page"),
        ("413", "The file or text is too large"),
        ("429", "Too many requests from your network"),
        ("500", "The system has a fault"),
    ],
)
def test_what_went_wrong_is_said_in_english(name, words):
    with translation.override("en"):
        said = Words(render_to_string(f"{name}.html", request=HttpRequest())).said
    assert words in said
    assert left_in_vietnamese(said, {"Công an tỉnh"}) == []


@pytest.mark.django_db
@pytest.mark.any_database
def test_nothing_is_stored_or_printed_in_the_language_of_the_screen():
    """Whoever acts on an English page leaves Vietnamese behind: names, notices, pledges, the frozen document."""
    with translation.override("en"):
        made = builders.document("discussion", witness=True)
        member = made.members[0]
        discussion.send_stand(made.version, actor=member, opinion=Opinion.RESERVE, remark="Xin thêm thời hạn.")
        discussion.adopt(made.version, actor=made.leader, basis=AdoptionBasis.CONFERENCE, held_on=clock.today(), present=3)
        builders.open_signing(made)
        rounds.refuse_to_sign(made.slot(member), actor=member, reason="Thiếu một nội dung.")
        rounds.withdraw_refusal(made.slot(member), actor=member)
        builders.sign_all(made)
    told = set(Notice.objects.values_list("text", flat=True))
    title = f"Giao ước thi đua “Vì An ninh Tổ quốc” năm {clock.today().year}"
    bloc = made.bloc.bloc_year
    assert bloc.full_name == "Khối thi đua Công an các xã ven biển"
    assert told == {
        f"Bản dự thảo 1 chờ ý kiến của đơn vị: {title}.",
        f"{member.unit}: thống nhất, bảo lưu ý kiến về bản dự thảo 1.",
        "Bản dự thảo 1 đã được thông qua: thống nhất tại hội nghị.",
        "Giao ước đã kiểm tra xong, chờ mở ký.",
        f"Đến lượt đơn vị ký: {title}.",
        f"{member.unit} từ chối ký: Thiếu một nội dung.",
        f"{member.unit} rút lại lời từ chối ký.",
        f"Đã ký đủ 4/4: {title}.",
    }
    assert (made.round.title, made.round.body_name) == (title, bloc.full_name)
    assert [slot.role_label for slot in made.slots] == ["Khối trưởng", "Khối phó", "Thành viên", "Chứng kiến"]
    assert all("Tôi đã đọc và đồng ý ký giao ước này" in act.statement for act in SigningAct.objects.all())
    printed = " ".join(pictures.page_texts(documents.read(made.round.current)))
    assert "KHỐI THI ĐUA" in printed.upper()
    assert re.findall(r"\b(?:bloc|covenant|leader|signed|the|unit|witness)\b", printed, re.IGNORECASE) == []
