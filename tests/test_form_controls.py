"""The controls that we draw ourselves are those of Django's templates: letter for letter, but for white space between tags."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from emulation.form_controls import Renderer

NASTY = "\"><script>alert(1)</script>&'"
CHOICES = [("", "—"), (1234, gettext_lazy("Thống nhất")), ("Nhóm <b>", [(NASTY, NASTY), ("2", mark_safe("<b>hai</b>"))])]
FLAT = [("a", "Một"), (NASTY, NASTY), (10_000, "Mười nghìn")]
ATTRIBUTES = {"id": NASTY, "class": "k-input", "required": True, "disabled": False, "maxlength": 12_345, "data-x": None}
CASES = [
    (widget, value)
    for widget in (
        forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput, forms.DateInput,
        forms.TimeInput, forms.Textarea, forms.CheckboxInput,
    )
    for value in (None, "", NASTY, 12_345, 1234.5, True, date(2020, 3, 4), mark_safe("<i>"))
    if not (widget is forms.TimeInput and isinstance(value, date))
]  # fmt: skip


def same(one: str, other: str) -> bool:
    return parse_html(one) == parse_html(other)


def drawn(widget: forms.Widget, value: object, renderer: object, attributes: dict[str, object]) -> str:
    return widget.render("tên " + NASTY, value, attrs=attributes, renderer=renderer)


@pytest.mark.parametrize("attributes", [{}, {"id": "id_x"}, ATTRIBUTES])
@pytest.mark.parametrize(("widget", "value"), CASES)
def test_a_control_is_what_django_draws(widget, value, attributes):
    made = widget() if isinstance(widget, type) else widget
    assert drawn(made, value, Renderer(), attributes) == drawn(made, value, TemplatesSetting(), attributes)


@pytest.mark.parametrize("value", [None, "", "1234", NASTY, "2", "missing"])
def test_a_list_is_what_django_draws(value):
    widget = forms.Select(choices=CHOICES)
    assert same(drawn(widget, value, Renderer(), ATTRIBUTES), drawn(widget, value, TemplatesSetting(), ATTRIBUTES))


@pytest.mark.parametrize("kind", [forms.CheckboxSelectMultiple, forms.RadioSelect, forms.SelectMultiple])
@pytest.mark.parametrize("value", [None, ["a"], [NASTY, "10000"]])
def test_a_choice_among_several_is_what_django_draws(kind, value):
    given = value[0] if value and kind is forms.RadioSelect else value
    widget = kind(choices=FLAT, attrs={"class": "k-box"})
    assert same(drawn(widget, given, Renderer(), {"id": "id_x"}), drawn(widget, given, TemplatesSetting(), {"id": "id_x"}))


@pytest.mark.parametrize("kind", [forms.CheckboxSelectMultiple, forms.RadioSelect])
def test_a_box_on_its_own_is_what_django_draws(kind):
    class Form(forms.Form):
        field = forms.ChoiceField(choices=FLAT, widget=kind, required=False)

    own, theirs = Form(renderer=Renderer()), Form(renderer=TemplatesSetting())
    for one, other in zip(own["field"].subwidgets, theirs["field"].subwidgets, strict=True):
        assert one.tag() == other.tag()
        assert same(one.tag(wrap_label=True), other.tag(wrap_label=True))


def test_a_control_that_we_do_not_draw_has_its_template():
    widget = forms.ClearableFileInput()
    assert drawn(widget, None, Renderer(), {}) == drawn(widget, None, TemplatesSetting(), {})


@pytest.mark.parametrize("given", [{}, {"field": NASTY}, {"field": "a"}])
def test_faults_are_what_django_draws(given):
    class Form(forms.Form):
        field = forms.ChoiceField(choices=FLAT)

    own, theirs = Form(given, renderer=Renderer()), Form(given, renderer=TemplatesSetting())
    assert str(own.errors) == str(theirs.errors)
    assert str(own["field"].errors) == str(theirs["field"].errors)
    assert str(own.non_field_errors()) == str(theirs.non_field_errors())
