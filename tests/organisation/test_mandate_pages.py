"""The page of bases for signing on behalf: who sees which, who records, who ends."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from emulation.lib import clock
from emulation.organisation.models import Mandate
from tests import builders

pytestmark = pytest.mark.django_db

PAGE = reverse("mandates")
TODAY = clock.today()


@pytest.fixture
def unit():
    return builders.unit("Đức Hòa")


@pytest.fixture
def deputy(unit):
    return builders.deputy(unit, mandate=False)


def values(deputy, **other):
    typed = {
        "position": deputy.position.pk,
        "capacity": "kt",
        "document": "Giấy ủy quyền số 1",
        "valid_from": f"{TODAY:%d/%m/%Y}",
    }
    return typed | other


def page_of(client, actor):
    client.force_login(actor.user)
    return client.get(PAGE).content.decode()


@pytest.mark.parametrize("by", ["head", "office"])
def test_head_and_office_record_and_end(client, unit, deputy, by):
    client.force_login((builders.commander(unit) if by == "head" else builders.staff(builders.office())).user)
    assert client.post(PAGE, values(deputy)).url == PAGE
    mandate = Mandate.objects.get()
    page = client.get(PAGE).content.decode()
    assert "Giấy ủy quyền số 1" in page
    assert "Còn hiệu lực" in page
    assert client.post(reverse("mandate_end", args=[mandate.pk])).url == PAGE
    mandate.refresh_from_db()
    assert not mandate.live_on(TODAY)
    assert "Đã hết" in client.get(PAGE).content.decode()


def test_what_is_wrong_is_said_at_its_field(client, unit, deputy):
    client.force_login(builders.commander(unit).user)
    wrong = values(deputy, document="", valid_from="31/02/2026", valid_until="01/01/2020")
    page = client.post(PAGE, wrong).content.decode()
    assert "ngày/tháng/năm" in page
    page = client.post(PAGE, values(deputy, valid_until=f"{TODAY - timedelta(days=9):%d/%m/%Y}")).content.decode()
    assert "Ngày kết thúc phải từ ngày bắt đầu" in page
    assert not Mandate.objects.exists()


def test_deputies_and_staff_see_their_unit_and_read_why_they_may_not_record(client, unit, deputy):
    builders.deputy(builders.unit("Kim Sơn"))
    own = builders.deputy(unit)
    for actor in (own, builders.staff(unit)):
        page = page_of(client, actor)
        assert "Chỉ cấp trưởng của đơn vị hoặc cơ quan thường trực" in page
        assert "Công an xã Đức Hòa" in page
        assert "Kim Sơn" not in page
    assert client.post(PAGE, values(deputy)).status_code == 403
    assert Mandate.objects.count() == 2


def test_a_head_cannot_reach_another_unit(client, unit, deputy):
    stranger = builders.commander(builders.unit("Kim Sơn"))
    mandate = builders.deputy(unit).position.mandates.get()
    client.force_login(stranger.user)
    page = client.post(PAGE, values(deputy)).content.decode()
    assert "không còn trong danh sách" in page
    assert client.post(reverse("mandate_end", args=[mandate.pk])).status_code == 404
    assert Mandate.objects.filter(ended_at=None).count() == 1


def test_the_queries_do_not_grow_with_the_rows(client, unit, django_assert_max_num_queries):
    office = builders.staff(builders.office())
    for _ in range(3):
        builders.deputy(builders.unit())
    client.force_login(office.user)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_a_basis_ends_with_the_post_of_its_holder(client, unit):
    own = builders.deputy(unit)
    builders.end_position(own, last_day=TODAY - timedelta(days=1))
    page = page_of(client, builders.commander(unit))
    assert "Đã hết" in page
    assert "Còn hiệu lực" not in page


def test_scope_and_copy_are_shown_and_the_copy_is_for_unit_and_office_only(client, unit, deputy):
    client.force_login(builders.commander(unit).user)
    copy = SimpleUploadedFile("giấy ủy quyền.pdf", b"%PDF-1.7\n%%EOF\n", "text/html")
    assert client.post(PAGE, values(deputy, scope="covenant", file=copy)).url == PAGE
    mandate = Mandate.objects.get()
    page = client.get(PAGE).content.decode()
    assert "Giao ước thi đua" in page
    address = reverse("mandate_file", args=[mandate.pk])
    assert address in page
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7\n%%EOF\n", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    client.force_login(builders.commander(builders.unit("Kim Sơn")).user)
    assert client.get(address).status_code == 404


def test_a_basis_without_a_copy_has_nothing_to_download(client, unit):
    mandate = builders.deputy(unit).position.mandates.get()
    client.force_login(builders.commander(unit).user)
    assert client.get(reverse("mandate_file", args=[mandate.pk])).status_code == 404


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"capacity": "tuq"}, "Thừa ủy quyền phải có thời hạn"),
        ({"scope": "mọi thứ"}, "is-invalid"),
        ({"file": SimpleUploadedFile("giay.pdf", b"MZ a program")}, "không phải PDF, JPG hoặc PNG"),
        ({"file": SimpleUploadedFile("giay.pdf", b"")}, "Tệp rỗng"),
    ],
)
def test_a_wrong_scope_copy_or_period_is_said_and_nothing_is_kept(client, unit, deputy, other, words):
    client.force_login(builders.commander(unit).user)
    page = client.post(PAGE, values(deputy, **other)).content.decode()
    assert words in page
    assert "Giấy ủy quyền số 1" in page
    assert not Mandate.objects.exists()


def test_a_head_without_deputies_is_told_instead_of_an_empty_choice(client, unit):
    page = page_of(client, builders.commander(unit))
    assert "Chưa có ai để giao ký thay." in page
    assert 'name="position"' not in page
    builders.deputy(unit, mandate=False)
    assert 'name="position"' in client.get(PAGE).content.decode()
