"""Evidence on a sheet: files added to a criterion, downloaded, taken off; and a unit's explanation with its files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.forms.faults import take_faults
from blocs.views.autosaving import is_live
from emulation.lib.verdict import Refused, enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.records.domain import documents
from scoring import campaign_policies as policies
from scoring.domain import evidence as verbs
from scoring.domain import explanations
from scoring.domain.sight import glance, see
from scoring.forms.evidence import EvidenceForm, ExplainForm
from scoring.models import EvidenceFile, Sheet
from scoring.views import cell_page
from scoring.views.cells import figures, leaf_of
from scoring.views.sheets import find


@require_POST
@acting("campaigns")
def evidence_add(request: ActedRequest, pk: int, key: str) -> HttpResponse:
    """Add files to a criterion, dropped on its row or chosen on its page."""
    row = find(request, pk)
    leaf, form = leaf_of(row, str(key)), EvidenceForm(request.POST, request.FILES)
    form.is_valid()
    try:
        enforce(policies.may_attach_evidence(row, request.actor))
        verbs.attach(row, leaf.key, verbs.examine(form.cleaned_data["attached"]), actor=request.actor)
    except Refused as refused:
        if not is_live(request):
            raise
        return JsonResponse({"reason": str(refused)}, status=403)
    except ValidationError as error:
        if is_live(request):
            return JsonResponse({"errors": error.message_dict}, status=422)
        take_faults(form, error)
        context = cell_page.context(request, see(row, request.actor).sight(), leaf, evidence_form=form)
        return render(request, "scoring/cell.html", context, status=422)
    if is_live(request):
        return JsonResponse(figures(glance(row, request.actor), leaf))
    messages.success(request, _("Đã thêm minh chứng."))
    return redirect(f"{reverse('sheet_cell', args=[pk, leaf.key])}#minh-chung")


@require_safe
@acting("campaigns")
def evidence_file(request: ActedRequest, pk: int, file: int) -> HttpResponse:
    """A file, for those who may read its sheet; always to be kept, never shown inside the site."""
    found = _find_file(request, pk, file)
    response = HttpResponse(documents.read(found.revision), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@acting("campaigns")
def evidence_remove(request: ActedRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off."""
    found = _find_file(request, pk, file)
    verbs.remove(found, actor=request.actor)
    messages.success(request, _("Đã gỡ “%(name)s”.") % {"name": found.name})
    return redirect(f"{reverse('sheet_cell', args=[pk, found.key])}#minh-chung")


@require_POST
@acting("campaigns")
def sheet_explain(request: ActedRequest, pk: int, key: str) -> HttpResponse:
    """Explain the points of one criterion, with files."""
    row = find(request, pk)
    leaf, form = leaf_of(row, str(key)), ExplainForm(request.POST, request.FILES)
    enforce(policies.may_explain(row, request.actor))
    if form.is_valid():
        try:
            with transaction.atomic():
                _explain(request, row, leaf.key, form)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã gửi giải trình; đơn vị chấm được báo."))
            return redirect(f"{reverse('sheet_cell', args=[pk, leaf.key])}#giai-trinh")
    context = cell_page.context(request, see(row, request.actor).sight(), leaf, explain_form=form)
    return render(request, "scoring/cell.html", context, status=422)


def _explain(request: ActedRequest, row: Sheet, key: str, form: ExplainForm) -> None:
    given = form.cleaned_data
    if given["attached"]:
        verbs.attach(row, key, verbs.examine(given["attached"]), actor=request.actor, for_explanation=True)
    explanations.send(row, key, actor=request.actor, text=given["text"])


def _find_file(request: ActedRequest, pk: int, file: int) -> EvidenceFile:
    row = find(request, pk)
    found = get_object_or_404(row.evidence.filter(removed_at=None).select_related("revision"), pk=file)
    found.sheet = row
    return found
