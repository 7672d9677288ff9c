"""The pages on which a summary of reports is edited, a bloc's or a province's: sections, passages, own words, head, preview.

Each kind makes one `SummaryPages` and puts its addresses among its own (`paths`); its overview is a page of its own.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from blocs.domain import previews
from blocs.domain.drafts import Conflict
from blocs.domain.previews import Preview
from blocs.forms.discussion import ReasonForm
from blocs.forms.faults import take_faults
from blocs.views import autosaving
from blocs.views.autosaving import Saving
from blocs.views.documents import WIDTHS
from blocs.views.signing_pages import SigningPages, send_signed, signed_picture
from emulation.lib.verdict import Verdict, enforce
from emulation.organisation.access import ActedRequest, View, acting
from emulation.organisation.actors import Actor
from emulation.reports.documents.tables import number
from emulation.reports.domain import passages as verbs
from emulation.reports.domain.passages import Desk, Gathered, Moved
from emulation.reports.forms.bloc_reports import HeadForm, PassageForm
from emulation.reports.models import SummaryPassage
from emulation.reports.texts import FigureLine, ReportSection, ReportText
from emulation.signing.domain import rounds
from emulation.signing.enums import RoundState
from emulation.signing.models import SigningRound
from scoring.enums import Aggregate, FilledFrom, SectionContent
from scoring.rules.numbers import written

# A bloc's report or a province's: what the two have in common, `Desk` and `SummaryPages` ask.
Report = Any
Row = Any


@dataclass(frozen=True)
class Words:
    """What these pages say of one kind of summary, in the language of the request."""

    figures: str
    """Above the table of figures."""
    figures_note: str
    each: str
    """What opens the parts of a figure: "Từng đơn vị"."""
    own: str
    """Above own words."""
    own_note: str
    written: str
    """In the list of sections: that own words stand there."""
    keep: str
    """The button that keeps what was edited."""
    taken: str
    kept: str


@dataclass(frozen=True)
class SummaryPages:
    """The pages of one kind of summary. Its addresses are named `<name>`, `<name>_section`, `<name>_own`, `<name>_head` and so on."""

    desk: Desk[Any, Any]
    signing: SigningPages[Any]
    passage_model: type[SummaryPassage]
    passage_name: str
    """The beginning of the names of the addresses of passages."""
    folder: str
    """Where previews are kept, before the key."""
    words: Callable[[], Words]
    may_edit: Callable[[Report, Actor | None], Verdict]
    being_written: Callable[[Report], bool]
    text_of: Callable[..., ReportText]
    preview: Callable[[Report, str], Preview]
    overview: Callable[..., HttpResponse]

    @property
    def name(self) -> str:
        return self.signing.name

    def paths(self, route: str, passages: str) -> list[URLPattern]:
        """All addresses below `route`, which holds `<int:pk>`, and those of passages below `passages`; both end with a slash."""
        post, safe = self._posted, self._asked
        picture = f"{route}trang/<sha256:sha256>/<int:page>-<size:size>.png"
        kept = cache_control(private=True, max_age=86_400, immutable=True)
        return [
            path(f"{route}the-thuc/", post(self._head), name=f"{self.name}_head"),
            path(f"{route}muc/<uuid:section>/", safe(self._section), name=f"{self.name}_section"),
            path(f"{route}muc/<uuid:section>/loi-rieng/", post(self._own), name=f"{self.name}_own"),
            path(f"{route}ban-xem/", safe(self._preview), name=f"{self.name}_preview"),
            path(f"{route}tep.pdf", safe(self._pdf), name=f"{self.name}_pdf"),
            path(picture, safe(kept(self._picture)), name=f"{self.name}_picture"),
            path(f"{passages}<int:pk>/", post(self._passage_save), name=f"{self.passage_name}_save"),
            path(f"{passages}<int:pk>/chon/", post(self._passage_choose), name=f"{self.passage_name}_choose"),
            path(f"{passages}<int:pk>/nguon/", post(self._passage_settle), name=f"{self.passage_name}_settle"),
            *self.signing.act_paths(route),
        ]

    def _posted(self, view: Any) -> View:
        return require_POST(acting(self.signing.menu)(view))

    def _asked(self, view: Any) -> View:
        return require_safe(acting(self.signing.menu)(view))

    def being_made(self, report: Report, known: Gathered) -> dict[str, Any]:
        """What the overview shows of a summary that is being written: its sections, what moved on, its head."""
        rows = self.desk.passages_of(report)
        moved, text = self.desk.moved(report, known, rows), self.text_of(report, known, rows)
        return {
            "text": text,
            "moved": len(moved),
            "lines": lines(text, rows, moved),
            "form": HeadForm(initial={name: getattr(report, name) for name in verbs.HEAD_FIELDS}),
            "fresh": list(dict.fromkeys(row.source.name for row in self.desk.fresh(report, known, rows))),
        }

    def around(self, request: ActedRequest, report: Report) -> dict[str, Any]:
        """What every page of a summary knows: where it stands, what its addresses are called, what it says."""
        place = self.signing.place(report)
        names = {part: f"{self.name}_{part}" for part in ("section", "own", "head", "preview", "pdf")}
        return {
            "report": report,
            "crumbs": place.crumbs,
            "facts_line": place.facts,
            "names": names | {part: f"{self.passage_name}_{part}" for part in ("save", "choose", "settle")},
            "page_name": self.name,
            "words": self.words(),
            "may_edit": self.may_edit(report, request.actor),
            "save_key": f"{request.actor.user_id}-{self.folder}-{report.pk}",
        }

    def reason_page(
        self, request: ActedRequest, report: Report, form: ReasonForm, *, title: str, text: str, kind: str
    ) -> HttpResponse:
        """Ask for a reason before something is done."""
        context = self.around(request, report) | {"form": form, "title": title, "text": text, "kind": kind}
        return render(request, "reports/summary_reason.html", context, status=422 if form.errors else 200)

    def _section(self, request: ActedRequest, pk: int, section: str) -> HttpResponse:
        """One section: own words, the contributors' passages, figures over all of them."""
        return self._section_page(request, self.signing.find(request, pk), str(section))

    def _section_page(self, request: ActedRequest, report: Report, key: str, *, status: int = 200, **bound: Any) -> HttpResponse:
        known, rows = self.desk.gathered(report), self.desk.passages_of(report)
        sections = [section for section in self.text_of(report, known, rows).sections if section.level == 2]
        section = next((row for row in sections if row.key == key), None)
        if section is None or not self.being_written(report):
            raise Http404
        place = sections.index(section)
        rows = [row for row in rows if str(row.section) == key]
        moved = {row.passage.pk: row for row in self.desk.moved(report, known, rows)}
        context = self.around(request, report) | {
            "section": section,
            "before": sections[place - 1] if place else None,
            "after": sections[place + 1] if place + 1 < len(sections) else None,
            "groups": _groups(section, rows, moved),
            "figures": [_figure(figure) for figure in section.figures],
            "takes_words": section.content not in (SectionContent.FIGURES, SectionContent.ATTACHMENTS) and not section.rows,
            "missing": known.missing,
        }
        return render(request, "reports/summary_section.html", context | bound, status=status)

    def _own(self, request: ActedRequest, pk: int, section: str) -> HttpResponse:
        """Save own words, typed live or submitted plainly."""
        report, item = self.signing.find(request, pk), request.POST.get("item", "")[:36]

        def save(seen: int, values: Mapping[str, Any]) -> Row:
            text = values.get("text", "")
            return self.desk.save_own(report, str(section), item, actor=request.actor, seen=seen, text=text)

        return self._saved(request, report, str(section), save)

    def _passage_save(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Save a contributor's words as edited."""
        passage = self._passage(request, pk)

        def save(seen: int, values: Mapping[str, Any]) -> Row:
            return self.desk.save_passage(passage, actor=request.actor, seen=seen, values=values)

        return self._saved(request, passage.report, str(passage.section), save)

    def _saved(self, request: ActedRequest, report: Report, section: str, save: Any) -> HttpResponse:
        form = PassageForm(request.POST)
        if autosaving.is_live(request):
            return autosaving.save_live(request, form, Saving(report, save, lambda row: {"text": row.text}))
        if form.is_valid():
            try:
                save(autosaving.seen_version(request), form.cleaned_data)
            except Conflict as met:
                typed = form.cleaned_data["text"]
                return self._section_page(request, report, section, conflict=met.stored, typed=typed, status=409)
            except ValidationError as error:
                take_faults(form, error)
        if form.errors:
            return self._section_page(request, report, section, faults=form.errors.get("text"), status=422)
        messages.success(request, _("Đã lưu."))
        return redirect(f"{self.name}_section", report.pk, section)

    def _passage_choose(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Put a passage into the summary or leave it out; name it as an example or not."""
        passage = self._passage(request, pk)
        values = {name: request.POST[name] == "1" for name in verbs.CHOICES if name in request.POST}
        self.desk.save_passage(passage, actor=request.actor, seen=passage.edits, values=values)
        return redirect(f"{self.name}_section", passage.report.pk, passage.section)

    def _passage_settle(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Take over what the source says by now, or keep the words."""
        passage = self._passage(request, pk)
        given = request.POST.get("source", "")
        version = int(given) if given.isascii() and given.isdigit() and len(given) < 12 else 0
        take = request.POST.get("take") == "1"
        self.desk.settle(passage, actor=request.actor, version=version, take=take)
        messages.success(request, self.words().taken if take else self.words().kept)
        return redirect(f"{self.name}_section", passage.report.pk, passage.section)

    def _head(self, request: ActedRequest, pk: int) -> HttpResponse:
        """Save number, place, to whom, recipients."""
        report, form = self.signing.find(request, pk), HeadForm(request.POST)

        def save(seen: int, values: Mapping[str, Any]) -> Report:
            return self.desk.save_head(report, actor=request.actor, seen=seen, values=values)

        if autosaving.is_live(request):
            shown = Saving(report, save, lambda row: {name: getattr(row, name) for name in verbs.HEAD_FIELDS})
            return autosaving.save_live(request, form, shown)
        if form.is_valid():
            try:
                save(autosaving.seen_version(request), form.cleaned_data)
            except Conflict as met:
                report.edits = met.stored.edits
                form.add_error(None, str(met))
                return self.overview(request, report, form=form, status=409)
            except ValidationError as error:
                take_faults(form, error)
            else:
                messages.success(request, _("Đã lưu."))
                return redirect(self.name, report.pk)
        enforce(self.may_edit(report, request.actor))
        return self.overview(request, report, form=form, status=422)

    def _preview(self, request: ActedRequest, pk: int) -> HttpResponse:
        """The pages as they would print now, as a fragment."""
        report = self.signing.find(request, pk)
        if not self.being_written(report):
            raise Http404
        preview = self.preview(report, self._folder(pk))
        pages = self.signing.pages(report, preview.key, preview.pages)
        return render(request, "blocs/preview.html", {"pages": pages, "marked": 0})

    def _picture(self, request: ActedRequest, pk: int, sha256: str, page: int, size: str) -> HttpResponse:
        """A page as a picture: of signed bytes, or of a preview, whose key only who was shown it knows."""
        self.signing.find(request, pk)
        if signed := signed_picture(self.signing.kind, pk, sha256, page, size):
            return signed
        try:
            picture = previews.preview_picture(self._folder(pk), sha256, page, WIDTHS[size])
        except (IndexError, KeyError) as error:
            raise Http404 from error
        if picture is None:
            raise Http404
        return HttpResponse(picture, content_type="image/png")

    def _pdf(self, request: ActedRequest, pk: int) -> HttpResponse:
        """The newest bytes, while it is mended those signed before; a draft is printed when it is asked for (see downloads.py)."""
        report = self.signing.find(request, pk)
        signing_round = self._signed(report) if self.being_written(report) else rounds.newest(self.signing.kind, report)
        if signing_round is None:
            raise Http404
        return send_signed(signing_round)

    def _signed(self, report: Report) -> SigningRound | None:
        """How it was last signed."""
        return rounds.newest(self.signing.kind, report, state=RoundState.COMPLETED)

    def _folder(self, pk: int) -> str:
        return f"{self.folder}-{pk}"

    def _passage(self, request: ActedRequest, pk: int) -> Any:
        """A contributor's passage of a report that the actor may see."""
        passage = get_object_or_404(self.passage_model, pk=pk, source__isnull=False)
        passage.report = self.signing.find(request, passage.report_id)
        return passage


def lines(text: ReportText, rows: Sequence[Row], moved: Sequence[Moved[Any]]) -> list[dict[str, Any]]:
    """The sections with what stands in them."""
    moved_in = Counter(str(row.passage.section) for row in moved)
    told = Counter(str(row.section) for row in rows if row.contributor_id)
    own = {str(row.section) for row in rows if row.contributor_id is None and row.text}
    return [
        {
            "section": section,
            "passages": told[section.key],
            "is_own": section.key in own,
            "moved": moved_in[section.key],
            "lacking": any(figure.missing for figure in section.figures),
        }
        for section in text.sections
    ]


def _figure(figure: FigureLine) -> dict[str, Any]:
    """A figure with its numbers as people read them."""
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


def _groups(section: ReportSection, rows: Sequence[Row], moved: Mapping[int, Moved[Any]]) -> list[dict[str, Any]]:
    """The section itself, or each of its commitments: own words, then the contributors' passages."""
    items = [(item.key, item.heading) for item in section.items] if section.source == FilledFrom.COMMITMENTS else [("", "")]
    groups = []
    for key, heading in items:
        here = [row for row in rows if row.place[1] == key]
        own = next((row for row in here if row.contributor_id is None), None)
        groups.append(
            {
                "item": key,
                "heading": heading,
                "own": own,
                "form": PassageForm(initial={"text": own.text if own else ""}),
                "passages": [_passage(row, moved.get(row.pk)) for row in here if row.contributor_id is not None],
            }
        )
    return groups


def _passage(row: Row, moved: Moved[Any] | None) -> dict[str, Any]:
    form = PassageForm(initial={"text": row.text})
    return {"row": row, "form": form, "moved": moved, "pieces": verbs.pieces(moved) if moved else []}
