"""The errors of all forms on a page, for the summary on top of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class FormError:
    """One error: the label and the id of its field, both empty for a whole form's, and the sentence."""

    label: str
    field_id: str
    sentence: str


def list_form_errors(values: Iterable[object]) -> list[FormError]:
    """The errors of the sent forms among these values of a template's context, in the order of the fields."""
    seen: dict[int, forms.BaseForm] = {id(form): form for form in _sent_forms(values)}
    return [error for form in seen.values() for error in _errors_of(form)]


def _sent_forms(values: Iterable[object]) -> Iterator[forms.BaseForm]:
    for value in values:
        if isinstance(value, forms.BaseForm):
            if value.is_bound:
                yield value
        elif isinstance(value, Mapping):
            yield from (one for one in value.values() if isinstance(one, forms.BaseForm) and one.is_bound)


def _errors_of(form: forms.BaseForm) -> Iterator[FormError]:
    for sentence in form.non_field_errors():
        yield FormError("", "", str(sentence))
    for bound in form:
        for sentence in bound.errors:
            hidden = bound.is_hidden
            yield FormError(
                "" if hidden else str(bound.label), "" if hidden else bound.id_for_label, str(sentence)
            )
