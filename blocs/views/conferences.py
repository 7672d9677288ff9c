"""A conference from its plan to its end: plan, page, change, invite, call off, hold, conclude; its invitation and calendar file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import conference_policies as policies
from blocs.domain import conferences as verbs
from blocs.domain import invitations, readiness
from blocs.domain.conference_rows import Changed
from blocs.enums import ConferenceKind
from blocs.forms.conferences import CloseForm, ConferenceForm, initial_of
from blocs.forms.discussion import ReasonForm, usual_deadline
from blocs.forms.faults import take_faults
from blocs.models import BlocYear
from blocs.views.conference_room import find, render_room, section_path
from blocs.views.documents import bloc_of
from emulation.lib import vietnamese
from emulation.lib.verdict import Refused, enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.organisation.models import Position

MENU = "blocs"


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def conference_new(request: ActedRequest, pk: int) -> HttpResponse:
    """Plan a conference: its kind first, then what is usual for that kind, ready to be changed."""
    bloc_year = bloc_of(request, pk)
    enforce(policies.may_plan_conference(bloc_year, request.actor))
    kind = request.GET.get("loai", "")
    if kind not in ConferenceKind.values:
        return render(request, "blocs/conference_kind.html", {"bloc": bloc_year, "kinds": _kinds(bloc_year)})
    usual = verbs.usual_plan(bloc_year, kind, usual_deadline().replace(hour=14))
    form = _form(bloc_year, request.POST if request.method == "POST" else None, initial=initial_of(usual))
    if form.is_bound and form.is_valid():
        try:
            conference = verbs.plan(bloc_year, kind, form.plan(), actor=request.actor)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lập hội nghị với chương trình mẫu; đồng chí sửa lại cho phù hợp."))
            return redirect("conference", conference.pk)
    label = ConferenceKind(kind).label
    context = {"bloc": bloc_year, "form": form, "title": _("Chuẩn bị: %(kind)s") % {"kind": label}}
    return render(request, "blocs/conference_form.html", context, status=422 if form.errors else 200)


def _kinds(bloc_year: BlocYear) -> list[dict[str, str]]:
    return [
        {"url": f"?loai={kind}", "label": str(kind.label), "title": verbs.usual_title(bloc_year, kind)} for kind in ConferenceKind
    ]


def _form(bloc_year: BlocYear, data: Any, *, initial: dict[str, Any], kept: Position | None = None) -> ConferenceForm:
    people = list(verbs.secretaries_to_choose(bloc_year))
    if kept and kept not in people:
        people.append(kept)
    return ConferenceForm(data, initial=initial, bloc_year=bloc_year, secretaries=people)


@require_safe
@acting(MENU)
def conference_page(request: ActedRequest, pk: int) -> HttpResponse:
    """What the conference is, section by section."""
    return render_room(request, find(request, pk), request.GET.get("phan", ""))


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def conference_edit(request: ActedRequest, pk: int) -> HttpResponse:
    """Change time, place and people."""
    conference = find(request, pk)
    enforce(policies.may_change_conference(conference, request.actor))
    data = request.POST if request.method == "POST" else None
    form = _form(conference.bloc_year, data, initial=initial_of(conference), kept=conference.secretary)
    conflict = False
    if form.is_bound and form.is_valid():
        try:
            verbs.change(conference, form.plan(), actor=request.actor, seen=seen_of(request))
        except ValidationError as error:
            take_faults(form, error)
        except Changed:
            conflict, conference = True, find(request, pk)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("conference", pk)
    context = {
        "bloc": conference.bloc_year,
        "conference": conference,
        "form": form,
        "title": _("Sửa hội nghị"),
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "blocs/conference_form.html", context, status=status)


def seen_of(request: ActedRequest) -> int:
    """The number of changes that the form was opened with; nonsense counts as one that never was."""
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


@require_POST
@acting(MENU)
def conference_invite(request: ActedRequest, pk: int) -> HttpResponse:
    """Tell all units that they are invited."""
    verbs.invite(find(request, pk), actor=request.actor)
    messages.success(request, _("Đã gửi giấy mời tới các đơn vị của khối."))
    return redirect("conference", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acting(MENU)
def conference_call_off(request: ActedRequest, pk: int) -> HttpResponse:
    """Call a planned conference off, with a reason."""
    conference = find(request, pk)
    enforce(policies.may_call_off(conference, request.actor))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        verbs.call_off(conference, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.warning(request, _("Đã hủy hội nghị; các đơn vị đã nhận giấy mời được báo."))
        return redirect("bloc", conference.bloc_year_id)
    return render(
        request, "blocs/conference_call_off.html", {"conference": conference, "bloc": conference.bloc_year, "form": form}
    )


@require_POST
@acting(MENU)
def conference_hold(request: ActedRequest, pk: int) -> HttpResponse:
    """The conference is being held: its outcomes can be written down."""
    conference = verbs.hold(find(request, pk), actor=request.actor)
    messages.success(request, _("Đã ghi nhận hội nghị họp. Đồng chí điểm danh, rồi ghi biểu quyết và ý kiến chỉ đạo."))
    return redirect(section_path(conference, "thanh-phan"))


@require_POST
@acting(MENU)
def conference_close(request: ActedRequest, pk: int) -> HttpResponse:
    """Conclude the conference."""
    conference, form = find(request, pk), CloseForm(request.POST)
    if form.is_valid():
        try:
            verbs.close(conference, actor=request.actor, ended_at=form.cleaned_data["ended_at"])
        except ValidationError as error:
            take_faults(form, error)
        except Refused as refused:
            enforce(policies.may_close(conference, request.actor))
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Hội nghị đã kết thúc; lập biên bản được rồi."))
            return redirect("conference", pk)
    return render_room(request, conference, close_form=form, status=422)


@require_POST
@acting(MENU)
def conference_reopen(request: ActedRequest, pk: int) -> HttpResponse:
    """Correct what was recorded."""
    verbs.reopen(find(request, pk), actor=request.actor)
    messages.info(request, _("Đã mở lại kết quả hội nghị để sửa."))
    return redirect("conference", pk)


@require_safe
@acting(MENU)
def conference_readiness(request: ActedRequest, pk: int) -> HttpResponse:
    """Whether everybody who is to sign can, and who mends it otherwise."""
    conference = find(request, pk)
    enforce(policies.may_check_readiness(conference, request.actor))
    context = {"conference": conference, "bloc": conference.bloc_year, "concerns": readiness.concerns(conference)}
    return render(request, "blocs/conference_readiness.html", context)


@require_safe
@acting(MENU)
def conference_invitation(request: ActedRequest, pk: int, unit: int = 0) -> HttpResponse:
    """The invitation as PDF: to all units with a list, or to one of them."""
    conference = find(request, pk)
    seat = conference.bloc_year.seat_of(unit) if unit else None
    if unit and seat is None:
        raise Http404
    name = f"giay-moi-{vietnamese.slug(seat.unit.short_name if seat else conference.title)}.pdf"
    return send_file(invitations.invitation_pdf(conference, seat), name, "application/pdf")


@require_safe
@acting(MENU)
def conference_calendar(request: ActedRequest, pk: int) -> HttpResponse:
    """The conference for a calendar."""
    conference = find(request, pk)
    name = f"{vietnamese.slug(conference.title)}.ics"
    return send_file(invitations.calendar_file(conference), name, "text/calendar; charset=utf-8")


def send_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be saved, under this name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
