"""What comes in an address or a form: absurd numbers end on a clean page, and no secret ever stands in a report of an error."""

import pytest
from django.urls import reverse

from blocs.domain import minutes
from blocs.enums import ConferenceState, DocumentState
from tests import builders, meetings
from tests.builders import SECRET

ABSURD = ["9" * 5000, "-1", "0", "２０２６", "²", "1e3", "", "\0"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("given", ABSURD)
def test_a_year_that_is_none_shows_the_usual_one(client, given):
    made = builders.document(DocumentState.DISCUSSION)
    client.force_login(made.office.user)
    for name in ("blocs", "board"):
        shown = client.get(reverse(name), {"nam": given})
        assert (shown.status_code, shown.context["year"]) == (200, made.row.bloc_year.year_id)


@pytest.mark.parametrize("given", ["9" * 5000, "9" * 30, "-1", "x"])
def test_a_bloc_that_is_none_is_no_model_for_a_new_one(client, given):
    client.force_login(builders.bloc().office.user)
    assert client.get(reverse("bloc_new"), {"tu": given}).status_code == 404


class TestSecrets:
    """Django leaves out of its reports what a view has marked."""

    def marked(self, client, address):
        return client.post(address, {"secret": SECRET, "digest": "x"}).wsgi_request.sensitive_post_parameters

    def test_of_who_signs_a_document(self, client):
        made = builders.document(DocumentState.SIGNING)
        client.force_login(made.leader.user)
        assert "secret" in self.marked(client, reverse("sign", args=[made.pk]))
        assert "secret" in self.marked(client, reverse("desk_sign", args=[made.pk, 2]))

    def test_of_who_signs_in_the_admin(self, client):
        made = builders.document(DocumentState.SIGNING)
        client.force_login(made.office.user)
        assert "secret" in self.marked(client, reverse("admin:blocs_blocdocument_sign", args=[made.pk, 1]))

    def test_of_who_signs_minutes(self, client):
        cast = builders.bloc()
        builders.demonstration()
        closed = meetings.conference(ConferenceState.CLOSED, of=cast)
        minutes.open_signing(minutes.draft(closed, actor=cast.leader), actor=cast.leader)
        client.force_login(cast.leader.user)
        assert "secret" in self.marked(client, reverse("minutes_sign", args=[closed.pk]))
