"""Who looks at which pages: the roles of an installation, found by what they are, and every address that answers to a GET."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from blocs.domain import signing as verbs
from blocs.domain.previews import version_preview
from blocs.enums import CheckKind, DocumentState, SeatRole
from blocs.models import BlocDocument, BlocYear, Seat
from blocs.views.room import PARTS
from emulation.lib import clock
from emulation.organisation.enums import COMMANDING_POSTS, Post, UnitKind
from emulation.organisation.models import Position, User
from emulation.signing.models import SigningRound

_MENU = ("home", "board", "blocs", "documents", "notices", "people", "mandates", "first_steps", "password_change", "bloc_new")
_OF_DOCUMENT = ("document", "sign", "refuse_signing", "open_group", "void_round", "open_signing", "document_pdf", "draft_preview")


@dataclass(frozen=True)
class Address:
    """A page: what it is called in the table, and where it is."""

    name: str
    path: str


def roles() -> dict[str, User]:
    """Somebody of each role: office, provincial leader, an administrator without a post, and in the newest blocs commander and
    staff of each kind of seat."""
    today = Position.objects.on(clock.today()).select_related("person", "unit")
    found = {"administrator": _administrator()}
    for position in today.filter(unit__is_emulation_office=True):
        found.setdefault(f"office {position.post}", position.person)
    for position in today.filter(unit__kind=UnitKind.PROVINCE, post__in=COMMANDING_POSTS):
        found.setdefault("provincial leader", position.person)
    for role in (SeatRole.LEADER, SeatRole.DEPUTY, SeatRole.MEMBER):
        units = Seat.objects.filter(role=role, bloc_year__year=_newest_year()).values("unit")
        for position in today.filter(unit__in=units):
            kind = "staff" if position.post == Post.STAFF else "commander"
            found.setdefault(f"{role} {kind} of bloc {_bloc_of(position)}", position.person)
    return found


def public() -> Iterator[Address]:
    """Pages without a log-in."""
    yield Address("login", reverse("login"))
    yield Address("verify", reverse("verify"))
    yield Address("health", reverse("health"))
    for signing_round in SigningRound.objects.order_by("pk"):
        yield Address(f"verify_token ({signing_round.state})", reverse("verify_token", args=[signing_round.token]))
        yield Address(f"verify_code ({signing_round.state})", reverse("verify_code", args=[signing_round.short_code]))


def menu() -> Iterator[Address]:
    """Pages that belong to no row."""
    for name in _MENU:
        yield Address(name, reverse(name))
    for year in sorted({row.year_id for row in BlocYear.objects.all()}):
        yield Address(f"blocs {year}", f"{reverse('blocs')}?nam={year}")
        yield Address(f"board {year}", f"{reverse('board')}?nam={year}")


def of_blocs() -> Iterator[Address]:
    """Pages of every bloc and of its covenant, each in the state that it has."""
    for bloc in BlocYear.objects.order_by("pk"):
        for name in ("bloc", "bloc_edit"):
            yield Address(name, reverse(name, args=[bloc.pk]))
    for document in BlocDocument.objects.full().order_by("pk"):
        yield from _of_document(document)


def in_admin() -> Iterator[Address]:
    """The administration: its first page, each list, each form for a new row and one row of each kind."""
    yield Address("admin", reverse("admin:index"))
    for model in apps.get_models():
        if not admin.site.is_registered(model):
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield Address(f"{name} list", reverse(f"{name}_changelist"))
        yield Address(f"{name} add", reverse(f"{name}_add"))
        for row in _one_of_each(model):
            yield Address(f"{name} change{_state_of(row)}", reverse(f"{name}_change", args=[row.pk]))


def _of_document(document: BlocDocument) -> Iterator[Address]:
    state = document.state
    for name in _OF_DOCUMENT:
        yield Address(f"{name} ({state})", reverse(name, args=[document.pk]))
    for kind in CheckKind.values:
        yield Address(f"check {kind} ({state})", reverse("check", args=[document.pk, kind]))
    for part in PARTS:
        yield Address(f"draft {part} ({state})", f"{reverse('draft', args=[document.pk])}?phan={part}")
    clause = document.clauses.filter(removed_at=None).last()
    if clause:
        part = "noi-dung" if clause.part == "body" else "to-chuc"
        yield Address(f"draft, a clause open ({state})", f"{reverse('draft', args=[document.pk])}?phan={part}&muc={clause.key}")
    yield from _pictures(document)


def _pictures(document: BlocDocument) -> Iterator[Address]:
    signing_round = verbs.current_round(document)
    if signing_round and document.state in (DocumentState.SIGNING, DocumentState.SIGNED):
        values = [document.pk, signing_round.current.sha256, 1, "vua"]
        yield Address(f"document_page ({document.state})", reverse("document_page", args=values))
        yield Address("round_pdf", reverse("round_pdf", args=[document.pk, signing_round.number]))
        return
    version = document.versions.order_by("-number").first()
    if version:
        version.document = document
        yield Address("preview_page", reverse("preview_page", args=[document.pk, version_preview(version).key, 1, "vua"]))


def _one_of_each(model: type[Model]) -> list[Model]:
    """The newest row, or with states the newest of each."""
    newest = model.objects.order_by("-pk")[:50]
    return list({_state_of(row): row for row in reversed(newest)}.values())


def _state_of(row: object) -> str:
    return f" ({row.state})" if hasattr(row, "state") else ""


def _newest_year() -> int:
    return BlocYear.objects.order_by("-year").values_list("year", flat=True)[0]


def _bloc_of(position: Position) -> int:
    return Seat.objects.filter(unit=position.unit_id, bloc_year__year=_newest_year()).values_list("bloc_year", flat=True)[0]


def _administrator() -> User:
    found = User.objects.filter(username="quantri.do").first()
    return found or User.objects.create_superuser("quantri.do", "không ai đăng nhập 2020", full_name="Quản trị hệ thống")
