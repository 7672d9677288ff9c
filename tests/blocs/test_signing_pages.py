"""One place for the pages on which a few people sign one document: what a further kind of document gets for its few lines."""

import pytest
from django.http import HttpResponse
from django.urls import path, reverse

from blocs.domain import minutes
from blocs.enums import ConferenceState
from blocs.views.minutes_signing import PAGES as OF_MINUTES
from blocs.views.signing_pages import SigningPages
from emulation import urls
from emulation.signing.domain import rounds
from tests import builders, meetings
from tests.builders import SECRET

pytestmark = pytest.mark.django_db

# The rounds of minutes, under addresses of their own: nothing is given but what a kind has to give.
FURTHER = SigningPages(
    kind=OF_MINUTES.kind,
    name="further",
    page="further",
    menu="",
    words=OF_MINUTES.words,
    find=OF_MINUTES.find,
    place=OF_MINUTES.place,
    not_yours=OF_MINUTES.not_yours,
)
urlpatterns = [
    *urls.urlpatterns,
    *FURTHER.paths("them/<int:pk>/"),
    path("them/<int:pk>/", lambda request, pk: HttpResponse(), name="further"),
]


@pytest.fixture
def made(settings):
    settings.ROOT_URLCONF = __name__
    cast = builders.bloc()
    builders.demonstration()
    conference = meetings.conference(ConferenceState.CLOSED, of=cast)
    minutes.open_signing(minutes.draft(conference, actor=cast.leader), actor=cast.leader)
    return cast, conference


def test_all_its_addresses_answer(client, made):
    cast, conference = made
    client.force_login(cast.leader.user)
    page, sign = (reverse(name, args=[conference.pk]) for name in ("further", "further_sign"))
    shown = client.get(sign)
    assert (shown.status_code, client.get(shown.context["pages"][0]["picture"])["Content-Type"]) == (200, "image/png")
    refused = client.post(reverse("further_refuse", args=[conference.pk]), {"reason": "Sai tên."})
    assert (refused.status_code, refused["Location"]) == (302, page)
    assert client.post(reverse("further_withdraw", args=[conference.pk]))["Location"] == sign
    sent = {"secret": SECRET, "digest": shown.context["form"].initial["digest"]}
    assert client.post(sign, sent)["Location"] == page
    assert client.get(reverse("further_pdf", args=[conference.pk])).content[:5] == b"%PDF-"
    assert client.post(reverse("further_void", args=[conference.pk]), {"reason": "Sai tên."})["Location"] == page
    assert rounds.newest(FURTHER.kind, conference).state == "voided"


def test_its_own_page_shows_who_signs(made):
    cast, conference = made
    signing_round = rounds.newest(FURTHER.kind, conference)
    about = FURTHER.about(conference, signing_round, cast.leader)
    assert [awaited for _slot, awaited in about["slots"]] == [slot.unit_name for slot in signing_round.slots.order_by("number")]
    assert (about["may_sign"], about["sign_url"]) == (True, reverse("further_sign", args=[conference.pk]))
    assert not FURTHER.about(conference, signing_round, cast.members[0])["may_sign"]


def test_before_a_round_there_is_nothing_to_sign(client, made):
    cast, conference = made
    signing_round = rounds.newest(FURTHER.kind, conference)
    signing_round.slots.all().delete()
    type(signing_round).objects.filter(pk=signing_round.pk).update(subject_id=0)
    client.force_login(cast.leader.user)
    for act in ("sign", "refuse", "void", "pdf"):
        assert client.get(reverse(f"further_{act}", args=[conference.pk])).status_code == 404
