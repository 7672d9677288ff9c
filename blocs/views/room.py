"""The drafting room: tabs over the parts of the draft, one open form, the strip of stands, the preview beside."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs import enclosing, policies
from blocs.domain import discussion, drafts, previews, progress, votes
from blocs.domain.drafts import Conflict
from blocs.enums import WITH_ARTICLES, ClauseKind, ClausePart, Title
from blocs.forms.discussion import ConferenceAdoptionForm, PublishForm
from blocs.forms.drafts import ClauseForm, IndicatorForm, OpeningForm, RecipientsForm, RegistrationForm, SigningDetailsForm
from blocs.models import BlocDocument, Clause, Indicator
from blocs.views.documents import preview_pages
from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest

PARTS = ("mo-dau", "noi-dung", "chi-tieu", "danh-hieu", "to-chuc", "noi-nhan", "ngay-ky")
# Only a covenant has targets, titles, and a part after them.
OTHER_PARTS = ("mo-dau", "noi-dung", "noi-nhan", "ngay-ky")
CLAUSE_PARTS = {"noi-dung": ClausePart.BODY, "to-chuc": ClausePart.IMPLEMENTATION}


def parts_of(document: BlocDocument) -> tuple[str, ...]:
    """The parts of the room that this document has."""
    return PARTS if document.is_covenant else OTHER_PARTS


def render_room(
    request: ActedRequest,
    document: BlocDocument,
    part: str,
    *,
    bound: forms.Form | None = None,
    opened_row: Clause | Indicator | None = None,
    conflict: Conflict | None = None,
    keep_stored: str = "",
    status: int = 200,
    publish_form: PublishForm | None = None,
    conference_form: ConferenceAdoptionForm | None = None,
    new_form: IndicatorForm | None = None,
) -> HttpResponse:
    """The room at `part`; `bound` is a form that came back with faults, `opened_row` the row that it belongs to.

    `conflict` is what somebody else saved meanwhile, `keep_stored` the address where that is taken instead of what was typed.
    """
    enforce(policies.may_edit(document, request.actor) or policies.may_set_signing_details(document, request.actor))
    prefetch_related_objects([document], "clauses", "registrations", "indicators__targets")
    version = discussion.latest(document)
    stands = progress.stand_rows(document.bloc_year, version.stands.all(), request.actor) if version else []
    clauses = [row for row in document.clauses.all() if row.removed_at is None]
    indicators = list(document.indicators.all())
    room = {
        "document": document,
        "bloc": document.bloc_year,
        "part": part,
        "tabs": _tabs(document, part, clauses, indicators),
        "version": version,
        "next_number": (version.number if version else 0) + 1,
        "stands": stands,
        "sent": sum(row.stand is not None and row.stand.sent_at is not None for row in stands),
        "may_edit": policies.may_edit(document, request.actor),
        "may_publish": policies.may_publish(document, request.actor),
        "publish_form": publish_form or PublishForm(),
        "may_conclude": policies.may_publish_and_adopt(document, request.actor),
        "conference_form": conference_form or _conference_form(request, document),
        "conflict": conflict,
        "keep_stored": keep_stored,
        "save_key": f"{request.actor.user_id}-{document.pk}",
    } | {"enclosed": enclosing.page(document)}
    preview = previews.draft_preview(document)
    room["pages"], room["marked"] = preview_pages(document, preview.key, preview.pages), 0
    room |= _part_context(
        document, part, clauses=clauses, indicators=indicators, bound=bound, wanted=_wanted(request, opened_row)
    )
    if new_form:
        room["new_form"] = new_form
    return render(request, "blocs/draft.html", room, status=status)


def _conference_form(request: ActedRequest, document: BlocDocument) -> ConferenceAdoptionForm:
    """With the other documents that the same conference may adopt; asks for them only where there may be some."""
    may_be_others = getattr(document, "others_discussed", True)  # `find` has asked
    asked = may_be_others and policies.may_publish_and_adopt(document, request.actor)
    others = discussion.ready_for_conference(document, request.actor) if asked else []
    decided, called = votes.decided(document), votes.called(document)
    return ConferenceAdoptionForm(initial={"held_on": clock.today(), **(decided or called)}, others=others)


def _part_context(
    document: BlocDocument,
    part: str,
    *,
    wanted: str,
    clauses: list[Clause],
    indicators: list[Indicator],
    bound: forms.Form | None,
) -> dict[str, Any]:
    if part in CLAUSE_PARTS:
        rows = [row for row in clauses if row.part == CLAUSE_PARTS[part]]
        opened = _opened(wanted, rows)
        removed = [row for row in document.clauses.all() if row.removed_at and row.part == CLAUSE_PARTS[part]]
        form = bound or (ClauseForm(initial=values_of(opened, drafts.CLAUSE_FIELDS)) if opened else None)
        return {
            "rows": _numbered(rows, document.kind),
            "opened": opened,
            "form": form,
            "removed": removed,
            "clause_part": CLAUSE_PARTS[part],
        }
    if part == "chi-tieu":
        opened_indicator = _opened(wanted, indicators)
        form = bound or (indicator_form(document, opened_indicator) if opened_indicator else None)
        return {"rows": indicators, "opened": opened_indicator, "form": form, "new_form": IndicatorForm(prefix=None)}
    if part == "danh-hieu":
        return {"form": bound or registration_form(document), "titles": Title.choices}
    return {"form": bound or frame_form(document, part)}


def frame_form(document: BlocDocument, part: str, data: Any = None) -> forms.Form:
    """The form of a part that belongs to the document's own row."""
    if part == "mo-dau":
        return OpeningForm(data, initial=values_of(document, drafts.TEXT_FIELDS))
    if part == "noi-nhan":
        return RecipientsForm(data, initial=values_of(document, drafts.TEXT_FIELDS))
    initial = values_of(document, drafts.SIGNING_FIELDS) | {"host_unit": document.host_unit_id}
    return SigningDetailsForm(data, document=document, initial=initial)


