"""How minutes are signed: by the secretary and by the commander of the unit in the chair."""

from collections.abc import Sequence

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from blocs.domain.minutes_kind import KIND
from blocs.models import Conference, Minutes
from blocs.views.conference_room import find, minutes_of
from blocs.views.conferences import MENU
from blocs.views.signing_pages import Place, SigningPages, Words
from emulation.organisation.access import ActedRequest
from emulation.signing.enums import SlotRole
from emulation.signing.models import Slot


def find_minutes(request: ActedRequest, pk: int) -> tuple[Conference, Minutes]:
    """The conference with its minutes, if the actor may see it and they were begun; 404 otherwise."""
    conference = find(request, pk, parts=())
    minutes = minutes_of(conference)
    if minutes is None:
        raise Http404
    minutes.conference = conference
    return conference, minutes


def _find(request: ActedRequest, pk: int) -> Conference:
    return find_minutes(request, pk)[0]


def _place(conference: Conference) -> Place:
    crumbs = [
        (conference.get_kind_display(), reverse("conference", args=[conference.pk])),
        (_("Biên bản"), reverse("minutes", args=[conference.pk])),
    ]
    return Place(crumbs, f"{conference.title} · {conference.bloc_year.full_name}")


def _awaited(slot: Slot) -> str:
    subject = slot.round.known_subject
    if slot.role == SlotRole.SECRETARY and isinstance(subject, Conference) and subject.secretary:
        return subject.secretary.ranked_name
    return slot.unit_name


def _not_yours(_slots: Sequence[Slot]) -> str:
    return _("Biên bản do thư ký và chỉ huy đơn vị chủ trì ký.")


def _words() -> Words:
    return Words(
        noun=_("biên bản"),
        refusal=_("Biên bản chưa có hiệu lực khi còn người từ chối; muốn sửa nội dung, người lập biên bản mở lại dự thảo."),
        void=_("Mở lại dự thảo biên bản"),
        voided=_("Đã hủy vòng ký; biên bản sửa lại được."),
        void_link=_("Mở lại dự thảo…"),
    )


PAGES = SigningPages(
    kind=KIND,
    name="minutes",
    page="minutes",
    menu=MENU,
    find=_find,
    place=_place,
    not_yours=_not_yours,
    awaited=_awaited,
    words=_words,
)
