"""Forms for tracking an issue."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.people.models import Organisation
from massline.web.ambiguous_values_form import DayOrder
from massline.web.form_fields import DayField

LARGEST_TABLE = 30 * 1024 * 1024
MOST_ANNOUNCED = 10_000


class WatchForm(forms.Form):
    name = forms.CharField(label=_("Issue we track"), max_length=80, help_text=_("Evictions in the city"))
    words = forms.CharField(
        label=_("Words to look for in headlines"),
        max_length=400,
        required=False,
        help_text=_("Separate them with commas. Without any, we count everything in the feed."),
    )

    def __init__(self, *args: object, organisation: Organisation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.organisation = organisation

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self.organisation.watches.filter(name=name).exists():
            raise forms.ValidationError(_("You already track this."))
        return name


class FeedForm(forms.Form):
    url = forms.URLField(label=_("Address of the feed (RSS or Atom)"), max_length=500, assume_scheme="https")


class NoteForm(forms.Form):
    day = DayField(label=_("When did it happen?"), initial=timezone.localdate, years=100)
    title = forms.CharField(label=_("What happened"), max_length=300)
    place = forms.CharField(label=_("Where"), max_length=120, required=False)
    url = forms.URLField(
        label=_("Source (where to read about it)"), max_length=500, required=False, assume_scheme="https"
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                _("That day is in the future: enter it as announced instead."), code="in-future"
            )
        return day


class AnnounceForm(forms.Form):
    day = DayField(label=_("Date"))
    title = forms.CharField(label=_("What is announced"), max_length=200)
    events = forms.IntegerField(
        label=_("How many events?"),
        help_text=_("As you count them here: strikes in five towns are five."),
        min_value=1,
        max_value=MOST_ANNOUNCED,
        initial=1,
        required=False,
    )
    url = forms.URLField(
        label=_("Source (where to read about it)"), max_length=500, required=False, assume_scheme="https"
    )

    def clean_events(self) -> int:
        """One event where nothing is said."""
        return int(self.cleaned_data["events"] or 1)


class TableForm(forms.Form):
    table = forms.FileField(
        label=_("A table (CSV, XLSX or ODS)"),
        help_text=_(
            "With a column for the day; tables of ACLED, GDELT and the Crowd Counting Consortium are understood."
        ),
    )
    day_order = forms.ChoiceField(
        label=_("How are days written?"),
        choices=DayOrder.choices,
        required=False,
        help_text=_("Only needed for days such as 3/4/2026."),
    )

    def clean_table(self) -> bytes:
        given = self.cleaned_data["table"]
        if given.size > LARGEST_TABLE:
            raise forms.ValidationError(_("Nothing was imported: over 30 MB. Send the table in parts."))
        return bytes(given.read())


class CorrectEventForm(forms.Form):
    is_ours = forms.BooleanField(required=False)
