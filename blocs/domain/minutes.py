"""Minutes: draft them from what was recorded, edit, freeze for the signatures of secretary and chair."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs import conference_policies as policies
from blocs.documents.minutes import MinutesText, minutes_html
from blocs.domain import annexes, attendance, form_check, minutes_text, previews
from blocs.domain.conference_rows import lock
from blocs.domain.drafts import Conflict
from blocs.domain.minutes_kind import KIND
from blocs.domain.snapshots import province_of
from blocs.models import Conference, Minutes
from blocs.workflow import MINUTES
from emulation.lib import clock, vietnamese
from emulation.lib.verdict import Verdict, enforce, refuse
from emulation.organisation.actors import Actor
from emulation.organisation.domain import units
from emulation.organisation.enums import MandateScope
from emulation.pdf import frame as page
from emulation.pdf import pictures
from emulation.pdf.fonts import describe, missing_characters
from emulation.pdf.frame import DocumentFrame, Verification
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing.domain import freezing, rounds
from emulation.signing.domain.freezing import RoundPlan, SlotPlan
from emulation.signing.enums import SlotRole
from emulation.signing.models import SigningRound

TEXT_FIELDS = ("number", "text", "recipients")


@transaction.atomic
def draft(conference: Conference, *, actor: Actor) -> Minutes:
    """Write the minutes from what was recorded; those that were begun stay as they are. Raises `Refused`."""
    conference = lock(conference)
    found = Minutes.objects.filter(conference=conference).first()
    enforce(policies.may_write_minutes(conference, found, actor))
    if found:
        return found
    office = conference.bloc_year.standing_office.name_on(_day(conference))
    minutes = Minutes.objects.create(
        conference=conference,
        text=minutes_text.drafted(conference),
        recipients="\n".join([f"{office} (để báo cáo)", "Các đơn vị trong khối", "Lưu: VT"]),
        drafted_at=clock.now(),
        changed_at=clock.now(),
    )
    audit.log(Event.MINUTES_DRAFTED, stream=minutes.stream, actor=actor)
    return minutes


@transaction.atomic
def draft_again(minutes: Minutes, *, actor: Actor) -> Minutes:
    """Replace the text by what the records say now; what was typed meanwhile is lost, and the audit keeps its hash. Raises `Refused`."""
    minutes = _lock(minutes, actor)
    before = minutes.text
    minutes.text = minutes_text.drafted(minutes.conference)
    _store(minutes, "text")
    audit.log(Event.MINUTES_DRAFTED, stream=minutes.stream, actor=actor, replaced=_sha256(before))
    return minutes


@transaction.atomic
def save(minutes: Minutes, *, actor: Actor, seen: int, values: Mapping[str, Any]) -> Minutes:
    """Save some of `TEXT_FIELDS`. Raises `Refused`, `ValidationError`, `Conflict` when somebody else saved meanwhile."""
    minutes = _lock(minutes, actor)
    if minutes.edits != seen:
        raise Conflict(minutes)
    changed = [name for name in TEXT_FIELDS if name in values and getattr(minutes, name) != vietnamese.nfc(values[name])]
    for name in changed:
        setattr(minutes, name, vietnamese.nfc(values[name]))
    if changed:
        minutes.full_clean(exclude=["conference"])
        _store(minutes, *changed)
        audit.log(Event.MINUTES_CHANGED, stream=minutes.stream, actor=actor, changed=changed, text=_sha256(minutes.text))
    return minutes


@transaction.atomic
def open_signing(minutes: Minutes, *, actor: Actor) -> SigningRound:
    """Freeze the minutes and open them for secretary and chair. Raises `Refused`, `ValidationError` (faults of the text)."""
    minutes = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    minutes.conference = conference = lock(minutes.conference)
    enforce(openable(minutes, actor))
    text = text_of(minutes)
    if faults := faults_of(text, minutes.number, conference.locality):
        raise ValidationError(faults)

    def print_page(fields: list[str], verification: Verification) -> str:
        return minutes_html(text, document_frame(minutes, fields=fields, verification=verification))

    plan = RoundPlan(
        kind=KIND,
        subject_id=conference.pk,
        title=f"Biên bản {_lowered(conference.title)}",
        body_name=conference.bloc_year.full_name,
        document_date=_day(conference),
        clause_count=text.heading_count,
        content_sha256=text.sha256,
        slots=_slots(conference),
    )
    minutes.state, minutes.changed_at = MINUTES.target("open_signing"), clock.now()
    minutes.save(update_fields=["state", "changed_at"])
    return freezing.open_round(plan, actor=actor, print_page=print_page)


def openable(minutes: Minutes, actor: Actor) -> Verdict:
    """Whether the actor may open them: the conference had its quorum, and both who are to sign can."""
    for verdict in (policies.may_open_minutes(minutes, actor), attendance.quorum(minutes.conference)):
        if not verdict:
            return verdict
    return signable(minutes.conference)


def signable(conference: Conference) -> Verdict:
    """Whether secretary and chair can sign: a secretary in post, and a commander of the chair's unit who is not the secretary."""
    secretary = conference.secretary
    if secretary is None:
        return refuse(_("Chưa chọn thư ký: mở lại kết quả hội nghị, bấm Sửa và chọn thư ký."))
    if not secretary.held_on(clock.today()):
        return refuse(_("Thư ký không còn giữ chức vụ: mở lại kết quả hội nghị và chọn thư ký khác."))
    chairs = form_check.signers_of([conference.chair_unit_id], MandateScope.MINUTES).exclude(person=secretary.person_id)
    if not chairs.exists():
        return refuse(_("Đơn vị chủ trì chưa có chỉ huy nào được ký, ngoài thư ký."))
    return Verdict()


