"""The pages of minutes: who is shown what next, how they are signed on the screen, what anybody reads of them on the verification page."""

import io

import pytest
from django.urls import reverse

from blocs.domain import minutes, todo
from blocs.enums import ConferenceState, MinutesState
from blocs.models import Conference, Minutes
from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.organisation.actors import Actor
from emulation.signing.domain import ledger, rounds, verification
from tests import builders, meetings
from tests.builders import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return builders.bloc()


@pytest.fixture
def closed(cast):
    builders.demonstration()
    return meetings.conference(ConferenceState.CLOSED, of=cast)


@pytest.fixture
def opened(cast, closed):
    minutes.open_signing(minutes.draft(closed, actor=cast.leader), actor=cast.leader)
    return closed


def secretary_of(conference: Conference) -> Actor:
    return builders.again(Actor(conference.secretary.person, conference.secretary))


def waiting(actor: Actor) -> list[tuple[str, str]]:
    actor = builders.again(actor)
    kinds = (todo.MINUTES, todo.SIGN_MINUTES, todo.WATCH)
    return [(task.kind, task.url) for task in todo.tasks(todo.overview(actor), actor) if task.kind in kinds and task.conference]


def slot_of(conference: Conference, actor: Actor):
    signing_round = minutes.current_round(conference)
    return next(
        slot for slot in signing_round.slots.all() if slot.unit_id == actor.unit_id and slot.role == _role(conference, actor)
    )


def _role(conference: Conference, actor: Actor) -> str:
    return "secretary" if actor.position.pk == conference.secretary_id else "chair"


def test_minutes_wait_for_whoever_writes_them_then_for_both_signers(cast, closed):
    page, own = reverse("conference", args=[closed.pk]), reverse("minutes", args=[closed.pk])
    sign = reverse("minutes_sign", args=[closed.pk])
    secretary = secretary_of(closed)
    assert waiting(cast.leader) == waiting(secretary) == [(todo.MINUTES, page)]
    assert waiting(cast.members[0]) == []
    drafted = minutes.draft(closed, actor=cast.leader)
    assert waiting(secretary) == [(todo.MINUTES, own)]
    minutes.open_signing(drafted, actor=cast.leader)
    assert waiting(cast.leader) == [(todo.SIGN_MINUTES, sign), (todo.WATCH, own)]
    assert waiting(secretary) == [(todo.SIGN_MINUTES, sign), (todo.WATCH, own)]
    for who in (secretary, cast.leader):
        builders.sign(slot_of(closed, who), actor=who)
    assert waiting(cast.leader) == waiting(secretary) == []


def test_a_refusal_comes_to_those_who_can_mend_it(cast, opened):
    secretary = secretary_of(opened)
    rounds.refuse_to_sign(slot_of(opened, secretary), actor=secretary, reason="Thiếu ý kiến bảo lưu")
    actor = builders.again(cast.deputies[0])
    (task,) = [task for task in todo.tasks(todo.overview(actor), actor) if task.conference]
    assert "Thiếu ý kiến bảo lưu. Mở lại dự thảo" in task.note
    assert waiting(secretary)[0] == (todo.SIGN_MINUTES, reverse("minutes_sign", args=[opened.pk]))


def test_a_person_signs_on_the_screen_and_sees_it(client, cast, opened):
    client.force_login(cast.leader.user)
    page = reverse("minutes_sign", args=[opened.pk])
    shown = client.get(page)
    assert "với tư cách chủ trì hội nghị" in shown.content.decode()
    digest = shown.context["form"].initial["digest"]
    wrong = client.post(page, {"secret": "sai", "digest": digest})
    assert (wrong.status_code, wrong.context["form"].errors["secret"]) == (422, ["Mật khẩu không đúng."])
    assert client.post(page, {"secret": SECRET, "digest": digest}).status_code == 302
    said = client.get(reverse("minutes", args=[opened.pk])).content.decode()
    assert "Đã ký biên bản với tư cách chủ trì" in said
    assert said.count("Chưa ký") == 1
    assert client.post(page, {"secret": SECRET, "digest": digest}).status_code == 302


