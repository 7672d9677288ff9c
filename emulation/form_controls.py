"""Draws plain form controls, and the faults of a field that has none, without templates.

Django's own templates cost a third of a millisecond each, and a draft in the admin has hundreds of fields.
The markup is Django's (tests/test_form_controls.py compares them); any other control is drawn by its template.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]
_FOLDER = "django/forms/widgets/"
_FAULTS = "django/forms/errors/"
_INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "input", "number", "password", "text", "time", "url")


class Renderer(TemplatesSetting):
    """What FORM_RENDERER names."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if draw := _DRAWN.get(template_name):
            # Each part is escaped where it is put together.
            return mark_safe(draw(context["widget"]))  # noqa: S308 (said above)
        if template_name.startswith(_FAULTS) and not context["errors"]:
            return mark_safe("")
        return super().render(template_name, context, request)


def _escaped(value: Any) -> str:
    """What Django's own filter gives; that one asks of each value whether it is to be translated later, which costs more than escaping."""
    return value if isinstance(value, SafeString) else escape(str(value))


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    return f'<input type="{_escaped(widget["type"])}" name="{_escaped(widget["name"])}"{value}{_attributes(widget)}>'


def _box(widget: Widget) -> str:
    """One of several boxes or circles, inside its label when it is drawn on its own."""
    if not widget.get("wrap_label"):
        return _input(widget)
    own_id = widget["attrs"].get("id")
    named = f' for="{_escaped(own_id)}"' if own_id else ""
    return f"<label{named}>{_input(widget)} {_escaped(widget['label'])}</label>"


def _textarea(widget: Widget) -> str:
    text = _escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_escaped(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{_escaped(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: Any, options: list[Widget]) -> str:
    drawn = "".join(f"\n  {_option(option)}" for option in options)
    return f'\n  <optgroup label="{_escaped(name)}">{drawn}\n  </optgroup>' if name else drawn


def _option(widget: Widget) -> str:
    value = _escaped(widget["value"])
    return f'<option value="{value}"{_attributes(widget)}>{_escaped(widget["label"])}</option>'


def _attributes(widget: Widget) -> str:
    given = [(_escaped(name), value) for name, value in widget["attrs"].items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{_escaped(value)}"' for name, value in given)


_DRAWN: dict[str, Callable[[Widget], str]] = {
    **{f"{_FOLDER}{name}.html": _input for name in _INPUTS},
    f"{_FOLDER}checkbox_option.html": _box,
    f"{_FOLDER}radio_option.html": _box,
    f"{_FOLDER}textarea.html": _textarea,
    f"{_FOLDER}select.html": _select,
    f"{_FOLDER}select_option.html": _option,
}
