"""Form fields and widgets that several rooms share."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time picker."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def line_field(label: Any, most: int, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """One line of text of at most `most` characters, in the writing direction of what is typed."""
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=hint,
        required=required,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def set_queryset(form: forms.BaseForm, name: str, queryset: QuerySet[Any, Any]) -> None:
    """Limit a model choice of a form to these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset


class TrapField(forms.CharField):
    """A field no person sees; only a machine fills it."""

    def __init__(self) -> None:
        attrs = {"tabindex": "-1", "autocomplete": "off"}
        super().__init__(
            required=False, label=_("Leave this field empty"), widget=forms.TextInput(attrs=attrs)
        )

    def clean(self, value: Any) -> str:
        if value:
            raise forms.ValidationError(
                _("Nothing was kept: a field meant for machines was filled in. Empty it and send again.")
            )
        return ""
