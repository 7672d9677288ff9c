"""What a verb finds wrong, put where it belongs in the form that was sent."""

from django import forms
from django.core.exceptions import ValidationError


def take_faults(form: forms.BaseForm, error: ValidationError) -> None:
    """Put each sentence at its field, or above the form when the form has no such field."""
    if hasattr(error, "error_dict"):
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
    else:
        for sentence in error.messages:
            form.add_error(None, sentence)
