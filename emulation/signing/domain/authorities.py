"""The authority that issues now, and the roots that we trust: one key in a private file, its trust anchor in the database."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from emulation.lib import clock
from emulation.records.domain import audit
from emulation.records.events import Event
from emulation.signing import authority
from emulation.signing.models import Authority
from emulation.signing.trust import TrustedRoot

# The demonstration's covenant was signed in March 2020, and a certificate may not be older than its root.
DEMONSTRATION_START = datetime(2020, 1, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def ensure(*, valid_from: datetime | None = None) -> Authority:
    """Create the authority's key when there is none, and its trust anchor. Only set-up and the demonstration call this.

    A real authority is valid from now on; one without a passphrase, which is a demonstration's, from 1 January 2020.
    Raises `AuthorityProblem` when the existing key file is unsafe or does not open with the passphrase.
    """
    try:
        key = authority.load(settings.AUTHORITY_DIR, settings.AUTHORITY_PASSPHRASE)
    except authority.AuthorityProblem:
        if (settings.AUTHORITY_DIR / authority.ROOT_FILE).exists():
            raise
        moment = clock.now()
        key = authority.create(
            settings.AUTHORITY_DIR,
            passphrase=settings.AUTHORITY_PASSPHRASE,
            name=settings.AUTHORITY_NAME,
            valid_from=valid_from or (moment if settings.AUTHORITY_PASSPHRASE else DEMONSTRATION_START),
            at=moment,
        )
    return _anchor(key.root)


@transaction.atomic
def _anchor(root: TrustedRoot) -> Authority:
    row, created = Authority.objects.get_or_create(
        key_hash=root.key_hash,
        defaults={
            "name": root.name,
            "certificate": root.pem.decode(),
            "is_demonstration": root.is_demonstration,
            "created_at": clock.now(),
        },
    )
    if created:
        audit.log(Event.AUTHORITY_CREATED, stream="authority", actor=None, key_hash=root.key_hash, name=root.name)
    return row


def issuing() -> tuple[Authority, authority.LocalAuthority]:
    """The key that issues now and its row. Raises `AuthorityProblem` when the key cannot be opened or is not anchored."""
    key = authority.load(settings.AUTHORITY_DIR, settings.AUTHORITY_PASSPHRASE)
    row = Authority.objects.filter(key_hash=key.root.key_hash, retired_at=None).first()
    if row is None:
        raise authority.AuthorityProblem("the authority's key has no trust anchor in this database, or is retired")
    return row, key


def trusted_roots() -> list[TrustedRoot]:
    """Every root whose signatures we accept, retired ones included: they still verify what they signed."""
    return [TrustedRoot.from_pem(row.certificate.encode()) for row in Authority.objects.order_by("pk")]


def is_ready() -> bool:
    """Whether signatures can be made now, for the health page."""
    try:
        issuing()
    except Exception:  # noqa: BLE001 (the page says yes or no; whatever is wrong, the answer is no)
        return False
    return True
