"""`manage.py setup` makes everything once, privately, and says what is wrong; the first administrator needs its code."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from emulation.lib import clock
from emulation.lib.verdict import Refused
from emulation.office.domain import first_start
from emulation.organisation.models import User
from emulation.pdf import fonts
from emulation.records import seal_key
from emulation.records.models import AuditEntry
from emulation.signing.domain import authorities
from emulation.signing.models import Authority
from tests import builders


@pytest.fixture
def var(tmp_path, settings):
    made = fonts.ensure_subsets()
    settings.VAR_DIR = tmp_path / "var"
    settings.AUTHORITY_DIR, settings.SEAL_DIR = settings.VAR_DIR / "authority", settings.VAR_DIR / "seals"
    settings.DOCUMENTS_DIR, settings.UPLOADS_DIR = settings.VAR_DIR / "documents", settings.VAR_DIR / "uploads"
    settings.VAR_DIR.mkdir(mode=0o755)
    (settings.VAR_DIR / "fonts").symlink_to(made)
    return settings.VAR_DIR


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.django_db
def test_everything_is_made_once_and_for_this_account_only(var, capsys):
    call_command("setup")
    said, made = capsys.readouterr().out, contents(var)
    assert {"secret_key", "first_code", "root.pem", "seal.pem"} <= set(made)
    assert str(var / "first_code") in said
    assert made["first_code"].decode().strip() not in said
    assert {path.stat().st_mode & 0o077 for path in [var, *(path for path in var.iterdir() if path.name != "fonts")]} == {0}
    call_command("setup", verbosity=0)
    assert contents(var) == made
    assert Authority.objects.count() == 1
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_a_demonstration_authority_reaches_back_to_2020(var):
    call_command("setup", verbosity=0)
    row, key = authorities.issuing()
    assert row.is_demonstration
    assert clock.local(key.root.parsed.not_valid_before_utc).date() == date(2020, 1, 1)


@pytest.mark.django_db
def test_a_real_authority_starts_now_and_its_keys_are_locked(var, settings):
    settings.AUTHORITY_PASSPHRASE = "một câu dài"
    call_command("setup", verbosity=0)
    row, key = authorities.issuing()
    assert not row.is_demonstration
    assert clock.local(key.root.parsed.not_valid_before_utc).date() == clock.today()
    with pytest.raises(seal_key.SealKeyProblem):
        seal_key.load(settings.SEAL_DIR, "")
    settings.AUTHORITY_PASSPHRASE = "một câu khác"
    with pytest.raises(CommandError, match="AUTHORITY_PASSPHRASE"):
        call_command("setup")


@pytest.mark.django_db
def test_a_key_that_others_can_read_is_refused(var):
    call_command("setup", verbosity=0)
    (var / "authority" / "root.pem").chmod(0o644)
    with pytest.raises(CommandError, match=r"root\.pem is open to other accounts"):
        call_command("setup")


@pytest.mark.django_db
def test_a_folder_that_cannot_be_made_is_named(var, settings):
    settings.UPLOADS_DIR = var / "secret_key" / "uploads"
    (var / "secret_key").write_text("x")
    with pytest.raises(CommandError, match="secret_key"):
        call_command("setup")


@pytest.mark.django_db
def test_no_code_once_somebody_has_an_account(var):
    builders.person()
    call_command("setup", verbosity=0)
    assert not first_start.code_path().exists()
    assert "đã có tài khoản" in first_start.may_start().reason


def start(code: str) -> User:
    return first_start.create_administrator(
        code, username="QuanTri", full_name="Nguyễn Văn A", secret=builders.SECRET, address="192.0.2.1"
    )


@pytest.mark.django_db
def test_the_code_makes_one_administrator(var):
    assert "manage.py setup" in first_start.may_start().reason
    call_command("setup", verbosity=0)
    code = first_start.code_path().read_text().strip()
    user = start(f" {code[:5].lower()}-{code[5:]} ")
    assert (user.username, user.is_superuser, user.secret_is_own) == ("quantri", True, True)
    assert user.check_password(builders.SECRET)
    assert AuditEntry.objects.get(stream__key=f"user:{user.pk}").data == {"username": "quantri", "first": True}
    assert not first_start.code_path().exists()
    with pytest.raises(Refused, match="đã có tài khoản"):
        start(code)


@pytest.mark.django_db
def test_guessing_the_code_is_limited(var):
    call_command("setup", verbosity=0)
    for _ in range(first_start.TRIES):
        with pytest.raises(Refused, match="không đúng"):
            start("SAI")
    with pytest.raises(Refused, match="chờ 15 phút"):
        start(first_start.code_path().read_text())
    assert not User.objects.exists()
