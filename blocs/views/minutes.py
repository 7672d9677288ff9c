"""The minutes of a conference: write them, freeze them for signing; their pages and file."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from blocs import conference_policies as policies
from blocs.domain import minutes as verbs
from blocs.domain import previews
from blocs.domain.drafts import Conflict
from blocs.domain.minutes_kind import KIND
from blocs.enums import MinutesState
from blocs.forms.faults import take_faults
from blocs.forms.minutes import MinutesForm
from blocs.models import Conference, Minutes
from blocs.views import autosaving
from blocs.views.autosaving import Saving
from blocs.views.conference_room import find
from blocs.views.conferences import MENU, send_file
from blocs.views.documents import WIDTHS
from blocs.views.minutes_signing import PAGES, find_minutes
from blocs.views.signing_pages import send_signed, signed_picture
from emulation.lib import vietnamese
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting


@require_POST
@acting(MENU)
def minutes_start(request: ActedRequest, pk: int) -> HttpResponse:
    """Write the minutes from what was recorded."""
    verbs.draft(find(request, pk), actor=request.actor)
    return redirect("minutes", pk)


@require_POST
@acting(MENU)
def minutes_again(request: ActedRequest, pk: int) -> HttpResponse:
    """Write them anew from what is recorded now."""
    _conference, minutes = find_minutes(request, pk)
    verbs.draft_again(minutes, actor=request.actor)
    messages.info(request, _("Đã lập lại dự thảo biên bản từ kết quả đã ghi."))
    return redirect("minutes", pk)


@require_safe
@acting(MENU)
def minutes_page(request: ActedRequest, pk: int) -> HttpResponse:
    """The draft with its form and preview, or the pages that are signed and who has signed."""
    return render_minutes(request, *find_minutes(request, pk))


def render_minutes(
    request: ActedRequest, conference: Conference, minutes: Minutes, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page; `bound` replaces the form by one that came back with faults."""
    may_write = policies.may_write_minutes(conference, minutes, request.actor)
    context: dict[str, Any] = {
        "conference": conference,
        "bloc": conference.bloc_year,
        "minutes": minutes,
        "may_write": may_write,
        "may_open": verbs.openable(minutes, request.actor) if may_write else may_write,
        "save_key": f"{request.actor.user_id}-bien-ban-{conference.pk}",
    }
    signing_round = verbs.current_round(conference)
    context["round"] = signing_round
    if minutes.state == MinutesState.DRAFT:
        context["pages"] = preview_pages(conference, verbs.preview(minutes))
        context["form"] = MinutesForm(initial={name: getattr(minutes, name) for name in verbs.TEXT_FIELDS})
    elif signing_round:
        context |= PAGES.about(conference, signing_round, request.actor)
    return render(request, "blocs/minutes.html", context | bound, status=status)


@require_POST
@acting(MENU)
def minutes_save(request: ActedRequest, pk: int) -> HttpResponse:
    """Save the draft, typed live or submitted plainly."""
    conference, minutes = find_minutes(request, pk)
    form = MinutesForm(request.POST)

    def save(seen: int, values: Mapping[str, Any]) -> Minutes:
        return verbs.save(minutes, actor=request.actor, seen=seen, values=values)

    if autosaving.is_live(request):
        shown = Saving(minutes, save, lambda row: {name: getattr(row, name) for name in verbs.TEXT_FIELDS})
        return autosaving.save_live(request, form, shown)
    conflict = None
    if form.is_valid():
        try:
            save(autosaving.seen_version(request), form.cleaned_data)
        except ValidationError as error:
            take_faults(form, error)
        except Conflict as met:
            conflict = met.stored
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("minutes", pk)
    enforce(policies.may_write_minutes(conference, minutes, request.actor))
    if conflict:
        minutes.edits = conflict.edits
    return render_minutes(request, conference, minutes, form=form, conflict=conflict, status=409 if conflict else 422)


@require_POST
@acting(MENU)
def minutes_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Freeze the minutes for the signatures of secretary and chair."""
    conference, minutes = find_minutes(request, pk)
    try:
        verbs.open_signing(minutes, actor=request.actor)
    except ValidationError as error:
        return render_minutes(request, conference, minutes, faults=error.messages, status=422)
    messages.success(request, _("Đã mở ký biên bản; thư ký và đơn vị chủ trì được báo."))
    return redirect("minutes", pk)


@require_safe
@acting(MENU)
def minutes_preview(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages of the draft as they would print now, as a fragment."""
    conference, minutes = find_minutes(request, pk)
    enforce(policies.may_write_minutes(conference, minutes, request.actor))
    pages = preview_pages(conference, verbs.preview(minutes))
    return render(request, "blocs/preview.html", {"pages": pages, "marked": 0})


def preview_pages(conference: Conference, preview: previews.Preview) -> list[dict[str, Any]]:
    """Pictures of a preview for the viewer."""
    return PAGES.pages(conference, preview.key, preview.pages)


@require_safe
@acting(MENU)
@cache_control(private=True, max_age=86_400, immutable=True)
def minutes_picture(request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
    """A page of these minutes as a picture: of signed bytes, or of a preview, whose key only who was shown it knows."""
    get_object_or_404(Conference.objects.visible_to(request.actor), pk=pk)
    if signed := signed_picture(KIND, pk, sha256, page, size):
        return signed
    try:
        picture = previews.preview_picture(verbs.folder(pk), sha256, page, WIDTHS[size])
    except (IndexError, KeyError) as error:
        raise Http404 from error
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@require_safe
@acting(MENU)
def minutes_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The newest bytes: what is signed so far, or the final minutes; before, the draft as it prints."""
    conference, minutes = find_minutes(request, pk)
    signing_round = verbs.current_round(conference)
    if signing_round and minutes.state != MinutesState.DRAFT:
        return send_signed(signing_round)
    pdf = previews.preview_pdf(verbs.folder(pk), verbs.preview(minutes).key) or b""
    return send_file(pdf, f"du-thao-bien-ban-{vietnamese.slug(conference.title)}.pdf", "application/pdf")