def test_who_does_not_sign_is_told_for_whom_it_is(client, cast, opened):
    client.force_login(cast.members[0].user)
    refused = client.get(reverse("minutes_sign", args=[opened.pk]))
    assert refused.status_code == 403
    assert "thư ký và chỉ huy đơn vị chủ trì" in refused.content.decode()


def test_refusing_taking_it_back_and_voiding_on_the_screen(client, cast, opened):
    client.force_login(cast.leader.user)
    client.post(reverse("minutes_refuse", args=[opened.pk]), {"reason": "Sai số phiếu"})
    assert "Sai số phiếu" in client.get(reverse("minutes", args=[opened.pk])).content.decode()
    client.post(reverse("minutes_withdraw", args=[opened.pk]))
    assert slot_of(opened, cast.leader).state == "ready"
    client.post(reverse("minutes_void", args=[opened.pk]), {"reason": "Ghi thiếu biểu quyết"})
    assert Minutes.objects.get().state == MinutesState.DRAFT
    assert "Ghi thiếu biểu quyết" in client.get(reverse("minutes", args=[opened.pk])).content.decode()


def test_voiding_is_refused_with_the_reason_of_minutes(client, cast, opened):
    client.force_login(cast.members[0].user)
    refused = client.post(reverse("minutes_void", args=[opened.pk]), {"reason": "Ghi thiếu"})
    assert refused.status_code == 403
    assert "thư ký hội nghị được mở lại biên bản" in refused.content.decode()
    assert minutes.current_round(opened).state == "open"


def test_the_verification_page_speaks_of_minutes_and_their_two_signers(client, cast, opened):
    secretary = secretary_of(opened)
    token = minutes.current_round(opened).token
    for who, words in (
        (secretary, "Thư ký hội nghị, một chữ ký."),
        (cast.leader, "Thư ký và chủ trì hội nghị, mỗi người một chữ ký"),
    ):
        builders.sign(slot_of(opened, who), actor=who)
        assert verification.of_code(ledger.by_token(token)).answers.signers.sentence.startswith(words)
    said = client.get(reverse("verify_token", args=[token])).content.decode()
    assert "Biên bản hội nghị" in said
    assert "chỉ huy đơn vị," not in said
    client.force_login(cast.leader.user)
    pdf = client.get(reverse("minutes_pdf", args=[opened.pk])).content
    headline = verification.of_look(ledger.look_up(io.BytesIO(pdf))).headline
    assert headline.sentence == "Tệp này là biên bản hội nghị đã ký đủ 2/2, không bị thay đổi, đang có hiệu lực."


def test_without_a_quorum_there_are_no_minutes(client, cast):
    """The roll says that too few came: the conference is not concluded, so nobody writes its minutes."""
    builders.demonstration()
    held = meetings.conference(ConferenceState.HELD, of=cast)
    meetings.call_roll(held, actor=cast.leader, absent=3)
    client.force_login(cast.leader.user)
    ended = clock.local(clock.now()).strftime("%Y-%m-%dT%H:%M")
    refused = client.post(reverse("conference_close", args=[held.pk]), {"ended_at": ended})
    assert "chưa quá nửa số đơn vị của khối" in refused.content.decode()
    with pytest.raises(Refused, match="Kết thúc hội nghị rồi"):
        minutes.draft(held, actor=cast.leader)


def test_minutes_of_a_conference_that_lost_its_quorum_are_not_opened(client, cast, closed):
    minutes.draft(closed, actor=cast.leader)
    closed.attendance.update(is_present=None)
    client.force_login(cast.leader.user)
    assert "chưa quá nửa số đơn vị của khối" in client.get(reverse("minutes", args=[closed.pk])).content.decode()
    refused = client.post(reverse("minutes_open", args=[closed.pk]))
    assert refused.status_code == 403
    assert "chưa quá nửa số đơn vị của khối" in refused.content.decode()
    assert Minutes.objects.get().state == MinutesState.DRAFT
