"""Photographs of a joint activity: add, take away, show."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from blocs.forms.conferences import PhotoForm
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.records.storage import BytesBroken
from emulation.reports import activity_policies as policies
from emulation.reports.domain import activity_photos as verbs
from emulation.reports.models import Activity, ActivityPhoto
from emulation.reports.views.activities import MENU, find, show


@require_POST
@acting(MENU)
def activity_photo_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add photographs; those that are none are named, the others are kept."""
    row, form = find(request, pk), PhotoForm(request.POST, request.FILES)
    enforce(policies.may_change_activity(row, request.actor))
    if form.is_valid():
        for file in form.cleaned_data["photos"]:
            try:
                verbs.add(row, actor=request.actor, data=file.read(), caption=form.cleaned_data["caption"])
            except ValidationError as error:
                form.add_error("photos", f"{file.name[:60]}: {' '.join(error.messages)}")
        if not form.errors:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect("activity", pk)
    return show(request, find(request, pk), form)


@require_POST
@acting(MENU)
def activity_photo_remove(request: ActedRequest, pk: int, photo_pk: int) -> HttpResponse:
    """Take a photograph away."""
    row = find(request, pk)
    enforce(policies.may_change_activity(row, request.actor))
    verbs.take_away(get_object_or_404(ActivityPhoto, pk=photo_pk, activity=row), actor=request.actor)
    return redirect("activity", pk)


@require_safe
@acting(MENU)
@cache_control(private=True, max_age=86_400, immutable=True)
def activity_photo(request: ActedRequest, pk: int, photo_pk: int, size: str) -> HttpResponse:
    """A photograph, for those who may see the bloc."""
    row = get_object_or_404(Activity.objects.visible_to(request.actor), pk=pk)
    photo = get_object_or_404(ActivityPhoto, pk=photo_pk, activity=row)
    try:
        response = HttpResponse(verbs.read(photo, small=size == "nho"), content_type="image/jpeg")
    except BytesBroken as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    return response
