"""The page of a report outline: its sections and figures, the open one beside them, and every act on them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.domain.drafts import Conflict
from blocs.enums import DocumentKind
from blocs.forms.faults import take_faults
from blocs.models import BlocDocument
from blocs.views import autosaving
from blocs.views.autosaving import Saving, seen_version
from blocs.views.documents import find
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from scoring import policies
from scoring.domain import outline_enclosing, report_outlines
from scoring.domain.report_outlines import working_outline
from scoring.domain.usual_outline import usual_outline
from scoring.forms.outlines import FigureForm, SectionForm
from scoring.models import OutlineFigure, OutlineSection, ReportOutline
from scoring.report_texts import OutlineText
from scoring.views.criteria import indicators_of_year

Row = OutlineSection | OutlineFigure
WAYS = {"len": True, "xuong": False}


def find_outline(request: ActedRequest, pk: int) -> BlocDocument:
    """The report outline; 404 for documents of other kinds."""
    document = find(request, pk)
    return document if document.kind == DocumentKind.OUTLINE else get_object_or_404(BlocDocument.objects.none())


def find_working(request: ActedRequest, pk: int) -> tuple[BlocDocument, ReportOutline]:
    """The document and its working outline, for somebody who may edit it; 404 without one. Raises `Refused`."""
    document = find_outline(request, pk)
    enforce(policies.may_edit_outline(document, request.actor))
    outline = working_outline(document)
    if outline is None:
        raise Http404
    outline.document = document
    return document, outline


def find_row(outline: ReportOutline, name: str, pk: int) -> Row:
    """A section ("muc") or a figure ("chi-so") of the outline."""
    if name == "muc":
        section = get_object_or_404(OutlineSection, pk=pk, outline=outline)
        section.outline = outline
        return section
    figure = get_object_or_404(OutlineFigure.objects.select_related("section"), pk=pk, section__outline=outline)
    figure.section.outline = outline
    return figure


@require_safe
@acting("documents")
def outline(request: ActedRequest, pk: int) -> HttpResponse:
    """The outline; without one, from where it may start."""
    document = find_outline(request, pk)
    may_edit = policies.may_edit_outline(document, request.actor)
    working = working_outline(document) if may_edit else None
    if working is not None:
        working.document = document
        return _page(request, working, opened=_opened(request, working))
    published = report_outlines.published_outline(document)
    if published:
        context = {"document": document, "bloc": document.bloc_year, "lines": lines(published), "may_edit": may_edit}
        return render(request, "scoring/outline.html", context)
    may_start = policies.may_start_outline(document, request.actor)
    context = {
        "document": document,
        "bloc": document.bloc_year,
        "may_start": may_start,
        "sources": report_outlines.sources(document, request.actor) if may_start else [],
    }
    return render(request, "scoring/outline_start.html", context)


def lines(text: OutlineText, working: ReportOutline | None = None) -> list[dict[str, Any]]:
    """The sections with their numbers, each with its row where it may be opened."""
    rows = {str(row.key): row for row in working.sections.all()} if working else {}
    return [
        {"number": number, "text": row, "row": rows.get(row.key), "demands": outline_enclosing.demands(row)}
        for number, row in text.numbered()
    ]


def _opened(request: ActedRequest, working: ReportOutline) -> Row | None:
    wanted = request.GET.get("mo", "")
    for section in working.sections.all():
        section.outline = working
        if str(section.key) == wanted:
            return section
        for figure in section.figures.all():
            if str(figure.key) == wanted:
                figure.section = section
                return figure
    return None


def _page(request: ActedRequest, working: ReportOutline, *, opened: Row | None, status: int = 200, **more: Any) -> HttpResponse:
    text = report_outlines.text_of(working)
    context = {
        "document": working.document,
        "bloc": working.document.bloc_year,
        "outline": working,
        "lines": lines(text, working),
        "faults": outline_enclosing.faults(text),
        "opened": opened,
        "opened_kind": _kind(opened) if opened else "",
        "may_edit": True,
        "save_key": f"{request.actor.user_id}-outline-{opened.key}" if opened else "",
    }
    if opened is not None:
        context["form"] = _form(opened)
    return render(request, "scoring/outline.html", context | more, status=status)


def _kind(row: Row) -> str:
    return "muc" if isinstance(row, OutlineSection) else "chi-so"


def _form(row: Row, data: Any = None) -> SectionForm | FigureForm:
    if isinstance(row, OutlineSection):
        return SectionForm(data, row=row)
    return FigureForm(data, row=row, indicators=indicators_of_year(row.section.outline.document.bloc_year_id))


def path(document: BlocDocument, row: Row | None = None) -> str:
    """The page, at a row."""
    page = reverse("outline", args=[document.pk])
    return f"{page}?mo={row.key}#muc-{row.key}" if row else page


@require_POST
@acting("documents")
def outline_start(request: ActedRequest, pk: int) -> HttpResponse:
    """Start from the usual outline, or as a copy of another."""
    document = find_outline(request, pk)
    enforce(policies.may_start_outline(document, request.actor))
    given = request.POST.get("source", "")
    text = usual_outline()
    if given.isascii() and given.isdigit() and len(given) < 10:
        source = get_object_or_404(BlocDocument.objects.visible_to(request.actor), pk=int(given), kind=DocumentKind.OUTLINE)
        text = report_outlines.published_outline(source) or text
    report_outlines.start(document, actor=request.actor, text=text)
    return redirect(path(document))


@require_POST
@acting("documents")
def outline_add(request: ActedRequest, pk: int) -> HttpResponse:
    """Add a part, a section of a part, or a figure of a section."""
    document, working = find_working(request, pk)
    words, under = request.POST.get("words", "").strip()[:300], request.POST.get("under", "")
    if under and not (under.isascii() and under.isdigit() and len(under) < 10):
        raise Http404
    parent = find_row(working, "muc", int(under)) if under else None
    assert parent is None or isinstance(parent, OutlineSection)
    try:
        if request.POST.get("kind") == "figure" and parent is not None:
            row: Row = report_outlines.add_figure(parent, actor=request.actor, label=words)
        else:
            row = report_outlines.add_section(working, actor=request.actor, heading=words, parent=parent)
    except ValidationError:
        messages.error(request, _("Ghi tên trước khi thêm."))
        return redirect(path(document, parent))
    return redirect(path(document, row))


@require_POST
@acting("documents")
def outline_save(request: ActedRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Save the open section or figure, while it is typed or when the form is sent."""
    document, working = find_working(request, pk)
    found = find_row(working, kind, row)
    form = _form(found, request.POST)

    def save(seen: int, values: Any) -> Row:
        if isinstance(found, OutlineSection):
            return report_outlines.save_section(found, actor=request.actor, seen=seen, values=values)
        return report_outlines.save_figure(found, actor=request.actor, seen=seen, values=values)

    if autosaving.is_live(request):
        shown = Saving(document, save, lambda stored: {name: getattr(stored, name) for name in form.fields})
        return autosaving.save_live(request, form, shown)
    if form.is_valid():
        try:
            save(seen_version(request), form.cleaned_data)
        except Conflict as conflict:
            return _page(request, working, opened=found, status=409, form=form, conflict=conflict)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect(path(document, found))
    return _page(request, working, opened=found, status=422, form=form)


@require_POST
@acting("documents")
def outline_act(request: ActedRequest, pk: int, kind: str, row: int, act: str) -> HttpResponse:
    """Move a section or a figure, or take it out."""
    document, working = find_working(request, pk)
    found = find_row(working, kind, row)
    if act in WAYS:
        report_outlines.move(found, actor=request.actor, up=WAYS[act])
        return redirect(path(document, found))
    if act != "go":
        raise Http404(act)
    report_outlines.remove(found, actor=request.actor)
    messages.info(request, _("Đã gỡ “%(name)s”. Có thể đưa lại.") % {"name": found})
    return redirect(path(document))


@require_POST
@acting("documents")
def outline_put_back(request: ActedRequest, pk: int) -> HttpResponse:
    """Put back what was taken out last."""
    document, working = find_working(request, pk)
    report_outlines.put_back(working, actor=request.actor)
    return redirect(path(document))
