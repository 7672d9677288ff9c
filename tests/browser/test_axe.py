"""Every page in a real browser: axe finds nothing serious in light or dark, and nothing sticks out sideways on a phone.

The addresses are those of the walk in tests/pages, each as somebody who may see it (or as somebody who is shown the refusal), and
the admin's own. That no page breaks the content policy or asks another host is watched over by `new_context`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error, Page, expect

from blocs.enums import DocumentState
from blocs.models import Clause, Indicator
from blocs.views.conference_room import SECTIONS
from blocs.views.room import PARTS
from emulation.organisation.actors import Actor
from tests import builders
from tests.browser import steps
from tests.pages import addresses, world
from tests.pages.addresses import Row
from tests.pages.world import World

DESK, PHONE = {"width": 1376, "height": 900}, {"width": 390, "height": 844}
# What a script fetches into a page.
PARTS_OF_PAGES = {
    "draft_preview",
    "hall_poll",
    "minutes_preview",
    "report_preview",
    "bloc_report_preview",
    "province_report_preview",
}
# Who is asked first whether he may see a page: the leader is offered the most.
FIRST_ROLES = ("leader", "office", "administrator", "director", "visitor")
# The admin's own pages about a covenant, and a state that knows them.
DOCUMENT_ACTS = {"check": "adopted", "open": "adopted", "watch": "signing", "void": "signing", "group": "signing"}
# What matters of axe's findings: the rule and the first element.
SERIOUS = """options => axe.run({...options, resultTypes: ["violations"]}).then(found => found.violations
    .filter(each => ["serious", "critical"].includes(each.impact)).map(each => `${each.id}: ${each.nodes[0].html}`))"""


@dataclass(frozen=True)
class Stop:
    """A page on the way, and who looks at it."""

    address: str
    person: Actor | None


def test_every_page_is_easy_to_use(new_context, server, in_thread):
    built = in_thread(world.build)
    page = new_context(reduced_motion="reduce").new_page()  # what fades in is looked at when it is there
    wrong, sessions = [], {}
    for stop in in_thread(lambda: list(stops(built))):
        user = stop.person.user_id if stop.person else None
        sessions[user] = sessions.get(user) or in_thread(session_of, stop.person)
        come_as(page, server, sessions[user])
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        if opens(page, stop.address):
            wrong += [f"{stop.address} {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)


def opens(page: Page, address: str) -> bool:
    """Whether the address gives a page: neither a file to be saved, nor data."""
    try:
        page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return page.evaluate("document.contentType") == "text/html"


def faults(page: Page) -> Iterator[str]:
    """What is wrong with the page that is open."""
    for each in page.locator("details[data-menu]:visible").all():
        each.evaluate("menu => menu.open = true")
    page.evaluate(Axe().axe_script)
    yield from page.evaluate(SERIOUS, {})
    page.emulate_media(color_scheme="dark")
    for fault in page.evaluate(SERIOUS, {"runOnly": ["color-contrast"]}):
        yield f"in the dark: {fault}"
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        yield f"scrolls sideways: {width} px"


def session_of(person: Actor | None) -> str:
    """The key of a session in which this person is signed in; empty for a visitor."""
    if person is None:
        return ""
    client = Client()
    client.force_login(person.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def come_as(page: Page, server: str, session: str) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    if session:
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server}])


def stops(built: World) -> Iterator[Stop]:
    """Every page once, and those that look different from state to state or part to part."""
    for row in addresses.ROWS:
        stop = Stop(address_of(built, row), who_is_shown(built, row))
        if row.send is None and row.name not in PARTS_OF_PAGES and not PurePath(stop.address).suffix:
            yield stop
    yield from homes(built)
    yield from parts_of_the_draft(built)
    yield from sections_of_conferences(built)
    yield from on_paper(built)
    yield from reasons_asked_for(built)
    yield from admin_pages(built)


def who_is_shown(built: World, row: Row) -> Actor | None:
    """Somebody who sees the page; where nobody does, somebody who reads why."""
    roles = sorted(row.answers, key=lambda role: FIRST_ROLES.index(role) if role in FIRST_ROLES else len(FIRST_ROLES))
    shown = next((role for role in roles if row.answers[role] == 200), None) or roles[0]
    return None if shown == "visitor" else built.actor(shown, whose(built, row))


def whose(built: World, row: Row):
    return built.empty if row.of in {"", "empty"} else built.documents[row.of]


def address_of(built: World, row: Row) -> str:
    keys = built.kwargs(row.keys, whose(built, row)) if row.of or row.keys else {}
    return reverse(row.name, kwargs={**keys, **row.more})


def homes(built: World) -> Iterator[Stop]:
    """The home page as it waits for a stand, a check, a signature; of the office, and of a leader of the province."""
    for state in DocumentState.values:
        yield Stop(reverse("home"), built.documents[state].leader)
    signing = built.documents[DocumentState.SIGNING]
    yield Stop(reverse("home"), signing.office)
    yield Stop(reverse("home"), signing.witness)
    yield Stop(reverse("document", args=[built.documents[DocumentState.DISCUSSION].pk]), signing.office)


def parts_of_the_draft(built: World) -> Iterator[Stop]:
    made = built.documents[DocumentState.DISCUSSION]
    clause, target = Clause.objects.filter(document=made.pk)[1], Indicator.objects.get(document=made.pk)
    opened = {"noi-dung": f"&muc={clause.key}", "chi-tieu": f"&muc={target.key}"}
    for part in PARTS:
        yield Stop(f"{reverse('draft', args=[made.pk])}?phan={part}{opened.get(part, '')}", made.leader)


def sections_of_conferences(built: World) -> Iterator[Stop]:
    """Each section for who fills it in, with a row open as a form, and for who reads it."""
    opened = {"chuong-trinh": "agenda_item", "bieu-quyet": "decision", "chi-dao": "directive"}
    for section in SECTIONS:
        row = built.keys[opened[section]]["item_pk"] if section in opened else ""
        held = reverse("conference", kwargs=built.keys["held"])
        yield Stop(f"{held}?phan={section}&muc={row}", built.empty.leader)
        yield Stop(f"{held}?phan={section}", built.empty.members[0])


def on_paper(built: World) -> Iterator[Stop]:
    """Open for pens, and recorded: for who decides and for who only reads."""
    for state in ("paper", "recorded"):
        made = built.documents[state]
        for person in (made.leader, made.members[0]):
            yield Stop(reverse("document", args=[made.pk]), person)
            yield Stop(reverse("paper", args=[made.pk]), person)
            yield Stop(reverse("home"), person)


def reasons_asked_for(built: World) -> Iterator[Stop]:
    """Acts that ask for their reason on a page of their own."""
    signing, recorded = built.documents["signing"], built.documents["recorded"]
    yield Stop(reverse("refuse_signing", args=[signing.pk]), signing.members[0])
    yield Stop(reverse("void_round", args=[signing.pk]), signing.leader)
    yield Stop(reverse("paper_decline", kwargs=built.kwargs("record", recorded)), recorded.leader)
    yield Stop(reverse("minutes_void", kwargs=built.keys["signing_minutes"]), built.empty.leader)


def admin_pages(built: World) -> Iterator[Stop]:
    """The index, each list, each form, each row's history; and the acts on covenants in the states that know them."""
    office = built.empty.office
    yield Stop(reverse("admin:index"), office)
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        yield Stop(reverse(f"{name}_changelist"), office)
        yield Stop(reverse(f"{name}_add"), office)
        yield Stop(reverse(f"{name}_change", args=[row.pk]), office)
        yield Stop(reverse(f"{name}_history", args=[row.pk]), office)
    for act, state in DOCUMENT_ACTS.items():
        made = built.documents[state]
        yield Stop(reverse(f"admin:blocs_blocdocument_{act}", args=[made.pk]), made.office)
    yield Stop(reverse("admin:blocs_blocdocument_change", args=[built.documents["discussion"].pk]), office)
    yield Stop(reverse("admin:blocs_blocdocument_sign", args=[built.documents["signing"].pk, 1]), office)


