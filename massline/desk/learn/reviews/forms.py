"""Forms for the review, the lesson, and the next question."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from massline.desk.act.events.models import Event
from massline.desk.contacts.forms import live_members
from massline.desk.learn.reviews.actions import Agreed
from massline.desk.people.models import Section

if TYPE_CHECKING:
    pass
from massline.desk.learn.form_fields import day_field, long_text

AGREED = 3


class ReviewForm(forms.Form):
    expected = long_text(_("What did we expect?"))
    happened = long_text(_("What happened?"), hint=_("The numbers stand above. What do they not say?"))
    because = long_text(_("Why the difference?"))
    keep = long_text(_("What do we keep?"), required=False)
    change = long_text(_("What do we change?"), required=False)
    next_event = forms.ModelChoiceField(
        label=_("What comes next?"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("nothing yet"),
        help_text=_("An event closes with the next one set."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["next_event"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = following(event)
        if event.call is not None:
            self.initial.setdefault("expected", event.call.decision.forecast)
        meeting = following(event).filter(kind="mass_meeting").first()
        self.initial.setdefault("next_event", meeting)
        self.sections = list(Section.objects.filter(organisation=event.organisation))
        for section in self.sections:
            self.fields[f"room_{section.pk}"] = forms.IntegerField(
                label=section.name, required=False, min_value=0, max_value=1_000_000
            )
        for number in range(AGREED):
            self._ask_who_does_what(number, event)

    def _ask_who_does_what(self, number: int, event: Event) -> None:
        self.fields[f"what_{number}"] = forms.CharField(
            label=_("What"), required=False, max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
        )
        self.fields[f"who_{number}"] = forms.ModelChoiceField(
            label=_("Who"), required=False, queryset=live_members(event.organisation)
        )
        self.fields[f"due_{number}"] = day_field(_("By"), required=False)

    @property
    def room_fields(self) -> list[forms.BoundField]:
        return [self[f"room_{section.pk}"] for section in self.sections]

    @property
    def agreed_fields(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{number}"] for part in ("what", "who", "due")] for number in range(AGREED)]

    def clean(self) -> dict[str, Any]:
        """Gather the room by section, and what was agreed; a row that is begun is filled in."""
        given = super().clean() or {}
        rooms = {section.name: given.pop(f"room_{section.pk}", None) for section in self.sections}
        given["room"] = {name: came for name, came in rooms.items() if came is not None}
        given["agreed"] = []
        for number in range(AGREED):
            row = [given.pop(f"{part}_{number}", None) for part in ("what", "who", "due")]
            if all(row):
                given["agreed"].append(Agreed(*row))
            elif row[0]:
                self.add_error(f"what_{number}", _("Who does it, and by when?"))
        return given


def following(event: Event) -> QuerySet[Event]:
    """What can come next: everything set here, and the mass meetings of the whole."""
    organisation = event.organisation
    ours = Q(organisation=organisation)
    if organisation.parent_id is not None:
        ours |= Q(organisation_id=organisation.parent_id, kind="mass_meeting")
    return Event.objects.coming_up().filter(ours).exclude(pk=event.pk)
