"""The report of a bloc: where it stands, its sections with the units' passages, its pages."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from blocs.domain import previews
from blocs.domain.drafts import Conflict
from blocs.forms.faults import take_faults
from blocs.views import autosaving
from blocs.views.autosaving import Saving
from blocs.views.documents import WIDTHS
from blocs.views.signing_pages import send_signed, signed_picture
from emulation.lib.verdict import enforce
from emulation.organisation.access import ActedRequest, acting
from emulation.reports import bloc_policies as policies
from emulation.reports.documents.tables import number
from emulation.reports.domain import bloc_reports as verbs
from emulation.reports.domain import bloc_signing, bloc_text
from emulation.reports.domain.bloc_report_kind import KIND
from emulation.reports.enums import BLOC_WRITABLE, BlocReportState
from emulation.reports.forms.bloc_reports import HeadForm, PassageForm
from emulation.reports.models import BlocReport, Passage
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from emulation.reports.views.bloc_signing import PAGES, find_bloc_report
from emulation.reports.views.periods import MENU
from emulation.signing.domain import rounds
from scoring.enums import Aggregate, FilledFrom, SectionContent
from scoring.rules.numbers import written


@require_safe
@acting(MENU)
def bloc_report(request: ActedRequest, pk: int) -> HttpResponse:
    """Where it stands, what is missing, its sections; when it is signed, its pages."""
    return _overview(request, find_bloc_report(request, pk))


def _overview(request: ActedRequest, report: BlocReport, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor, known = request.actor, bloc_text.gathered(report.period)
    signing_round = rounds.newest(KIND, report)
    context: dict[str, Any] = {
        "report": report,
        "bloc": report.period.bloc_year,
        "known": known,
        "may_gather": policies.may_gather(report, actor),
        "may_edit": policies.may_edit_bloc_report(report, actor),
        "may_check": policies.may_check_bloc_report(report, actor),
        "may_open": policies.may_open_bloc_report(report, actor),
        "may_return": policies.may_return_bloc_report(report, actor),
        "round": signing_round,
        "save_key": f"{actor.user_id}-bao-cao-khoi-{report.pk}",
    }
    if report.state in BLOC_WRITABLE:
        rows = bloc_text.passages_of(report)
        moved, text = verbs.moved(report, known, rows), bloc_text.text_of(report, known, rows)
        context["moved"] = len(moved)
        context["lines"] = _lines(text, rows, moved)
        context["form"] = HeadForm(initial={name: getattr(report, name) for name in verbs.HEAD_FIELDS})
        context["fresh"] = _fresh(rows, known)
        context["outdated"] = report.state == BlocReportState.CHECKED and report.checked_sha256 != text.sha256
    elif signing_round:
        context |= PAGES.about(report, signing_round, actor)
    return render(request, "reports/bloc_report.html", context | bound, status=status)


def _lines(text: ReportText, rows: list[Passage], moved: list[verbs.Moved]) -> list[dict[str, Any]]:
    """The sections with what stands in them."""
    moved_in = Counter(str(row.passage.section) for row in moved)
    units = Counter(str(row.section) for row in rows if row.unit_id)
    own = {str(row.section) for row in rows if row.unit_id is None and row.text}
    return [
        {
            "section": section,
            "units": units[section.key],
            "is_own": section.key in own,
            "moved": moved_in[section.key],
            "lacking": any(figure.missing for figure in section.figures),
        }
        for section in text.sections
    ]


def _fresh(rows: list[Passage], known: bloc_text.Gathered) -> list[str]:
    """Units that have handed in since it was gathered last."""
    there = {row.unit_id for row in rows}
    return [source.name for source in known.sources if source.unit not in there]


@require_safe
@acting(MENU)
def bloc_report_section(request: ActedRequest, pk: int, section: str) -> HttpResponse:
    """One section: the leader's own words, the units' passages, figures over all units."""
    return _section_page(request, find_bloc_report(request, pk), str(section))


def _section_page(request: ActedRequest, report: BlocReport, key: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    known, rows = bloc_text.gathered(report.period), bloc_text.passages_of(report)
    sections = [section for section in bloc_text.text_of(report, known, rows).sections if section.level == 2]
    section = next((row for row in sections if row.key == key), None)
    if section is None or report.state not in BLOC_WRITABLE:
        raise Http404
    place = sections.index(section)
    rows = [row for row in rows if str(row.section) == key]
    moved = {row.passage.pk: row for row in verbs.moved(report, known, rows)}
    context = {
        "report": report,
        "bloc": report.period.bloc_year,
        "section": section,
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
        "may_edit": policies.may_edit_bloc_report(report, request.actor),
        "groups": _groups(section, rows, moved),
        "figures": [_figure(figure) for figure in section.figures],
        "takes_words": section.content not in (SectionContent.FIGURES, SectionContent.ATTACHMENTS) and not section.rows,
        "missing": known.missing,
        "save_key": f"{request.actor.user_id}-bao-cao-khoi-{report.pk}",
    }
    return render(request, "reports/bloc_section.html", context | bound, status=status)


def _figure(figure: FigureLine) -> dict[str, Any]:
    """A figure of the bloc with its numbers as people read them."""
    return {
        "label": figure.label,
        "measure": figure.measure,
        "plan": number(figure.plan),
        "actual": number(figure.actual),
        "percent": written(figure.percent) if figure.percent is not None else number(""),
        "last_year": number(figure.last_year),
        "missing": figure.missing,
        "rule": Aggregate(figure.aggregate).label,
        "parts": [(name, number(value)) for name, value in figure.parts],
    }


def _groups(section: ReportSection, rows: list[Passage], moved: Mapping[int, verbs.Moved]) -> list[dict[str, Any]]:
    """The section itself, or each of its items: the leader's words, then the units' passages."""
    items = [(item.key, item.heading) for item in section.items] if section.source == FilledFrom.COMMITMENTS else [("", "")]
    groups = []
    for key, heading in items:
        own = next((row for row in rows if row.item == key and row.unit_id is None), None)
        of_units = [row for row in rows if row.item == key and row.unit_id is not None]
        groups.append(
            {
                "item": key,
                "heading": heading,
                "own": own,
                "form": PassageForm(initial={"text": own.text if own else ""}),
                "passages": [
                    {
                        "row": row,
                        "form": PassageForm(initial={"text": row.text}),
                        "moved": moved.get(row.pk),
                        "pieces": verbs.pieces(moved[row.pk]) if row.pk in moved else [],
                    }
                    for row in of_units
                ],
            }
        )
    return groups


@require_POST
@acting(MENU)
def bloc_report_own(request: ActedRequest, pk: int, section: str) -> HttpResponse:
    """Save the leader's own words, typed live or submitted plainly."""
    report, item = find_bloc_report(request, pk), request.POST.get("item", "")[:36]

    def save(seen: int, values: Mapping[str, Any]) -> Passage:
        return verbs.save_own(report, str(section), item, actor=request.actor, seen=seen, text=values.get("text", ""))

    return _saved(request, report, str(section), save)


