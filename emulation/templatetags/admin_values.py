"""Values in the admin that cannot be changed, as words: Django shows yes and no as coloured pictures named True and False."""

from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def admin_value(field: Any) -> str:
    """The text of a read-only field (Django's AdminReadonlyField)."""
    name, row = field.field["field"], field.form.instance
    try:
        found = row._meta.get_field(name)
    except FieldDoesNotExist:
        return str(field.contents())
    if isinstance(found, BooleanField):
        return yes_no(getattr(row, name))
    return field.contents()


def yes_no(value: bool) -> str:
    """Yes or no, in words."""
    return _("Có") if value else _("Không")
