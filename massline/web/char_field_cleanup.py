"""Text fields of every form take out the signs that nobody sees, so that no page, message or file carries them on."""

from typing import Any

from django import forms

from massline.core.invisible_characters import strip_control_characters, to_single_line


def clean_text(field: forms.CharField, text: str) -> str:
    """The text as it is kept: one line for one-line fields; a passphrase to the letter."""
    if isinstance(field.widget, forms.PasswordInput):
        return text
    several = isinstance(field.widget, forms.Textarea | forms.HiddenInput)
    plain = strip_control_characters(text) if several else to_single_line(text)
    return plain.strip() if field.strip else plain


def install_cleanup() -> None:
    """Put `clean_text` into forms.CharField itself, since a form that forgot it would let such signs in."""
    to_python = forms.CharField.to_python

    def to_plain_text(self: forms.CharField, value: Any) -> Any:
        text = to_python(self, value)
        if not isinstance(text, str) or not text:
            return text
        return clean_text(self, text) or self.empty_value

    setattr(forms.CharField, "to_python", to_plain_text)  # noqa: B010 - a method may not be assigned to
