"""Forms for planning an event, welcoming somebody at the door, and agreeing on the next step."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.act.events.facts import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.series import Every
from massline.square.calls.fact_forms import FactForm
from massline.square.calls.facts import EventFacts, hints_of, labels_of, names_of

MOST_SLOTS = 20


class EventForm(FactForm):
    facts = EventPlan
    forecast = forms.IntegerField(
        label=_("How many we expect"), required=False, min_value=0, max_value=10_000_000
    )

    class Meta(FactForm.Meta):
        model = Event
        fields = names_of(EventFacts)
        labels = {
            **labels_of(EventFacts),
            "kind": _("What kind"),
            "title": _("What do we call it?"),
            "starts_at": _("From"),
            "ends_at": _("Until"),
            "place": _("Where"),
            "about": _("What it is about"),
        }
        help_texts = hints_of(EventFacts)

    def clean_starts_at(self) -> object:
        start = self.cleaned_data["starts_at"]
        if start <= timezone.now():
            raise forms.ValidationError(_("This hour is past. Choose one to come."))
        return start

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "starts_at" in given and "ends_at" in given and given["ends_at"] <= given["starts_at"]:
            self.add_error("ends_at", _("It ends before it starts."))
        return given

    def plan(self) -> EventPlan:
        return EventPlan(**{name: self.cleaned_data[name] for name in names_of(EventPlan)})


class PlanForm(EventForm):
    """An event, and whether it comes again."""

    every = forms.ChoiceField(
        label=_("Does it come again?"),
        required=False,
        choices=[("", _("Once")), *Every.choices],
        help_text=_("In the hours of the place. The next five weeks are set at once."),
    )


class SlotsForm(forms.Form):
    """Hours and roles, one a line: what, and how many it needs."""

    slots = forms.CharField(
        label=_("Hours and roles, one a line, with how many each needs"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Stewards, 6"),
    )

    def clean_slots(self) -> list[tuple[str, int]]:
        found: dict[str, int] = {}
        for line in filter(None, (one.strip() for one in self.cleaned_data["slots"].splitlines())):
            name, _comma, needed = line.rpartition(",")
            if not name.strip() or not needed.strip().isdigit() or not 0 < int(needed) < 10_000:
                raise forms.ValidationError(
                    _("“%(line)s” says no number. Write what, a comma, and how many.") % {"line": line}
                )
            found[name.strip()[:80]] = int(needed)
        if len(found) > MOST_SLOTS:
            raise forms.ValidationError(_("More than twenty are too many to choose from."))
        return list(found.items())


class HeadcountForm(forms.Form):
    headcount = forms.IntegerField(
        label=_("Heads counted"),
        min_value=0,
        max_value=10_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