def values_of(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _wanted(request: ActedRequest, row: Clause | Indicator | None) -> str:
    return str(row.key) if row else request.GET.get("muc", "")


def _opened(wanted: str, rows: list[Any]) -> Any:
    return next((row for row in rows if str(row.key) == wanted), None)


def _numbered(rows: list[Clause], kind: str) -> list[tuple[str, Clause]]:
    """Clauses with the numbers they print with: within their section, articles through the whole document."""
    found, number = [], 0
    for row in rows:
        if row.kind == ClauseKind.SECTION:
            number = number if kind in WITH_ARTICLES else 0
            found.append(("§", row))
        else:
            number += 1
            found.append((str(number), row))
    return found


def indicator_form(document: BlocDocument, indicator: Indicator, data: Any = None) -> IndicatorForm:
    initial = values_of(indicator, drafts.INDICATOR_FIELDS)
    initial |= {f"unit-{target.unit_id}": target.value for target in indicator.targets.all()}
    return IndicatorForm(data, bloc_year=document.bloc_year, initial=initial)


def registration_form(document: BlocDocument, data: Any = None) -> RegistrationForm:
    units = [seat.unit for seat in document.bloc_year.ordered_seats]
    chosen: dict[str, list[str]] = {}
    for row in document.registrations.all():
        chosen.setdefault(f"unit-{row.unit_id}", []).append(row.title)
    return RegistrationForm(data, units=units, initial=chosen)


def _tabs(document: BlocDocument, part: str, clauses: list[Clause], indicators: list[Indicator]) -> list[dict[str, Any]]:
    registered = len({row.unit_id for row in document.registrations.all()})
    body = sum(row.part == ClausePart.BODY and row.kind == ClauseKind.CLAUSE for row in clauses)
    labels: list[tuple[str, str, Any]] = [
        ("mo-dau", _("Mở đầu"), None),
        ("noi-dung", _("Nội dung"), body),
        ("chi-tieu", pgettext("plural", "Chỉ tiêu"), len(indicators)),
        ("danh-hieu", _("Danh hiệu"), f"{registered}/{len(document.bloc_year.ordered_seats)}"),
        ("to-chuc", _("Thực hiện"), None),
        ("noi-nhan", _("Nơi nhận"), None),
        ("ngay-ky", _("Ngày ký"), None),
    ]
    return [
        {"label": label, "url": f"?phan={name}", "active": name == part, "count": count}
        for name, label, count in labels
        if name in parts_of(document)
    ]


def room_path(document: BlocDocument, part: str, row: Clause | Indicator | None = None) -> str:
    return reverse("draft", args=[document.pk]) + f"?phan={part}" + (f"&muc={row.key}#muc-{row.key}" if row else "")


def shown_values(form: forms.Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as the form's widgets show them."""
    found = {}
    for name, field in form.fields.items():
        value = field.prepare_value(values.get(name))
        if isinstance(field, forms.BooleanField):
            found[name] = "on" if value else ""
        elif isinstance(field, forms.DateField) and value:
            found[name] = value.strftime("%d/%m/%Y")
        else:
            found[name] = "" if value is None else str(value)
    return found


def part_of(clause: Clause) -> str:
    return next(name for name, part in CLAUSE_PARTS.items() if part == clause.part)
