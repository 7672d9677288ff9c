"""Typed numbers and dates, as people here write them and as they come out of other programs."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from emulation.organisation.forms.fields import DayField, MomentField, NfcForm, VietnameseDecimalField


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("80", "80"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed, number):
    assert VietnameseDecimalField().clean(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["tám mươi", "12,5,5", "NaN", "Infinity", "1e5x"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(forms.ValidationError, match="dấu phẩy"):
        VietnameseDecimalField().clean(typed)


@pytest.mark.parametrize(("number", "shown"), [("12.5000", "12,5"), ("1234", "1234"), ("0", "0")])
def test_a_number_is_shown_with_a_decimal_comma(number, shown):
    assert VietnameseDecimalField().prepare_value(Decimal(number)) == shown


def test_a_day_without_its_time_is_its_beginning():
    assert DayField().clean("4/3/2020") == date(2020, 3, 4)
    assert MomentField().clean("04/03/2020").hour == 0


@pytest.mark.parametrize("typed", ["01/01/0001", "0206-03-04", "31/12/1899", "01/01/2101", "31/12/9999"])
def test_a_day_that_nobody_can_mean_is_refused(typed):
    with pytest.raises(forms.ValidationError, match="04/03/2020"):
        DayField().clean(typed)
    with pytest.raises(forms.ValidationError, match="04/03/2020"):
        MomentField().clean(typed if typed[2] == "/" else f"{typed} 17:00")


def test_the_browser_is_not_told_to_cut_long_text_off():
    class Form(NfcForm):
        name = forms.CharField(max_length=5)
        text = forms.CharField(max_length=5, widget=forms.Textarea)

    form = Form()
    assert "maxlength" in str(form["name"])
    assert "maxlength" not in str(form["text"])


def test_text_arrives_composed():
    class Form(NfcForm):
        name = forms.CharField()

    form = Form({"name": "Đô\u0300ng"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Đồng"
