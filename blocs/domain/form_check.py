"""The computed check of form before freezing: few faults block, the rest is said and left to the drafter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blocs.domain import placeholders
from blocs.domain.snapshots import province_of, signing_units
from blocs.models import BlocDocument
from blocs.texts import CovenantText, all_strings
from emulation.lib import clock
from emulation.organisation.domain import mandates
from emulation.organisation.enums import Post
from emulation.organisation.models import Position
from emulation.pdf.fonts import describe, missing_characters
from emulation.signing import kinds


@dataclass(frozen=True)
class Finding:
    """One fault: whether it blocks freezing, where it is, what to do."""

    blocks: bool
    place: str
    sentence: str


def _fault(place: str, sentence: str) -> Finding:
    return Finding(blocks=True, place=place, sentence=sentence)


def _note(place: str, sentence: str) -> Finding:
    return Finding(blocks=False, place=place, sentence=sentence)


def findings(document: BlocDocument, text: CovenantText) -> list[Finding]:
    """All faults of the text and its frame, those that block first."""
    found = [*_frame(document), *_signers(document), *_clauses(text), *unprintable(text), *_advice(document, text)]
    return sorted(found, key=lambda finding: not finding.blocks)


def blocking(document: BlocDocument, text: CovenantText, *, dated: bool = True) -> list[Finding]:
    """The faults with which nothing can be frozen; without `dated`, only those of the text: an annex is neither dated nor signed."""
    found = findings(document, text) if dated else [*_clauses(text), *unprintable(text)]
    return [finding for finding in found if finding.blocks]


def unprintable(text: CovenantText) -> list[Finding]:
    """Characters that the document's font lacks, each place once."""
    return _unprintable(all_strings(text))


def _unprintable(strings: Iterable[tuple[str, str]]) -> list[Finding]:
    found = []
    for place, string in strings:
        if missing := missing_characters(string):
            shown = ", ".join(describe(char) for char in missing[:5])
            found.append(_fault(place, _("Ký tự không in được: %(chars)s. Đồng chí xóa hoặc thay ký tự này.") % {"chars": shown}))
    return found


def units_without_signer(document: BlocDocument, *, able: Collection[int] | None = None) -> list[str]:
    """Short names of the signing units in which nobody could sign today; `able` when it is known already of many blocs at once."""
    seats = signing_units(document)
    if able is None:
        able = able_units((seat.unit_id for seat in seats), kinds.get(document.kind).scope)
    return [seat.unit.short_name for seat in seats if seat.unit_id not in able]


def able_units(unit_ids: Iterable[int], scope: str = "") -> set[int]:
    """Those of the units in which somebody could sign today, a document of this scope if one is given; one query."""
    return set(signers_of(unit_ids, scope).values_list("unit_id", flat=True))


def signers_of(unit_ids: Iterable[int], scope: str = "") -> QuerySet[Position]:
    """Who could sign today for one of these units: its head, or a deputy with a live basis, for this scope if one is given."""
    wanted = Position.objects.on(clock.today()).signers().filter(unit__in=list(unit_ids))
    return wanted.filter(Q(post=Post.HEAD) | Exists(mandates.live_today(scope).filter(position=OuterRef("pk"))))


def _frame(document: BlocDocument) -> list[Finding]:
    found = []
    if document.date is None:
        found.append(_fault(_("Ngày ký"), _("Chưa có ngày ký.")))
    if not document.place.strip():
        found.append(_fault(_("Địa danh"), _("Chưa có địa danh in trước ngày ký.")))
    return [*found, *_unprintable([(_("Địa danh"), document.place), (_("Số, ký hiệu"), document.number)])]


def _signers(document: BlocDocument) -> list[Finding]:
    province = province_of(document.bloc_year)
    units = [*(seat.unit_id for seat in signing_units(document)), *([province.pk] if province else [])]
    able = able_units(units, kinds.get(document.kind).scope)
    found = [
        _fault(name, _("Đơn vị chưa có ai được ký: cần cấp trưởng, hoặc cấp phó có căn cứ ký thay còn hiệu lực."))
        for name in units_without_signer(document, able=able)
    ]
    if document.is_covenant and document.has_witness and (province is None or province.pk not in able):
        found.append(_fault(_("Chứng kiến"), _("Công an tỉnh chưa có lãnh đạo nào được ký chứng kiến.")))
    return found


def _clauses(text: CovenantText) -> list[Finding]:
    if not any(clause.kind == "clause" for clause in text.clauses):
        return [_fault(_("Nội dung"), _("Văn bản chưa có nội dung nào."))]
    return [
        _fault(_("Mục thứ %(n)d") % {"n": number}, _("Mục này chưa có chữ nào."))
        for number, clause in enumerate(text.clauses, start=1)
        if not clause.heading and not clause.text
    ]


def _advice(document: BlocDocument, text: CovenantText) -> list[Finding]:
    found = []
    if not text.bases:
        found.append(_note(_("Căn cứ"), _("Chưa có căn cứ nào.")))
    if document.is_covenant:
        found += _about_promises(document, text)
    if document.date and document.date < clock.today():
        found.append(_note(_("Ngày ký"), _("Ngày ký đã qua.")))
    if document.date and document.date > clock.today():
        words = _("Ngày ký chưa tới: chữ ký mang thời điểm ký thật, sớm hơn ngày in trên văn bản.")
        found.append(_note(_("Ngày ký"), words))
    found += _left_open(text)
    if not text.recipients:
        found.append(_note(_("Nơi nhận"), _("Chưa có nơi nhận.")))
    return found


def _left_open(text: CovenantText) -> list[Finding]:
    """Words in braces that nobody has filled in, or that mean nothing here."""
    words = [f"{{{word}}}" for _place, string in all_strings(text) for word in placeholders.open_words(string)]
    if not words:
        return []
    shown = ", ".join(dict.fromkeys(words))
    return [_note(_("Chỗ để trống"), _("Chưa điền hoặc không có nghĩa: %(words)s.") % {"words": shown})]


def _about_promises(document: BlocDocument, text: CovenantText) -> list[Finding]:
    found = []
    if not text.indicators:
        found.append(_note(pgettext("plural", "Chỉ tiêu"), _("Chưa có chỉ tiêu nào để chấm điểm cuối năm.")))
    registered = {row.unit_id for row in text.registrations}
    if silent := [seat.unit.short_name for seat in document.bloc_year.ordered_seats if str(seat.unit_id) not in registered]:
        found.append(_note(_("Danh hiệu đăng ký"), _("Chưa đăng ký: %(units)s.") % {"units": ", ".join(silent)}))
    return found
