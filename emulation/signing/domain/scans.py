"""Scans of a paper that was signed with pens: taken in only when they are of this round's paper, whole, and readable.

The bytes come from outside. They are read in a child process with limits, and kept under their SHA-256 like every document; nothing of
a refused scan is kept.
"""

import hashlib
import io
import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from emulation.lib import clock
from emulation.lib.verdict import enforce
from emulation.organisation.actors import Actor
from emulation.pdf.scan import ScanKind, ScannedPage, kind_of
from emulation.records import storage
from emulation.records.domain import audit, documents
from emulation.records.events import Event
from emulation.signing import children, policies, scanning
from emulation.signing.domain import uploads
from emulation.signing.models import Scan, ScanFile, SigningRound

MOST_FILES = 40
DOCUMENT_KIND = "scan"
LOCK_FILE = "scan.lock"
_PLACE = "MA-CUA-VAN-BAN"


@dataclass(frozen=True)
class _Read:
    """What the pages of a scan say: how many there are that are not blank, and the tokens of the verification codes on them."""

    page_count: int
    tokens: frozenset[str]


def take_in(signing_round: SigningRound, files: Sequence[bytes], *, actor: Actor) -> Scan:
    """Keep the scan of one signed original. Raises `Refused`, `ValidationError` with what is wrong with the files.

    Refused are: what is no PDF, JPEG or PNG; files that the system has printed or signed itself; a scan of another document; one with
    pages missing or too many. One whose code cannot be read is kept, and says so.
    """
    enforce(policies.may_record_paper(signing_round, actor))
    kinds = _demand_files(files)
    pages = _read(files)
    read = _whole(pages)
    _demand_this_paper(signing_round, read)
    with transaction.atomic():
        # Without a join, as in rounds.py.
        locked = SigningRound.objects.select_for_update(of=("self",)).get(pk=signing_round.pk)
        enforce(policies.may_record_paper(locked, actor))
        scan = _new_scan(locked, read, actor)
        for order, (data, kind, found) in enumerate(zip(files, kinds, pages, strict=True), start=1):
            revision = documents.keep_once(DOCUMENT_KIND, data)
            ScanFile.objects.create(scan=scan, order=order, revision=revision, media_type=kind, pages=_shown(found))
        _note(locked, scan, actor)
    return scan


def latest(signing_round: SigningRound) -> Scan | None:
    """The newest scan of the round."""
    return signing_round.scans.prefetch_related("files").order_by("-number").first()


def page_picture(file: ScanFile, page: int, *, width: int) -> bytes:
    """A page of a kept scan as a JPEG, turned upright; made once and kept. Raises `IndexError`, `ScanUnreadable`, `Busy`, `OutOfTime`."""
    turn = next((turn for number, turn in file.pages if number == page), None)
    if turn is None:
        raise IndexError(page)
    digest = file.revision.sha256
    kept = Path(settings.VAR_DIR) / "pictures" / digest[:2] / f"{digest}-{page}-{width}.jpg"
    if kept.is_file():
        return kept.read_bytes()
    picture = scanning.picture_in_child(storage.path_of(digest), page=page, turn=turn, width=width, lock_path=_lock_path())
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_name(f".{uuid.uuid4()}.jpg")
    draft.write_bytes(picture)
    draft.replace(kept)
    return picture