def test_dialogs_and_forms_that_came_back_are_easy_to_use(new_context, in_thread):
    """What no address opens: a wrong secret at the door and at signing, the dialog to publish, a deadline that has passed."""
    drafted, signing = in_thread(lambda: [builders.document(state) for state in (DocumentState.DRAFT, DocumentState.SIGNING)])
    writer, signer = new_context().new_page(), new_context().new_page()
    wrong = []
    for page, acts in [
        (writer, [wrong_log_in, lambda page: to_publish(page, drafted), publish_for_yesterday]),
        (signer, [lambda page: wrong_signature(page, signing)]),
    ]:
        for act in acts:
            page.set_viewport_size(DESK)
            page.emulate_media(color_scheme="light")
            act(page)
            wrong += [f"{page.url} {fault}" for fault in faults(page)]
    assert not wrong, "\n".join(wrong)


def wrong_log_in(page: Page) -> None:
    page.goto("/dang-nhap/")
    steps.fill_in(page, "nobody", "not a secret")
    expect(page.get_by_role("alert").or_(page.locator(".alert"))).to_be_visible()


def to_publish(page: Page, made: builders.DocumentCast) -> None:
    steps.log_in(page, made.leader)
    page.goto(reverse("draft", args=[made.pk]))
    page.get_by_role("link", name="Công bố bản").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def publish_for_yesterday(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Hạn các đơn vị cho ý kiến").fill("01/01/2020 17:00")
    dialog.get_by_role("button", name="Công bố", exact=True).click()
    expect(page.get_by_text("Hạn lấy ý kiến phải sau thời điểm công bố.").first).to_be_visible()


def wrong_signature(page: Page, made: builders.DocumentCast) -> None:
    steps.log_in(page, made.members[0])
    page.goto(reverse("sign", args=[made.pk]))
    steps.give_secret(page, "not a secret")
    expect(page.get_by_text("Mật khẩu không đúng.")).to_be_visible()
