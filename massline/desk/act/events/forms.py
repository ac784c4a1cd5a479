"""Forms for planning an event, for its timeslots and its headcount."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from massline.core.list_and_word_parser import split_at_last_comma
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.join_link_form import JoinLinkField, refuse_link_as_place
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import AppliesTo, Recurrence
from massline.square.calls.fact_forms import FactForm
from massline.square.calls.facts import EventFacts, hints_of, labels_of, names_of
from massline.square.calls.states import Joining
from massline.square.envelopes.timeslots import FilledSlot
from massline.web.edit_forms import EditForm
from massline.web.templatetags.massline import when

MAX_SLOTS = 20
NO_PLACE = _("The place is missing. Name one everyone can find, or choose online.")
LONGEST_NIGHT = timedelta(hours=14)


class EventForm(FactForm):
    facts = EventPlan
    forecast = forms.IntegerField(
        label=_("How many do you expect?"), required=False, min_value=0, max_value=10_000_000
    )

    class Meta(FactForm.Meta):
        model = Event
        fields = names_of(EventFacts)
        labels = {
            **labels_of(EventFacts),
            "kind": _("Kind of event"),
            "title": _("Name of the event"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
            "joining": _("How do people join?"),
            "place": _("Where"),
            "about": _("What is it about?"),
        }
        help_texts = hints_of(EventFacts)
        widgets = {"joining": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joining"].required = False

    def clean_starts_at(self) -> object:
        start = self.cleaned_data["starts_at"]
        if start <= timezone.now():
            raise forms.ValidationError(_("That time is in the past. Choose a later one."), code="past")
        return start

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "starts_at" in cleaned and "ends_at" in cleaned and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends_at", ends_too_early(cleaned["starts_at"], cleaned["ends_at"]))
        if "place" in cleaned and not cleaned["place"] and cleaned.get("joining") != Joining.ONLINE:
            self.add_error("place", forms.ValidationError(NO_PLACE, code="no-place"))
        return cleaned

    def clean_joining(self) -> str:
        """How people join; a form that says nothing of it leaves it as it is."""
        return self.cleaned_data["joining"] or self.initial.get("joining") or Joining.IN_PERSON.value

    def clean_place(self) -> str:
        return refuse_link_as_place(self.cleaned_data["place"], self.cleaned_data.get("joining", ""))

    @property
    def applies_to(self) -> str:
        """Which dates of a series the change is for."""
        return AppliesTo.THIS

    def plan(self) -> EventPlan:
        return EventPlan(**{name: self.cleaned_data[name] for name in names_of(EventPlan)})


def ends_too_early(starts_at: datetime, ends_at: datetime) -> forms.ValidationError:
    """Say that an event ends before it starts; name the next day where the hour suggests that it goes past midnight."""
    next_day = ends_at + timedelta(days=1)
    if starts_at < next_day <= starts_at + LONGEST_NIGHT:
        sentence = _("The end is before the start. If it goes on past midnight, it ends on %(day)s.")
        return forms.ValidationError(sentence % {"day": when(next_day)}, code="past-midnight")
    return forms.ValidationError(_("The end is before the start."), code="ends-before")


class PlanForm(EventForm):
    """An event, its recurrence, and the link to its online room."""

    link = JoinLinkField()

    every = forms.ChoiceField(
        label=_("Does it repeat?"),
        required=False,
        choices=[("", _("Once")), *Recurrence.choices],
        help_text=_("At the same local time. The next five weeks are added straight away."),
    )


class SeriesEventForm(EventForm):
    """A change of an event that comes again: for this date alone, or for more."""

    which = forms.ChoiceField(
        label=_("What is this change for?"),
        choices=AppliesTo.choices,
        initial=AppliesTo.THIS,
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def applies_to(self) -> str:
        return self.cleaned_data.get("which") or AppliesTo.THIS


class SlotsForm(EditForm, forms.Form):
    """Timeslots and roles, one a line: name, comma, number needed."""

    slots = forms.CharField(
        label=_("Shifts and roles, one per line, with how many people each needs"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Stewards, 6"),
    )
    places = forms.IntegerField(
        label=_("How many the place holds"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_("Leave it empty if everybody fits. Who comes after that is on a waiting list."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    lost = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_slots(self) -> list[tuple[str, int]]:
        needed_by_name: dict[str, int] = {}
        for line in filter(None, (line.strip() for line in self.cleaned_data["slots"].splitlines())):
            name, needed = split_at_last_comma(line)
            if not name or not needed.isdecimal() or not 0 < int(needed) < 10_000:
                raise forms.ValidationError(
                    _("“%(line)s” has no number. Write the role, a comma and how many.") % {"line": line},
                    code="no-number",
                )
            needed_by_name[name[:80]] = int(needed)
        if len(needed_by_name) > MAX_SLOTS:
            raise forms.ValidationError(_("More than twenty are too many to choose from."))
        return list(needed_by_name.items())

    def check_lost(self, lost: Sequence[FilledSlot]) -> None:
        """Refuse once if people have a slot that would go, and let the page send their number along."""
        people = sum(filled.taken + filled.waiting for filled in lost)
        seen = " ".join(str(filled.slot.uuid) for filled in lost) + f" {people}"
        if not people or self.cleaned_data.get("lost") == seen:
            return
        data = self.copy_data()
        data["lost"] = seen
        self.data = data
        names = get_text_list([f"“{filled.slot.name}”" for filled in lost], _("and"))
        sentence = ngettext(
            "%(n)d person has %(names)s. They stay on the list without it and are told. Press again to go on.",
            "%(n)d people have %(names)s. They stay on the list without it and are told. Press again to go on.",
            people,
        )
        self.add_error(
            "slots", forms.ValidationError(sentence % {"n": people, "names": names}, code="slot_lost")
        )


class JoinLinkForm(EditForm, forms.Form):
    """The link to an online room, for one date or more of a series."""

    link = JoinLinkField()
    which = forms.ChoiceField(
        label=_("What is this change for?"),
        choices=AppliesTo.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, repeats: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not repeats:
            del self.fields["which"]

    @property
    def applies_to(self) -> str:
        return self.cleaned_data.get("which") or AppliesTo.THIS


class HeadcountForm(EditForm, forms.Form):
    headcount = forms.IntegerField(
        label=_("Heads counted"),
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