def _demand_files(files: Sequence[bytes]) -> list[ScanKind]:
    """The kinds of the files, by their content. Raises `ValidationError`."""
    if not files:
        raise ValidationError(_("Chọn tệp PDF hoặc ảnh chụp các trang đã ký."))
    if len(files) > MOST_FILES or sum(map(len, files)) > settings.SCAN_MAX_BYTES:
        limit = {"n": MOST_FILES, "megabytes": settings.SCAN_MAX_BYTES // 2**20}
        raise ValidationError(_("Bản chụp quá lớn: tối đa %(n)d tệp, tổng cộng %(megabytes)d MB.") % limit)
    if len({hashlib.sha256(data).digest() for data in files}) < len(files):
        raise ValidationError(_("Có hai tệp giống hệt nhau: mỗi trang chỉ chụp một lần."))
    found = [kind_of(data[:16]) for data in files]
    if None in found:
        number = found.index(None) + 1
        raise ValidationError(_("Tệp thứ %(n)d không phải PDF, JPG hoặc PNG, dù tên tệp có thể ghi như vậy.") % {"n": number})
    digests = [hashlib.sha256(data).hexdigest() for data in files]
    if SigningRound.objects.filter(document__revisions__sha256__in=digests).exists():
        raise ValidationError(_("Tệp này là bản do hệ thống in ra, chưa phải bản chụp tờ giấy đã ký."))
    return [kind for kind in found if kind]


def _read(files: Sequence[bytes]) -> list[list[ScannedPage]]:
    with _lying_outside(files) as paths:
        try:
            return scanning.read_in_child(paths, lock_path=_lock_path())
        except scanning.ScanUnreadable as error:
            words = _("Không đọc được tệp thứ %(n)d: tệp hỏng, có mật khẩu hoặc quá nhiều trang.") % {"n": error.number}
            raise ValidationError(words if error.number else _("Không đọc được bản chụp.")) from error
        except children.OutOfTime as error:
            raise ValidationError(_("Bản chụp quá nặng để đọc. Đồng chí chụp lại ở độ phân giải thấp hơn.")) from error
        except children.Busy as error:
            raise ValidationError(_("Hệ thống đang đọc bản chụp khác. Đồng chí thử lại sau một phút.")) from error


@contextmanager
def _lying_outside(files: Sequence[bytes]) -> Iterator[list[Path]]:
    """The bytes as files that only this account can read, for as long as they are being read."""
    folder = Path(settings.UPLOADS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = [folder / str(uuid.uuid4()) for _file in files]
    try:
        for path, data in zip(paths, files, strict=True):
            uploads.lay_down(io.BytesIO(data), path)
        yield paths
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _whole(pages: list[list[ScannedPage]]) -> _Read:
    shown = [page for file in pages for page in file if not page.is_blank]
    return _Read(len(shown), frozenset(filter(None, (_token_of(code) for page in shown for code in page.codes))))


def _token_of(code: str) -> str:
    """The token of a verification address, whatever host it names; empty for any other text."""
    pattern = re.escape(reverse("verify_token", args=[_PLACE])).replace(re.escape(_PLACE), r"([\w-]{16,60})")
    found = re.search(pattern + r"?$", code)
    return found[1] if found else ""


def _demand_this_paper(signing_round: SigningRound, read: _Read) -> None:
    if others := read.tokens - {signing_round.token}:
        other = SigningRound.objects.filter(token__in=others).first()
        if other is None:
            raise ValidationError(_("Bản chụp mang mã QR của văn bản khác, hệ thống không có văn bản đó."))
        said = {"title": other.title, "of": other.body_name, "n": other.number}
        raise ValidationError(_("Bản chụp mang mã QR của văn bản khác: %(title)s của %(of)s, vòng ký %(n)d.") % said)
    said = {"has": read.page_count, "wanted": signing_round.page_count, "n": abs(signing_round.page_count - read.page_count)}
    if read.page_count < signing_round.page_count:
        raise ValidationError(
            _("Bản chụp có %(has)d trang, bản in để ký có %(wanted)d trang: thiếu %(n)d trang. Đồng chí chụp đủ một bản gốc.")
            % said
        )
    if read.page_count > signing_round.page_count:
        raise ValidationError(
            _("Bản chụp có %(has)d trang, bản in để ký có %(wanted)d trang: thừa %(n)d trang. Chỉ đưa lên một bản gốc.") % said
        )


def _new_scan(signing_round: SigningRound, read: _Read, actor: Actor) -> Scan:
    return Scan.objects.create(
        round=signing_round,
        number=signing_round.scans.count() + 1,
        page_count=read.page_count,
        has_code=signing_round.token in read.tokens,
        uploaded_by=actor.user,
        uploaded_at=clock.now(),
    )


def _note(signing_round: SigningRound, scan: Scan, actor: Actor) -> None:
    audit.log(
        Event.SCAN_TAKEN_IN,
        stream=signing_round.stream,
        actor=actor,
        round=signing_round.number,
        scan=scan.number,
        files=list(scan.files.values_list("revision__sha256", flat=True)),
        pages=scan.page_count,
        code=scan.has_code,
    )


def _shown(pages: Sequence[ScannedPage]) -> list[list[int]]:
    """The pages of a file that are not blank, each with its turn: what one page with a code says holds for all of its file."""
    turn = next((page.turn for page in pages if page.codes), 0)
    return [[number, turn] for number, page in enumerate(pages, start=1) if not page.is_blank]


def _lock_path() -> Path:
    return Path(settings.VAR_DIR) / LOCK_FILE
