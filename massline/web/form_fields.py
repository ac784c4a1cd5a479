"""Form fields and widgets that several forms share, at both doors."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def text_line(
    label: "StrOrPromise", max_length: int, *, required: bool = True, hint: "StrOrPromise" = ""
) -> forms.CharField:
    """Make a field for one line, in whichever direction it is written."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


def text_area(
    label: "StrOrPromise",
    max_length: int,
    *,
    rows: int = 2,
    required: bool = True,
    strip: bool = True,
    hint: "StrOrPromise" = "",
) -> forms.CharField:
    """Make a field for several lines, in whichever direction they are written."""
    return forms.CharField(
        label=label,
        max_length=max_length,
        required=required,
        strip=strip,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def day_field(label: "StrOrPromise", *, required: bool = True, hint: "StrOrPromise" = "") -> forms.DateField:
    """Make a field for a day; browsers read its value in ISO 8601 alone, in every language."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


def set_choices(form: forms.BaseForm, **querysets: QuerySet[Any]) -> None:
    """Give each named field of a form the rows that may be chosen in it."""
    for name, rows in querysets.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class MomentInput(forms.DateTimeInput):
    """The phone's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


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
                _("Nothing was kept: a field meant for machines was filled in. Empty it and send again."),
                code="trap-filled",
            )
        return ""