@require_POST
@acting(MENU)
def passage_save(request: ActedRequest, pk: int) -> HttpResponse:
    """Save a unit's words as the leader edits them."""
    passage = _passage(request, pk)

    def save(seen: int, values: Mapping[str, Any]) -> Passage:
        return verbs.save_passage(passage, actor=request.actor, seen=seen, values=values)

    return _saved(request, passage.report, str(passage.section), save)


def _saved(request: ActedRequest, report: BlocReport, section: str, save: Any) -> HttpResponse:
    form = PassageForm(request.POST)
    if autosaving.is_live(request):
        return autosaving.save_live(request, form, Saving(report, save, lambda row: {"text": row.text}))
    if form.is_valid():
        try:
            save(autosaving.seen_version(request), form.cleaned_data)
        except Conflict as met:
            return _section_page(request, report, section, conflict=met.stored, typed=form.cleaned_data["text"], status=409)
        except ValidationError as error:
            take_faults(form, error)
    if form.errors:
        return _section_page(request, report, section, faults=form.errors.get("text"), status=422)
    messages.success(request, _("Đã lưu."))
    return redirect("bloc_report_section", report.pk, section)


@require_POST
@acting(MENU)
def passage_choose(request: ActedRequest, pk: int) -> HttpResponse:
    """Put a unit's passage into the report or leave it out; name it as an example or not."""
    passage = _passage(request, pk)
    values = {name: request.POST[name] == "1" for name in verbs.CHOICES if name in request.POST}
    verbs.save_passage(passage, actor=request.actor, seen=passage.edits, values=values)
    return redirect("bloc_report_section", passage.report_id, passage.section)


