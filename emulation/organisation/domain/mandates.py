"""Bases for signing on behalf of a unit's head: record one, end one, find the one that is live."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from emulation.lib import clock, file_types
from emulation.lib.verdict import enforce, first_refusal
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.enums import Capacity, MandateScope, Post
from emulation.organisation.models import Mandate, Position
from emulation.records.domain import audit, documents
from emulation.records.events import Event

DOCUMENT_KIND = "mandate"
MOST_BYTES = 10 * 1024 * 1024
FILE_TYPES = (file_types.PDF, file_types.PNG, file_types.JPEG)


@transaction.atomic
def record(
    position: Position,
    *,
    actor: Actor,
    capacity: str,
    document: str,
    valid_from: date,
    valid_until: date | None = None,
    scope: str = MandateScope.ALL,
    file: tuple[str, bytes] | None = None,
) -> Mandate:
    """Record the document that lets this commander sign for the head (Decree 30/2020, art. 13), with its copy as (name, bytes).

    Raises `Refused`, `ValidationError` (period, missing words, a copy that is neither PDF nor picture).
    """
    enforce(first_refusal(policies.may_record_mandate(position.unit, actor), policies.may_be_mandated(position)))
    if capacity == Capacity.TUQ and valid_until is None:
        raise ValidationError({"valid_until": _("Thừa ủy quyền phải có thời hạn: ghi ngày kết thúc.")})
    kind = _demand_copy(*file) if file else ""
    mandate = Mandate(
        scope=scope,
        position=position,
        capacity=capacity,
        document=document,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=actor.user,
        recorded_at=clock.now(),
    )
    mandate.full_clean()
    if file:
        mandate.file = documents.keep_once(DOCUMENT_KIND, file[1])
        mandate.file_name, mandate.file_type = file_types.tidy_name(file[0]), file_types.MEDIA_TYPES[kind]
    mandate.save()
    audit.log(
        Event.MANDATE_RECORDED,
        stream=f"unit:{position.unit_id}",
        actor=actor,
        mandate=mandate.pk,
        to=str(position),
        basis=document,
        scope=scope,
        **({"file": mandate.file.sha256} if mandate.file else {}),
    )
    return mandate


def _demand_copy(name: str, data: bytes) -> str:
    """What the copy is by its content. Raises `ValidationError` for its field."""
    if len(data) > MOST_BYTES:
        raise ValidationError({"file": _("Tệp lớn quá %(n)d MB.") % {"n": MOST_BYTES // 2**20}})
    kind = file_types.true_type(data)
    if kind not in FILE_TYPES:
        raise ValidationError({"file": _("Tệp không phải PDF, JPG hoặc PNG, dù tên tệp có thể ghi như vậy, hoặc đã hỏng.")})
    if kind != file_types.claimed_type(name):
        raise ValidationError({"file": _("Tệp có nội dung là %(found)s, khác với tên tệp.") % {"found": kind}})
    return kind


@transaction.atomic
def end(mandate: Mandate, *, actor: Actor) -> Mandate:
    """End a basis: it holds no longer from this moment on, today included. Ended twice is ended once. Raises `Refused`."""
    enforce(policies.may_record_mandate(mandate.position.unit, actor))
    mandate = Mandate.objects.select_for_update(of=("self",)).select_related("position__unit").get(pk=mandate.pk)
    if mandate.ended_at is None:
        yesterday = clock.today() - timedelta(days=1)
        mandate.ended_at = clock.now()
        mandate.valid_until = max(min(mandate.valid_until or yesterday, yesterday), mandate.valid_from)
        mandate.save(update_fields=["ended_at", "valid_until"])
        audit.log(Event.MANDATE_ENDED, stream=f"unit:{mandate.position.unit_id}", actor=actor, mandate=mandate.pk)
    return mandate


def visible_to(actor: Actor) -> QuerySet[Mandate]:
    """The bases that the actor may see, newest first: those of his own unit, in the office those of all units."""
    rows = Mandate.objects.select_related("position__person", "position__unit", "recorded_by")
    rows = rows.prefetch_related("position__unit__names")
    return rows if actor.is_office else rows.filter(position__unit=actor.unit_id)


def to_be_mandated(actor: Actor) -> QuerySet[Position]:
    """The positions for which the actor may record a basis: deputies in post today, who may sign."""
    rows = Position.objects.on(clock.today()).signers().exclude(post=Post.HEAD).full().order_by("unit", "pk")
    return rows if actor.is_office else rows.filter(unit=actor.unit_id)


def live(position: Position, scope: str | None = None, *, day: date | None = None) -> Mandate | None:
    """The newest basis of this position that holds on this day, today by default; for documents of this scope, if one is given."""
    on = day or clock.today()
    found = (mandate for mandate in position.mandates.all() if mandate.live_on(on))
    return next((mandate for mandate in found if scope is None or mandate.covers(scope)), None)


def why_not(position: Position, scope: str, day: date) -> str:
    """Why this position has no basis for such a document on that day, in a sentence."""
    rows = list(position.mandates.all())
    if other := next((row for row in rows if row.live_on(day)), None):
        return _("Căn cứ ký thay chỉ dùng cho: %(scope)s.") % {"scope": str(other.get_scope_display()).lower()}
    if ended := [row.valid_until for row in rows if row.covers(scope) and row.valid_until and row.valid_until < day]:
        said = {"end": f"{max(ended):%d/%m/%Y}", "day": f"{day:%d/%m/%Y}"}
        return _("Căn cứ ký thay đã hết hiệu lực ngày %(end)s, trước ngày ký %(day)s.") % said
    if begins := [row.valid_from for row in rows if row.covers(scope) and row.valid_from > day]:
        return _("Căn cứ ký thay có hiệu lực từ ngày %(day)s, chưa đến ngày.") % {"day": f"{min(begins):%d/%m/%Y}"}
    return ""


def live_today(scope: str = "") -> QuerySet[Mandate]:
    """All bases that hold today, for this scope if one is given: `Mandate.live_on` and `covers` as a question to the database."""
    today = clock.today()
    rows = Mandate.objects.filter(valid_from__lte=today).filter(Q(valid_until=None) | Q(valid_until__gte=today))
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__date__gt=today))
    return rows.filter(scope__in=[MandateScope.ALL, scope]) if scope else rows


def describe(mandate: Mandate) -> str:
    """One line for lists: form, document, period."""
    until = mandate.valid_until.strftime("%d/%m/%Y") if mandate.valid_until else _("không thời hạn")
    return f"{mandate.get_capacity_display()} {mandate.document} ({mandate.valid_from:%d/%m/%Y} – {until})"
