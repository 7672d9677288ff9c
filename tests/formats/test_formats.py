"""Dates are read and written day first, numbers with a decimal comma; English keeps the order of days."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template.defaultfilters import date as date_filter
from django.utils import formats, translation


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["05/03/2026", "5/3/2026", "05-03-2026", "05.03.2026", "2026-03-05"])
def test_a_typed_day_is_read_day_first(language, typed):
    with translation.override(language):
        assert forms.DateField().clean(typed) == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "05/13/2026", "05/03/26", "hôm nay"])
def test_a_day_that_is_none_is_refused(typed):
    with translation.override("vi"), pytest.raises(forms.ValidationError, match="Nhập ngày, tháng, năm"):
        forms.DateField().clean(typed)


def test_a_typed_moment_is_read_day_first():
    with translation.override("vi"):
        assert forms.DateTimeField().clean("05/03/2026 14:30").replace(tzinfo=None) == datetime(2026, 3, 5, 14, 30)  # noqa: DTZ001


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_written_day_first(language):
    with translation.override(language):
        assert date_filter(date(2026, 3, 5), "DATE_FORMAT") == "05/03/2026"


@pytest.mark.parametrize(("language", "expected"), [("vi", "1.234,50"), ("en", "1,234.50")])
def test_numbers_are_grouped_by_three(language, expected):
    with translation.override(language):
        assert formats.number_format(Decimal("1234.50"), use_l10n=True, force_grouping=True) == expected


@pytest.mark.parametrize(("typed", "expected"), [("12,5", "12.5"), ("1.234,25", "1234.25"), ("80", "80")])
def test_a_decimal_comma_is_read(typed, expected):
    with translation.override("vi"):
        assert forms.DecimalField(localize=True).clean(typed) == Decimal(expected)