@require_POST
@acting(MENU)
def passage_settle(request: ActedRequest, pk: int) -> HttpResponse:
    """Take over what the source says by now, or keep the words."""
    passage = _passage(request, pk)
    given = request.POST.get("source", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0
    take = request.POST.get("take") == "1"
    verbs.settle(passage, actor=request.actor, version=version, take=take)
    messages.success(request, _("Đã lấy theo bản mới.") if take else _("Đã giữ nguyên văn của khối."))
    return redirect("bloc_report_section", passage.report_id, passage.section)


@require_POST
@acting(MENU)
def bloc_report_head(request: ActedRequest, pk: int) -> HttpResponse:
    """Save number, place, to whom, recipients."""
    report, form = find_bloc_report(request, pk), HeadForm(request.POST)

    def save(seen: int, values: Mapping[str, Any]) -> BlocReport:
        return verbs.save_head(report, actor=request.actor, seen=seen, values=values)

    if autosaving.is_live(request):
        shown = Saving(report, save, lambda row: {name: getattr(row, name) for name in verbs.HEAD_FIELDS})
        return autosaving.save_live(request, form, shown)
    if form.is_valid():
        try:
            save(autosaving.seen_version(request), form.cleaned_data)
        except Conflict as met:
            report.edits = met.stored.edits
            form.add_error(None, str(met))
            return _overview(request, report, form=form, status=409)
        except ValidationError as error:
            take_faults(form, error)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("bloc_report", report.pk)
    enforce(policies.may_edit_bloc_report(report, request.actor))
    return _overview(request, report, form=form, status=422)


@require_safe
@acting(MENU)
def bloc_report_preview(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages as they would print now, as a fragment."""
    report = find_bloc_report(request, pk)
    if report.state not in BLOC_WRITABLE:
        raise Http404
    return render(request, "blocs/preview.html", {"pages": _preview_pages(report), "marked": 0})


@require_safe
@acting(MENU)
@cache_control(private=True, max_age=86_400, immutable=True)
def bloc_report_picture(request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
    """A page as a picture: of signed bytes, or of a preview, whose key only who was shown it knows."""
    get_object_or_404(BlocReport.objects.visible_to(request.actor), pk=pk)
    if signed := signed_picture(KIND, pk, sha256, page, size):
        return signed
    try:
        picture = previews.preview_picture(_folder(pk), sha256, page, WIDTHS[size])
    except (IndexError, KeyError) as error:
        raise Http404 from error
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@require_safe
@acting(MENU)
def bloc_report_pdf(request: ActedRequest, pk: int) -> HttpResponse:
    """The newest signed bytes; a draft is printed when it is asked for (`downloads.bloc_report_print`)."""
    report = find_bloc_report(request, pk)
    signing_round = rounds.newest(KIND, report)
    if signing_round is None or report.state in BLOC_WRITABLE:
        raise Http404
    return send_signed(signing_round)


def _preview_pages(report: BlocReport) -> list[dict[str, Any]]:
    preview = bloc_signing.preview(report, _folder(report.pk))
    return PAGES.pages(report, preview.key, preview.pages)


def _folder(pk: int) -> str:
    """Where previews of this report are kept."""
    return f"bao-cao-khoi-{pk}"


def _passage(request: ActedRequest, pk: int) -> Passage:
    passage = get_object_or_404(Passage.objects.select_related("source", "unit"), pk=pk, unit__isnull=False)
    passage.report = find_bloc_report(request, passage.report_id)
    return passage
