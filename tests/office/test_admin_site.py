"""The admin as a whole: who comes in, what is in it, and that nothing happens there without a policy and a verb."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from blocs.domain import library
from blocs.enums import DocumentState
from emulation.organisation.models import Mandate
from emulation.records.models import AuditEntry
from tests import builders

pytestmark = pytest.mark.django_db
KEPT = {"auditentry", "blocdocument", "blocyear", "libraryclause", "mandate", "unit", "user", "year"}


@pytest.fixture
def office(client):
    client.force_login(builders.staff(builders.office()).user)
    return client


def pages():
    """Each address of the admin by its name, with the names of its keys."""
    _prefix, patterns = get_resolver().namespace_dict["admin"]
    return {name: patterns.reverse_dict[name] for name in patterns.reverse_dict if isinstance(name, str)}


def library_clause(actor):
    return library.keep(None, actor=actor, values={"heading": "Điều khoản mẫu", "text": "Trong năm {năm}."})


def row_keys(made):
    """A key for each kind of row, all of them of one bloc."""
    mandate = builders.deputy(made.members[0].unit).position.mandates.get()
    return {
        "auditentry": AuditEntry.objects.latest("pk").pk, "blocyear": made.bloc.bloc_year.pk, "blocdocument": made.pk,
        "mandate": mandate.pk, "libraryclause": library_clause(made.office).pk,
        "unit": made.leader.unit_id, "user": made.leader.user_id, "year": made.bloc.bloc_year.year_id,
    }  # fmt: skip


def addresses(made):
    """Every address of the admin with real keys."""
    keys = row_keys(made)
    for name in pages():
        if name in {"index", "jsi18n"}:
            yield name, reverse(f"admin:{name}")
        elif name == "app_list":
            yield from ((name, reverse("admin:app_list", args=[label])) for label in ("blocs", "organisation", "records"))
        else:
            model = name.split("_")[1]
            given = [(), (keys[model],), (keys[model], 1)]
            yield name, next(filter(None, (address(name, arguments) for arguments in given)))


def address(name, arguments):
    try:
        return reverse(f"admin:{name}", args=arguments)
    except NoReverseMatch:
        return None


def test_only_what_asks_policies_is_registered():
    assert {model._meta.model_name for model in admin.site._registry} == KEPT
    assert all(options.asks_policies for options in admin.site._registry.values())
    assert all(not options.get_actions(None) for options in admin.site._registry.values())


def test_django_s_own_log_in_and_passwords_are_not_there():
    assert {"login", "logout", "password_change", "autocomplete", "view_on_site"}.isdisjoint(pages())


def test_every_page_opens_for_the_office_or_says_why_not(office):
    made = builders.document(DocumentState.SIGNING)
    seen = {}
    for name, where in addresses(made):
        seen.setdefault(name, set()).add(office.get(where).status_code)
    refused = {name for name, codes in seen.items() if codes == {403}}
    deleting = {name for name in seen if name.endswith("_delete")}
    assert refused == deleting | {"records_auditentry_add", "blocs_blocdocument_add"}
    posted_only = {name for name, codes in seen.items() if codes == {405}}
    assert posted_only == {"organisation_mandate_end"}
    assert {code for name, codes in seen.items() if name not in refused | posted_only for code in codes} == {200}


def test_strangers_are_led_to_the_log_in(client):
    made = builders.document(DocumentState.SIGNING)
    for name, where in addresses(made):
        for response in (client.get(where), client.post(where)):
            assert response.status_code == 302, name
            assert response["Location"].startswith(f"{reverse('login')}?next="), name


@pytest.mark.parametrize("who", ["leader", "member", "staff", "director", "without a position"])
def test_whoever_does_not_keep_the_organisation_reads_why_not(client, who):
    made = builders.document(DocumentState.SIGNING)
    actor = {
        "leader": lambda: made.leader,
        "member": lambda: made.members[0],
        "staff": lambda: builders.staff(made.leader.unit),
        "director": builders.director,
        "without a position": lambda: None,
    }[who]()
    client.force_login(actor.user if actor else builders.person())
    for name, where in addresses(made):
        for response in (client.get(where), client.post(where)):
            assert response.status_code == 403, name
            assert "Chỉ cơ quan thường trực thi đua hoặc quản trị hệ thống" in response.content.decode()


def test_an_administrator_keeps_units_and_people_and_sees_no_bloc(client):
    made = builders.document(DocumentState.SIGNING)
    client.force_login(builders.administrator().user)
    codes = {}
    for name, where in addresses(made):
        codes.setdefault(name.split("_")[0], set()).add(client.get(where).status_code)
    assert codes["blocs"] <= {403, 404}
    assert 200 in codes["organisation"]
    index = client.get(reverse("admin:index")).content.decode()
    assert reverse("admin:organisation_unit_changelist") in index
    assert reverse("admin:blocs_blocdocument_changelist") not in index


def test_forged_posts_are_refused():
    made = builders.document(DocumentState.SIGNING)
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(made.office.user)
    for name, where in addresses(made):
        assert forged.post(where, {"full_name": "x", "reason": "x", "name": "x"}).status_code in {403, 405}, name
    assert AuditEntry.objects.filter(event__in=["round_voided", "user_changed", "mandate_ended"]).count() == 0
    assert Mandate.objects.filter(valid_until=None).exists()


def test_nothing_can_be_deleted(office):
    made = builders.document(DocumentState.SIGNING)
    for name, where in addresses(made):
        if name.endswith("_delete"):
            assert office.post(where, {"post": "yes"}).status_code == 403


def test_what_does_not_exist_is_not_found(office):
    for model in KEPT:
        app = next(found._meta.app_label for found in admin.site._registry if found._meta.model_name == model)
        for key in ("999999", "x", "1_5"):
            assert office.get(reverse(f"admin:{app}_{model}_change", args=[key])).status_code == 404
    assert office.get("/quan-tri/auth/group/").status_code == 404


def test_the_trail_is_the_audit_not_a_second_log(office):
    assert office.post(reverse("admin:organisation_user_add"), {"username": "moi", "full_name": "Người Mới"}).status_code == 302
    assert not LogEntry.objects.exists()
    assert AuditEntry.objects.filter(event="user_created", data__username="moi").exists()


def test_pages_hold_nothing_that_the_content_policy_refuses(office):
    made = builders.document(DocumentState.DRAFT)
    for name in ("blocs_blocdocument_change", "blocs_blocyear_change"):
        text = office.get(reverse(f"admin:{name}", args=[made.pk])).content.decode()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text


def test_the_menu_says_where_one_is(client):
    client.force_login(builders.administrator().user)
    text = client.get(reverse("admin:organisation_unit_changelist")).content.decode()
    assert f'<a href="{reverse("admin:index")}" aria-current="page">' in text
