"""Acts of discussion: publish, prepare or send a stand, adopt, bring back, check."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blocs.domain import discussion, reminding
from blocs.domain import signing as verbs
from blocs.enums import CheckKind
from blocs.forms.discussion import AdoptForm, ConferenceAdoptionForm, PublishForm, ReasonForm, StandForm
from blocs.forms.faults import take_faults
from blocs.models import BlocDocument, Version
from blocs.views.documents import find, render_page
from blocs.views.room import render_room
from emulation.organisation.access import ActedRequest, acting


@require_POST
@acting("documents")
def publish(request: ActedRequest, pk: int) -> HttpResponse:
    """Publish the working draft as the next version."""
    document = find(request, pk)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            version = discussion.publish(document, actor=request.actor, **form.cleaned_data)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã công bố bản %(n)d; các đơn vị đã được báo.") % {"n": version.number})
            return redirect("document", pk)
    return render_room(request, document, request.POST.get("part", "noi-dung"), publish_form=form, status=422)


@require_POST
@acting("documents")
def stand(request: ActedRequest, pk: int) -> HttpResponse:
    """Send the unit's stand (commander), or prepare it (staff)."""
    document = find(request, pk)
    version = _version(document, request.POST.get("version", ""))
    form = StandForm(request.POST)
    verb = discussion.send_stand if request.POST.get("act") == "send" else discussion.prepare_stand
    if form.is_valid():
        verb(version, actor=request.actor, **form.cleaned_data)
        sent = verb is discussion.send_stand
        messages.success(
            request,
            _("Đã gửi ý kiến của %(unit)s.") % {"unit": request.actor.unit} if sent else _("Đã soạn; chờ chỉ huy đơn vị gửi."),
        )
        return redirect("document", pk)
    return render_page(request, document, stand_form=form, status=422)


@require_POST
@acting("documents")
def adopt(request: ActedRequest, pk: int) -> HttpResponse:
    """Record that the text was agreed."""
    document = find(request, pk)
    version = _version(document, request.POST.get("version", ""))
    form = AdoptForm(request.POST, others=discussion.ready_for_conference(document, request.actor))
    if form.is_valid():
        try:
            discussion.adopt(version, actor=request.actor, **form.cleaned_data)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã ghi nhận: bản %(n)d được thông qua.") % {"n": version.number} + _together(form))
            return redirect("document", pk)
    return render_page(request, document, adopt_form=form, status=422)


@require_POST
@acting("documents")
def publish_and_adopt(request: ActedRequest, pk: int) -> HttpResponse:
    """In the hall: publish the amended draft and record the conference's agreement, at once."""
    document = find(request, pk)
    form = ConferenceAdoptionForm(request.POST, others=discussion.ready_for_conference(document, request.actor))
    if form.is_valid():
        try:
            adoption = discussion.publish_and_adopt(document, actor=request.actor, **form.cleaned_data)
        except ValidationError as error:
            take_faults(form, error)
        else:
            words = _("Đã công bố và ghi nhận: bản %(n)d được thông qua.") % {"n": adoption.version.number}
            messages.success(request, words + _together(form))
            return redirect("document", pk)
    return render_room(request, document, request.POST.get("part", "noi-dung"), conference_form=form, status=422)


@require_POST
@acting("documents")
def remind(request: ActedRequest, pk: int) -> HttpResponse:
    """Remind the units that have sent no stand."""
    reminder = reminding.remind(_version(find(request, pk), request.POST.get("version", "")), actor=request.actor)
    count = len(reminder.units)
    messages.success(request, ngettext("Đã nhắc %(n)d đơn vị.", "Đã nhắc %(n)d đơn vị.", count) % {"n": count})
    return redirect("document", pk)


@require_POST
@acting("documents")
def redraft(request: ActedRequest, pk: int) -> HttpResponse:
    """Bring an adopted text back to discussion."""
    document = find(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        discussion.redraft(document, actor=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã đưa văn bản về lấy ý kiến."))
        return redirect("document", pk)
    return render_page(request, document, redraft_form=form, status=422)


@require_POST
@acting("documents")
def check(request: ActedRequest, pk: int, kind: str) -> HttpResponse:
    """Record one of the two checks."""
    document = find(request, pk)
    if kind not in CheckKind.values:
        raise Http404
    verbs.check(_version(document, request.POST.get("version", "")), kind, actor=request.actor)
    messages.success(request, _("Đã ghi nhận kiểm tra %(part)s.") % {"part": str(CheckKind(kind).label).lower()})
    return redirect("document", pk)


def _together(form: AdoptForm) -> str:
    """What the same conference adopted beside it."""
    titles = [version.document.printed_title for version in form.cleaned_data.get("also", [])]
    return " " + _("Cùng được thông qua: %(titles)s.") % {"titles": "; ".join(titles)} if titles else ""


def _version(document: BlocDocument, number: str) -> Version:
    """The version that the page showed; an act about another one is refused by its verb."""
    found = (
        document.versions.filter(number=int(number)).first()
        if number.isascii() and number.isdigit() and len(number) < 6
        else None
    )
    if found is None:
        raise Http404
    found.document = document
    return found
