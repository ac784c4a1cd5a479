"""Forms for one next step of many: of all who came, or of all who have none."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.attendance.attendee_next_steps import roles_taken_at_any_event, roles_taken_at_event
from massline.desk.act.events.models import Event
from massline.desk.contacts.active_members import active_members
from massline.desk.contacts.next_step_form import NextStepForm
from massline.desk.people.models import Account, Organisation, Section
from massline.web.form_fields import set_choices

MOST_EVENTS = 30


class StepForSeveralForm(NextStepForm):
    """One next step for several people, shared out among several organisers."""

    others: "forms.ModelMultipleChoiceField[Account]" = forms.ModelMultipleChoiceField(
        label=_("Share them with"),
        queryset=Account.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("People are shared out equally among everyone named here."),
    )


class SharedStepForm(StepForSeveralForm):
    """One next step for everybody who came, or for those of one role; further organisers share them."""

    role = forms.ChoiceField(label=_("Only those who took"), required=False)

    def __init__(self, data: Any = None, *, event: Event, by: Account) -> None:
        super().__init__(data, organisation=event.organisation, by=by)
        set_choices(self, others=active_members(event.organisation))
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [("", _("any role, or none")), *((name, name) for name in roles_taken_at_event(event))]

    def given(self) -> dict[str, Any]:
        """The arguments of `agree_next_step_with_attendees`."""
        facts = self.cleaned_data
        owners = list(dict.fromkeys([facts["owner"], *facts["others"]]))
        return {"what": facts["what"], "due_on": facts["due_on"], "owners": owners, "role": facts["role"]}


class ShareOutForm(StepForSeveralForm):
    """One next step for everybody who has none, by section, event and role, shared out among organisers."""

    section: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(
        label=_("Only people from"),
        queryset=Section.objects.none(),
        required=False,
        empty_label=_("everywhere"),
    )
    event: "forms.ModelChoiceField[Event]" = forms.ModelChoiceField(
        label=_("Only people who signed up for or came to"),
        queryset=Event.objects.none(),
        required=False,
        empty_label=_("any event, or none"),
    )
    role = forms.ChoiceField(label=_("Only those who took"), required=False)
    each = forms.IntegerField(
        label=_("How many can each of you take?"),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("The others stay on the list for next time."),
    )

    def __init__(
        self, data: Any = None, *, organisation: Organisation, by: Account, event: Event | None = None
    ) -> None:
        super().__init__(data, organisation=organisation, by=by)
        self.initial["event"] = event
        recent = Event.objects.of(organisation).filter(cancelled=False).order_by("-starts_at")
        set_choices(
            self,
            others=active_members(organisation),
            section=Section.objects.filter(organisation=organisation),
            event=recent.filter(pk__in=list(recent.values_list("pk", flat=True)[:MOST_EVENTS])),
        )
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [
            ("", _("any role, or none")),
            *((name, name) for name in roles_taken_at_any_event(organisation)),
        ]

    @property
    def owners(self) -> list[Account]:
        """The organisers who share, each once."""
        return list(dict.fromkeys([self.cleaned_data["owner"], *self.cleaned_data["others"]]))

    def whom(self) -> dict[str, Any]:
        """The arguments of `people_without_next_step`."""
        given = self.cleaned_data
        most = given["each"] * len(self.owners) if given.get("each") else None
        return {"section": given["section"], "event": given["event"], "role": given["role"], "most": most}
