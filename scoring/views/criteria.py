"""The page of a working set: its tree with live sums, the open node beside it, and every act on it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.domain.drafts import Conflict
from blocs.enums import DocumentKind
from blocs.forms.faults import take_faults
from blocs.models import BlocDocument, Indicator
from blocs.views import autosaving
from blocs.views.autosaving import Saving, seen_version
from blocs.views.documents import find
from emulation.lib.verdict import Refused, enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import policies
from scoring.domain import copying, criteria, moving
from scoring.domain.enclosing import readable, working_set
from scoring.domain.reading import Readable, set_text, stored
from scoring.domain.usual_set import usual_set
from scoring.enums import NodeKind
from scoring.forms.criteria import CriterionForm, SettingsForm, initial_of, values_of
from scoring.models import CriteriaSet, Criterion
from scoring.views import tree

WAYS = {"len": moving.UP, "xuong": moving.DOWN, "vao": moving.IN, "ra": moving.OUT}


def live(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that is open gets the reason of a refusal as plain words, to show beside the tree."""

    @wraps(view)
    def told(request: ActedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            if request.headers.get("X-Live") != "1":
                raise
            return HttpResponse(str(refused), status=403, content_type="text/plain; charset=utf-8")

    return told


def find_set(request: ActedRequest, pk: int) -> tuple[BlocDocument, CriteriaSet]:
    """The regulation and its working set, if the actor may see them; 404 otherwise."""
    document = find_regulation(request, pk)
    working = working_set(document)
    if working is None:
        working = get_object_or_404(CriteriaSet.objects.none())
    working.document = document
    return document, working


def find_regulation(request: ActedRequest, pk: int) -> BlocDocument:
    """The scoring regulation; 404 for documents of other kinds."""
    document = find(request, pk)
    return document if document.kind == DocumentKind.SCORING else get_object_or_404(BlocDocument.objects.none())


def find_row(working: CriteriaSet, pk: int) -> Criterion:
    """A node of the set, which it knows."""
    row = get_object_or_404(Criterion, pk=pk, criteria_set=working)
    row.criteria_set = working
    return row


@require_safe
@acting("documents")
def criteria_page(request: ActedRequest, pk: int) -> HttpResponse:
    """The tree, and the node that is open; without a set where one may start."""
    document = find_regulation(request, pk)
    shown = readable(document, request.actor)
    if shown is None or (not shown.criteria_set.is_working and policies.may_start_criteria(document, request.actor)):
        return start_page(request, document)
    if request.headers.get("X-Live") == "1":
        return render(request, "scoring/tree.html", tree.context(request, shown, opened=tree.opened(request, shown)))
    return render_page(request, shown)


def start_page(request: ActedRequest, document: BlocDocument) -> HttpResponse:
    """From where a set may start."""
    may_start = policies.may_start_criteria(document, request.actor)
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "may_start": may_start,
        "sources": copying.sources(document, request.actor) if may_start else [],
        "usual": tree.summary(usual_set()),
    }
    return render(request, "scoring/criteria_start.html", context)


