"""The errors of all forms on a page, for the summary on top of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _


def install_required_messages() -> None:
    """Say what to do where a field was left empty, in every form that has no words of its own for it."""
    forms.Field.default_error_messages["required"] = _("Fill in this field.")
    chosen = (forms.ChoiceField, forms.ModelChoiceField)
    for kind in chosen:
        kind.default_error_messages = kind.default_error_messages | {"required": _("Choose one of these.")}


@dataclass(frozen=True)
class FormError:
    """An error: the label and the id of its field, both empty for a whole form's, and the sentence."""

    label: str
    field_id: str
    sentence: str


def list_form_errors(values: Iterable[object]) -> list[FormError]:
    """The errors of the sent forms among these values of a template's context, in the order of the fields."""
    seen: dict[int, forms.BaseForm] = {id(form): form for form in _sent_forms(values)}
    return [error for form in seen.values() for error in _errors_of(form)]


def _sent_forms(values: Iterable[object]) -> Iterator[forms.BaseForm]:
    """Forms that were sent, also those in dictionaries. Lazy values are left alone: asking one for its class makes it."""
    for value in values:
        if issubclass(type(value), forms.BaseForm):
            form = cast(forms.BaseForm, value)
            if form.is_bound:
                yield form
        elif type(value) is dict:
            yield from _sent_forms(value.values())


def _errors_of(form: forms.BaseForm) -> Iterator[FormError]:
    for sentence in form.non_field_errors():
        yield FormError("", "", str(sentence))
    for bound in form:
        for sentence in bound.errors:
            if bound.is_hidden:
                yield FormError("", "", str(sentence))
            else:
                field_id = bound.id_for_label or f"{bound.auto_id}_error"
                yield FormError(str(bound.label), field_id, str(sentence))