def faults_of(text: MinutesText, *around: str) -> list[str]:
    """What keeps the text from being printed, and what stands around it: number, place."""
    if not text.lines:
        return [_("Biên bản chưa có nội dung.")]
    if missing := missing_characters(" ".join([text.event, text.text, *text.recipients, *around])):
        shown = ", ".join(describe(char) for char in missing[:5])
        return [_("Ký tự không in được: %(chars)s. Đồng chí xóa hoặc thay ký tự này.") % {"chars": shown}]
    return []


def text_of(minutes: Minutes) -> MinutesText:
    """The text as plain values, with what goes out with the minutes by now."""
    recipients = [line.strip().rstrip(";.") for line in minutes.recipients.splitlines() if line.strip()]
    annexed = annexes.of_conference(minutes.conference)
    named = [(row.printed_title, row.annex.sha256) for row in annexed if row.annex]
    return MinutesText(minutes.conference.title, minutes.text, recipients, named)


def document_frame(
    minutes: Minutes, *, fields: list[str] | None = None, verification: Verification | None = None, draft_label: str = ""
) -> DocumentFrame:
    """The frame for printing: secretary at the left, chair at the right, names valid on the day of the conference."""
    conference = minutes.conference
    bloc_year, day = conference.bloc_year, _day(conference)
    province = province_of(bloc_year)
    names = fields or ["sig-1", "sig-2"]
    return DocumentFrame(
        agency=province.name_on(day) if province else "",
        bloc_name=bloc_year.full_name,
        place=conference.locality,
        date=day,
        year=bloc_year.year_id,
        seats=[page.Seat("secretary", "Thư ký", "", names[0]), page.Seat("chair", "Chủ trì", "", names[1])],
        number=minutes.number,
        is_demonstration=units.is_demonstration(),
        draft_label=draft_label,
        verification=verification,
    )


def preview(minutes: Minutes) -> previews.Preview:
    """The minutes as they would print now."""
    html = minutes_html(text_of(minutes), document_frame(minutes, draft_label="DỰ THẢO"))
    key, pdf = previews.rendered(folder(minutes.conference_id), html)
    return previews.Preview(key, pictures.page_count(pdf))


def folder(conference_id: int) -> str:
    """Where previews of these minutes are kept."""
    return f"bien-ban-{conference_id}"


def current_round(conference: Conference) -> SigningRound | None:
    """The newest signing round of the minutes, whatever its state."""
    return rounds.newest(KIND, conference)


def _slots(conference: Conference) -> list[SlotPlan]:
    secretary, day = conference.secretary, _day(conference)
    assert secretary is not None
    return [
        SlotPlan(secretary.unit, secretary.unit.name_on(day), SlotRole.SECRETARY, "Thư ký"),
        SlotPlan(conference.chair_unit, conference.chair_unit.name_on(day), SlotRole.CHAIR, "Chủ trì"),
    ]


def _lock(minutes: Minutes, actor: Actor) -> Minutes:
    minutes = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    minutes.conference = Conference.objects.full().get(pk=minutes.conference_id)
    enforce(policies.may_write_minutes(minutes.conference, minutes, actor))
    return minutes


def _store(minutes: Minutes, *fields: str) -> None:
    minutes.edits += 1
    minutes.changed_at = clock.now()
    minutes.save(update_fields=["edits", "changed_at", *fields])


def _day(conference: Conference) -> date:
    return clock.local(conference.starts_at).date()


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
