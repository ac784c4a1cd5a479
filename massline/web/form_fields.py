"""Form fields and widgets that several forms share, at both doors."""

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.safestring import SafeString
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
    """A day and hour within so many years, in the place's zone.

    Where clocks change, an hour that comes twice is asked back in words, and one that does not come is refused.
    """

    widget: "MomentInput"

    def __init__(self, *, years: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", MomentInput())
        super().__init__(**kwargs)
        self.validators.append(WithinYears(years))

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as problem:
            if problem.code != "ambiguous_timezone" or not problem.params:
                raise
            return self._read_around_change(problem.params["datetime"])

    def _read_around_change(self, naive: datetime) -> datetime:
        zone = timezone.get_current_timezone()
        if not is_ambiguous_hour(naive, zone):
            sentence = _("The clocks go forward that night, and this hour does not come. Choose another.")
            raise forms.ValidationError(sentence, code="skipped-hour")
        chosen = self.widget.which_hour
        if chosen not in WHICH_HOUR:
            self.widget.asks_which_hour = True
            sentence = _(
                "The clocks go back that night, and this hour comes twice. Choose which one you mean."
            )
            raise forms.ValidationError(sentence, code="doubled-hour")
        return naive.replace(tzinfo=zone, fold=WHICH_HOUR.index(chosen))


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


WHICH_HOUR = ("first", "second")


def is_ambiguous_hour(naive: datetime, zone: tzinfo) -> bool:
    """Whether a local hour comes twice because clocks go back.

    >>> from zoneinfo import ZoneInfo
    >>> is_ambiguous_hour(datetime(2026, 10, 25, 2, 30), ZoneInfo("Europe/Berlin"))
    True
    """
    first, second = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() > second.utcoffset()  # type: ignore[operator]


class MomentInput(forms.DateTimeInput):
    """The phone's own calendar and clock, and which hour is meant where it comes twice."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
        self.which_hour = ""
        self.asks_which_hour = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        self.which_hour = data.get(f"{name}_which", "")
        return super().value_from_datadict(data, files, name)

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime) and is_ambiguous_hour(value, timezone.get_current_timezone()):
            self.asks_which_hour, self.which_hour = True, WHICH_HOUR[value.fold]
        return super().format_value(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        moment = super().render(name, value, attrs, renderer)
        if not (self.asks_which_hour or self.which_hour):
            return moment
        choices = zip(WHICH_HOUR, (_("the first, before the clocks go back"), _("the second")), strict=True)
        which = forms.Select({"aria-label": _("Which of the two hours")}, [("", "—"), *choices])
        return moment + which.render(f"{name}_which", self.which_hour, None, renderer)


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
