"""Form fields and widgets that several forms share, at both doors."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

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


@deconstructible
class WithinYears:
    """Refuse a day so far away that its year must be a slip of the hand."""

    def __init__(self, years: int) -> None:
        self.years = years

    def __call__(self, day: date) -> None:
        if abs(day.year - timezone.localdate().year) > self.years:
            sentence = ngettext(
                "The year %(year)d is more than %(n)d year away. Look at the year again.",
                "The year %(year)d is more than %(n)d years away. Look at the year again.",
                self.years,
            )
            raise forms.ValidationError(sentence % {"year": day.year, "n": self.years}, code="far-year")


class DayField(forms.DateField):
    """A day within so many years; browsers read its value in ISO 8601 alone, in every language."""

    def __init__(self, *, years: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.validators.append(WithinYears(years))


class MomentField(forms.DateTimeField):
    """A day and hour within so many years, in the place's zone."""

    def __init__(self, *, years: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", MomentInput())
        super().__init__(**kwargs)
        self.validators.append(WithinYears(years))


def day_field(
    label: "StrOrPromise", *, required: bool = True, hint: "StrOrPromise" = "", years: int = 5
) -> DayField:
    return DayField(label=label, required=required, help_text=hint, years=years)


def set_choices(form: forms.BaseForm, **querysets: QuerySet[Any]) -> None:
    """Set the rows that may be chosen in each named field of a form."""
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
        super().__init__(required=False, label=_("Leave this empty"), widget=forms.TextInput(attrs=attrs))

    def clean(self, value: Any) -> str:
        if value:
            raise forms.ValidationError(
                _("Nothing was saved: a hidden field was filled in. Please empty it and send again."),
                code="trap-filled",
            )
        return ""
