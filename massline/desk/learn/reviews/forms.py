"""The form of the review."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from massline.desk.act.events.models import Event
from massline.desk.contacts.active_members import active_members
from massline.desk.learn.reviews.actions import AgreedTask
from massline.desk.people.models import Section
from massline.web.form_fields import day_field, set_choices, text_area, text_line

AGREEMENTS = 3
LONGEST = 4000


class ReviewForm(forms.Form):
    expected = text_area(_("What did we expect?"), LONGEST, rows=3)
    happened = text_area(
        _("What happened?"), LONGEST, rows=3, hint=_("The numbers are above. What don’t they tell?")
    )
    because = text_area(_("Why was it different?"), LONGEST, rows=3)
    keep = text_area(_("What will we keep?"), LONGEST, rows=3, required=False)
    change = text_area(_("What will we change?"), LONGEST, rows=3, required=False)
    next_event = forms.ModelChoiceField(
        label=_("What comes next?"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("nothing yet"),
        help_text=_("An event is closed once the next one is planned."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        next_events = list_next_events(event)
        set_choices(self, next_event=next_events)
        if event.call is not None:
            self.initial.setdefault("expected", event.call.decision.forecast)
        meeting = next_events.filter(kind="mass_meeting").first()
        self.initial.setdefault("next_event", meeting)
        self.sections = list(Section.objects.filter(organisation=event.organisation))
        for section in self.sections:
            self.fields[f"room_{section.pk}"] = forms.IntegerField(
                label=section.name, required=False, min_value=0, max_value=1_000_000
            )
        for number in range(AGREEMENTS):
            self._add_agreement(number, event)

    def _add_agreement(self, number: int, event: Event) -> None:
        self.fields[f"what_{number}"] = text_line(_("What"), 160, required=False)
        self.fields[f"who_{number}"] = forms.ModelChoiceField(
            label=_("Who"), required=False, queryset=active_members(event.organisation)
        )
        self.fields[f"due_{number}"] = day_field(_("By"), required=False, years=1)

    @property
    def room_fields(self) -> list[forms.BoundField]:
        return [self[f"room_{section.pk}"] for section in self.sections]

    @property
    def agreed_fields(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{number}"] for part in ("what", "who", "due")] for number in range(AGREEMENTS)]

    def clean(self) -> dict[str, Any]:
        """Gather the room by section, and the agreements; a row that is begun has to be filled in."""
        cleaned = super().clean() or {}
        rooms = {section.name: cleaned.pop(f"room_{section.pk}", None) for section in self.sections}
        cleaned["room"] = {name: came for name, came in rooms.items() if came is not None}
        cleaned["agreed"] = []
        for number in range(AGREEMENTS):
            row = [cleaned.pop(f"{part}_{number}", None) for part in ("what", "who", "due")]
            if all(row):
                cleaned["agreed"].append(AgreedTask(*row))
            elif row[0]:
                self.add_error(
                    f"what_{number}", forms.ValidationError(_("Who does what, by when?"), code="no-owner")
                )
        return cleaned


def list_next_events(event: Event) -> QuerySet[Event]:
    """Return what can come next: coming events here, and the mass meetings of the organisation above."""
    organisation = event.organisation
    ours = Q(organisation=organisation)
    if organisation.parent_id is not None:
        ours |= Q(organisation_id=organisation.parent_id, kind="mass_meeting")
    return Event.objects.coming_up().filter(ours).exclude(pk=event.pk)
