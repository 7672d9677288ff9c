"""A covenant's text in the order and numbering of the paper, for reading on the screen."""

from typing import Any

from django import template

from blocs.documents.covenant import reading_order
from blocs.texts import CovenantText

register = template.Library()


@register.filter
def reading_parts(text: CovenantText) -> list[dict[str, Any]]:
    """Sections with their clauses, and the table of targets where it stands on paper."""
    return reading_order(text)
