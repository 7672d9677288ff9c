"""Secrets: check one with lock-out, let the holder set his own, issue a one-time link, unlock.

Nobody but the holder ever knows a secret: the office issues a link, and until the holder has set a secret of his own through it
he cannot sign (invariant 11).
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _

from emulation.lib import clock, codes, vietnamese
from emulation.lib.verdict import Refused, Verdict, enforce, refuse
from emulation.organisation import policies
from emulation.organisation.actors import Actor
from emulation.organisation.domain import attempts
from emulation.organisation.models import SecretLink, User
from emulation.records.domain import audit
from emulation.records.events import Event

ACCOUNT, ADDRESS = "account", "address"
LINK_LIFE = timedelta(hours=48)
# About 79 bits: part of an address, and short enough to be typed from a slip of paper.
LINK_LETTERS = 16


class WrongSecret(Exception):
    """The name or the secret is wrong. `str(error)` is the sentence for the person."""


def locked(username: str, address: str) -> Verdict:
    """A refusal while too many wrong secrets came for this account or from this address."""
    minutes = settings.LOCKOUT_MINUTES
    if attempts.count(ACCOUNT, username, minutes=minutes) >= settings.LOCKOUT_PER_ACCOUNT:
        return refuse(
            _(
                "Tài khoản tạm khóa vì sai mật khẩu nhiều lần. Đồng chí chờ %(minutes)d phút, hoặc liên hệ cơ quan thường trực để mở khóa."
            )
            % {"minutes": minutes}
        )
    if attempts.count(ADDRESS, address, minutes=minutes) >= settings.LOCKOUT_PER_ADDRESS:
        return refuse(
            _("Địa chỉ mạng này tạm khóa vì sai mật khẩu nhiều lần. Đồng chí chờ %(minutes)d phút.") % {"minutes": minutes}
        )
    return Verdict()


def check(username: str, secret: str, *, address: str) -> User:
    """The account whose secret this is. Counts a wrong one toward lock-out.

    Raises `Refused` while locked out (also for the right secret) and `WrongSecret` otherwise.
    """
    username = vietnamese.nfc(username).strip().lower()
    enforce(locked(username, address))
    user = authenticate(None, username=username, password=vietnamese.nfc(secret))
    if user is None:
        _count_wrong(username, address)
        raise WrongSecret(_("Tên đăng nhập hoặc mật khẩu không đúng."))
    assert isinstance(user, User)
    attempts.forget(ACCOUNT, username)
    return user


@transaction.atomic
def note_sign_in(actor: Actor) -> None:
    """Leave an entry that this person signed in, and from where."""
    audit.log(Event.SIGNED_IN, stream=stream_of(actor.user), actor=actor)


def locked_accounts(usernames: Iterable[str]) -> set[str]:
    """Which of these accounts wait because of wrong secrets; one query."""
    counted = attempts.counts(ACCOUNT, usernames, minutes=settings.LOCKOUT_MINUTES)
    return {username for username, number in counted.items() if number >= settings.LOCKOUT_PER_ACCOUNT}


def _count_wrong(username: str, address: str) -> None:
    attempts.record(ACCOUNT, username)
    attempts.record(ADDRESS, address)
    if attempts.count(ACCOUNT, username, minutes=settings.LOCKOUT_MINUTES) == settings.LOCKOUT_PER_ACCOUNT:
        known = User.objects.filter(username=username).first()
        if known:
            with transaction.atomic():
                audit.log(Event.LOCKED_OUT, stream=stream_of(known), actor=None, address=address)


def stream_of(user: User) -> str:
    """The audit stream of an account."""
    return f"user:{user.pk}"


@transaction.atomic
def set_own(user: User, secret: str, *, actor: Actor) -> None:
    """The holder sets his own secret; other sessions end, and signing is no longer blocked."""
    if actor.user_id != user.pk:
        raise Refused(refuse(_("Chỉ chủ tài khoản được tự đặt mật khẩu.")))
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_password(vietnamese.nfc(secret))
    user.secret_is_own = True
    user.save(update_fields=["password", "secret_is_own"])
    attempts.forget(ACCOUNT, user.username)
    audit.log(Event.SECRET_CHANGED, stream=stream_of(user), actor=actor)


@transaction.atomic
def issue_link(user: User, *, actor: Actor) -> str:
    """Issue a one-time link: the old secret stops at once, earlier links too. Returns the token, which is kept nowhere.

    Raises `Refused` unless the actor keeps the organisation.
    """
    enforce(policies.may_reset(user, actor))
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    user.set_unusable_password()
    user.secret_is_own = False
    user.save(update_fields=["password", "secret_is_own"])
    moment = clock.now()
    SecretLink.objects.filter(user=user, used_at=None, expires_at__gt=moment).update(expires_at=moment)
    token = codes.typing_code(LINK_LETTERS)
    SecretLink.objects.create(
        user=user, token_sha256=_digest(token), issued_by=actor.user, issued_at=moment, expires_at=moment + LINK_LIFE
    )
    attempts.forget(ACCOUNT, user.username)
    audit.log(Event.LINK_ISSUED, stream=stream_of(user), actor=actor)
    return token


def live_link(token: str) -> SecretLink | None:
    """The unused, unexpired link of this token."""
    return (
        SecretLink.objects.select_related("user")
        .filter(token_sha256=_digest(token), used_at=None, expires_at__gt=clock.now(), user__is_active=True)
        .first()
    )


@transaction.atomic
def use_link(token: str, secret: str, *, address: str) -> User:
    """Set the holder's own secret by his link, once. Raises `Refused` when the link is used, expired or unknown."""
    link = SecretLink.objects.select_for_update(of=("self",)).select_related("user").filter(token_sha256=_digest(token)).first()
    if link is None or link.used_at or link.expires_at <= clock.now() or not link.user.is_active:
        raise Refused(refuse(_("Liên kết không còn dùng được. Đồng chí liên hệ cơ quan thường trực để nhận liên kết mới.")))
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    set_own(link.user, secret, actor=Actor(link.user, None, address))
    link.user.refresh_from_db()
    return link.user


@transaction.atomic
def unlock(user: User, *, actor: Actor) -> None:
    """End a lock-out early. Raises `Refused` unless the actor keeps the organisation."""
    enforce(policies.may_reset(user, actor))
    attempts.forget(ACCOUNT, user.username)
    audit.log(Event.UNLOCKED, stream=stream_of(user), actor=actor)


def _digest(token: str) -> str:
    return hashlib.sha256(codes.read_typed(token).encode()).hexdigest()
