"""Verdicts: true or false, and never false without a reason."""

import pytest
from django.core.exceptions import PermissionDenied

from emulation.lib.verdict import ALLOWED, Refused, Verdict, enforce, first_refusal, refuse


def test_an_allowance_is_true_and_silent():
    assert ALLOWED
    assert ALLOWED.reason == ""
    enforce(ALLOWED)


def test_a_refusal_is_false_and_carries_its_reason():
    verdict = refuse("Chưa đến lượt ký.")
    assert not verdict
    assert verdict.reason == "Chưa đến lượt ký."


def test_nobody_is_refused_without_a_reason():
    with pytest.raises(ValueError, match="reason"):
        refuse("")


def test_an_enforced_refusal_is_a_denial_that_says_why():
    with pytest.raises(Refused) as caught:
        enforce(refuse("Chỉ chỉ huy đơn vị được ký."))
    assert isinstance(caught.value, PermissionDenied)
    assert str(caught.value) == "Chỉ chỉ huy đơn vị được ký."
    assert caught.value.verdict == Verdict("Chỉ chỉ huy đơn vị được ký.")


def test_the_first_refusal_wins():
    assert first_refusal(ALLOWED, refuse("một"), refuse("hai")).reason == "một"
    assert first_refusal(ALLOWED, ALLOWED) == ALLOWED
    assert first_refusal() == ALLOWED