def render_page(request: ActedRequest, shown: Readable, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a set; `more` replaces a form by one that came back with faults."""
    opened = more.get("opened") or tree.opened(request, shown)
    context = tree.context(request, shown, opened=opened)
    if opened is not None and context["may_edit"]:
        context["form"] = CriterionForm(row=opened, indicators=indicators_of_year(shown.criteria_set.document.bloc_year_id))
    return render(request, "scoring/criteria.html", context | more, status=status)


def indicators_of_year(bloc_year_id: int) -> list[Indicator]:
    """The targets of the covenant of a bloc in its year."""
    return list(Indicator.objects.filter(document__bloc_year=bloc_year_id).order_by("order", "pk"))


@require_POST
@acting("documents")
def criteria_start(request: ActedRequest, pk: int) -> HttpResponse:
    """Start from the usual table, or as a copy."""
    document = find_regulation(request, pk)
    enforce(policies.may_start_criteria(document, request.actor))
    given = request.POST.get("source", "")
    if given.isascii() and given.isdigit() and len(given) < 10:
        source = get_object_or_404(CriteriaSet.objects.visible_to(request.actor), pk=int(given))
        copying.copy(source, document, actor=request.actor)
    else:
        criteria.start(document, actor=request.actor, text=usual_set())
    return redirect("criteria", document.pk)


@require_POST
@acting("documents")
@live
def criterion_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add a group or a criterion: after a node, inside a group, or a top group."""
    _document, working = find_set(request, pk)
    places = {
        name: find_row(working, int(value))
        for name in ("after", "parent")
        if (value := request.POST.get(name, "")).isascii() and value.isdigit() and len(value) < 10
    }
    kind = NodeKind.GROUP if request.POST.get("kind") == NodeKind.GROUP else NodeKind.LEAF
    row = criteria.add(working, actor=request.actor, kind=kind, name=request.POST.get("name", "")[:500], **places)
    return _after_act(request, working, row)


@require_POST
@acting("documents")
def criterion_save(request: ActedRequest, pk: int, row: int) -> HttpResponse:
    """Save the open node, while it is typed or when the form is sent."""
    _document, working = find_set(request, pk)
    node = find_row(working, row)
    form = CriterionForm(request.POST, row=node, indicators=indicators_of_year(working.document.bloc_year_id))

    def save(seen: int, values: Mapping[str, Any]) -> Criterion:
        return criteria.save(node, actor=request.actor, seen=seen, values=values_of(node, dict(values)))

    if autosaving.is_live(request):
        return autosaving.save_live(request, form, Saving(working.document, save, _as_typed))
    if form.is_valid():
        try:
            save(seen_version(request), form.cleaned_data)
        except Conflict as conflict:
            return render_page(request, stored(working), status=409, opened=node, form=form, conflict=conflict)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(tree.path(working, node))
    return render_page(request, stored(working), status=422, opened=node, form=form)


def _as_typed(row: Criterion) -> dict[str, Any]:
    """The stored values of a node as its fields show them."""
    fresh, shown = CriterionForm(row=row), initial_of(row)
    return {name: tree.as_typed(fresh, name, shown) for name in fresh.fields}


@require_POST
@acting("documents")
@live
def criterion_act(request: ActedRequest, pk: int, row: int, act: str) -> HttpResponse:
    """Move a node, duplicate it, take it out."""
    _document, working = find_set(request, pk)
    node = find_row(working, row)
    if act in WAYS:
        node = moving.move(node, actor=request.actor, way=WAYS[act])
    elif act == "nhan-ban":
        node = criteria.duplicate(node, actor=request.actor)
    elif act == "go":
        criteria.remove(node, actor=request.actor)
        messages.info(request, _("Đã gỡ “%(name)s”. Có thể đưa lại.") % {"name": node})
        return _after_act(request, working, None)
    else:
        raise Http404(act)
    return _after_act(request, working, node)


@require_POST
@acting("documents")
def criteria_put_back(request: ActedRequest, pk: int) -> HttpResponse:
    """Put back what was taken out last."""
    _document, working = find_set(request, pk)
    criteria.put_back(working, actor=request.actor)
    return _after_act(request, working, None)


def _after_act(request: ActedRequest, working: CriteriaSet, row: Criterion | None) -> HttpResponse:
    """The tree anew for a page that is open, the page itself for a plain form."""
    if request.headers.get("X-Live") != "1":
        return redirect(tree.path(working, row))
    list(messages.get_messages(request))  # said by the tree itself
    document = find(request, working.document_id)
    fresh = working_set(document)
    assert fresh is not None
    fresh.document = document
    answer = render(request, "scoring/tree.html", tree.context(request, stored(fresh), opened=row))
    answer["X-Row"] = str(row.key) if row else ""
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@acting("documents")
def criteria_settings(request: ActedRequest, pk: int) -> HttpResponse:
    """Total, rounding, what becomes of unassigned criteria, ties, grades."""
    document, working = find_set(request, pk)
    enforce(policies.may_edit_criteria(working, request.actor))
    form = SettingsForm(request.POST if request.method == "POST" else None, text=set_text(working))
    status = 200
    if form.is_bound and form.is_valid():
        try:
            criteria.save_settings(working, actor=request.actor, seen=seen_version(request), values=form.values())
        except Conflict:
            form.add_error(None, _("Thiết lập vừa được người khác sửa. Đồng chí tải lại trang để xem rồi sửa tiếp."))
            status = 409
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("criteria", document.pk)
    status = 422 if form.errors and status == 200 else status
    context = {"document": document, "bloc": document.bloc_year, "set": working, "form": form}
    return render(request, "scoring/criteria_settings.html", context, status=status)


@require_POST
@acting("documents")
def criteria_check(request: ActedRequest, pk: int) -> HttpResponse:
    """Check the whole set and say every fault."""
    document, working = find_set(request, pk)
    faults = criteria.check(working, actor=request.actor)
    if faults:
        return render_page(request, stored(working), checked=faults)
    messages.success(request, _("Bộ tiêu chí không có lỗi. Có thể công bố cùng quy định."))
    return redirect("criteria", document.pk)
