"""Rounds without the printing and the cryptography, for tests of states, verdicts and pages: signing then takes milliseconds.

Asked for by `quick_paper` (conftest.py); `real_paper` undoes it for one test. Where the paper itself is looked at, it is printed and
signed in earnest.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import transaction

from emulation.pdf.finish import FieldBox
from emulation.signing.domain import freezing, signatures
from emulation.signing.pades import SignedRevision


def _render(html: str) -> bytes:
    return html.encode()


def _fields(pdf: bytes) -> list[FieldBox]:
    names = dict.fromkeys(re.findall(r'name="(sig-[^"]+)"', pdf.decode()))
    return [FieldBox(name, 1, (0, 0, 100, 50)) for name in names]


def _append(before: bytes, *, field_name: str, act_sha256: bytes, **_named: object) -> SignedRevision:
    mark = hashlib.sha256(field_name.encode() + act_sha256).hexdigest()
    return SignedRevision(before + f"\n{mark}".encode(), mark, mark)


# Where something is called, what it is called, and what stands there instead.
_INSTEAD: list[tuple[Any, str, Any]] = [
    (freezing, "render", _render),
    (freezing.finish, "finish", bytes),
    (freezing.finish, "signature_fields", _fields),
    (freezing.pictures, "page_count", lambda _pdf: 1),
    (signatures, "_stamp", lambda *_arguments: b""),
    (signatures.pades, "append_signature", _append),
    (signatures.pades, "check_appended", lambda *_arguments, **_named: None),
]
_IN_EARNEST = [(place, name, getattr(place, name)) for place, name, _instead in _INSTEAD]


@contextmanager
def without_paper() -> Iterator[None]:
    """Inside, a frozen paper is its HTML, and a signature a line under it."""
    with _called(_INSTEAD):
        yield


@contextmanager
def with_paper() -> Iterator[None]:
    """Printed and signed in earnest after all, for one test of a module that otherwise does without."""
    with _called(_IN_EARNEST):
        yield


@contextmanager
def _called(what: list[tuple[Any, str, Any]]) -> Iterator[None]:
    with ExitStack() as stack:
        for place, name, called in what:
            stack.enter_context(patch.object(place, name, called))
        yield


def is_active() -> bool:
    """Whether papers are HTML just now."""
    return freezing.render is _render


@contextmanager
def rolled_back() -> Iterator[None]:
    """One example of a property: whatever it wrote is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
