"""A snapshot of the standings: its pages, who signs and has signed; open it, and how it is signed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.views.signing_pages import Place, SigningPages, Words
from emulation.organisation.access import ActedRequest, acting
from emulation.signing.models import Slot
from scoring import campaign_policies as policies
from scoring.domain import standings as verbs
from scoring.domain import standings_kind
from scoring.enums import StandingState
from scoring.models import Campaign, Snapshot
from scoring.views.campaigns import MENU


def find_snapshot(request: ActedRequest, pk: int) -> Snapshot:
    """The snapshot, if it is published or the actor may see what leads to it; 404 otherwise."""
    row = get_object_or_404(Snapshot.objects.select_related("run", "supersedes", "campaign"), pk=pk)
    visible = Campaign.objects.visible_to(request.actor).full().prefetch_related("snapshots")
    row.campaign = get_object_or_404(visible, pk=row.campaign_id)
    if row.state != StandingState.PUBLISHED and not policies.may_see_running(row.campaign, request.actor):
        raise Http404
    return row


def _place(snapshot: Snapshot) -> Place:
    campaign = snapshot.campaign
    crumbs = [
        (campaign.title, reverse("campaign", args=[campaign.pk])),
        (_("Bảng xếp hạng"), reverse("standings_signing", args=[snapshot.pk])),
    ]
    return Place(crumbs, f"{verbs.title_of(snapshot)} · {campaign.bloc_year.full_name}")


def _not_yours(slots: Sequence[Slot]) -> str:
    said = {"first": slots[0].unit_name, "second": slots[-1].unit_name}
    return _("Bảng xếp hạng do chỉ huy %(first)s và %(second)s ký.") % said


def _words() -> Words:
    return Words(
        noun=_("bảng xếp hạng"),
        refusal=_("Kết quả chưa được công bố khi còn người từ chối; muốn sửa, khối trưởng hoặc cơ quan thường trực hủy vòng ký."),
        void=_("Hủy vòng ký bảng xếp hạng"),
        voided=_("Đã hủy vòng ký; bảng xếp hạng lập lại được."),
        void_link=_("Hủy vòng ký…"),
    )


PAGES = SigningPages(
    kind=standings_kind.KIND,
    name="standings",
    page="standings_signing",
    menu=MENU,
    find=find_snapshot,
    place=_place,
    not_yours=_not_yours,
    words=_words,
)


@require_safe
@acting(MENU)
def standings_signing(request: ActedRequest, pk: int) -> HttpResponse:
    """The pages of a snapshot and its signatures; before, the way to open it."""
    snapshot, actor = find_snapshot(request, pk), request.actor
    signing_round = standings_kind.current_round(snapshot)
    context: dict[str, Any] = {
        "snapshot": snapshot,
        "campaign": snapshot.campaign,
        "bloc": snapshot.campaign.bloc_year,
        "title": verbs.title_of(snapshot),
        "round": signing_round,
    }
    if snapshot.state == StandingState.DRAFT:
        may_open = policies.may_open_standings(snapshot, actor)
        context["may_open"] = verbs.signable(snapshot.campaign) if may_open else may_open
        context["slots_planned"] = verbs.slots_of(snapshot.campaign, snapshot.made_at.date())
    elif signing_round:
        context |= PAGES.about(snapshot, signing_round, actor)
    return render(request, "scoring/standings_signing.html", context)


@require_POST
@acting(MENU)
def standings_open(request: ActedRequest, pk: int) -> HttpResponse:
    """Freeze the snapshot for the signatures of leader and deputy."""
    verbs.open_signing(find_snapshot(request, pk), actor=request.actor)
    messages.success(request, _("Đã mở ký bảng xếp hạng; hai đơn vị ký được báo."))
    return redirect("standings_signing", pk)
