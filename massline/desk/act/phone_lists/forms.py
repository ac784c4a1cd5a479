"""Forms for making a list, and for what came of a call."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.act.events.models import Event
from massline.desk.act.messages.recipients_form import RecipientsForm
from massline.desk.act.phone_lists.actions import possible_callers
from massline.desk.act.phone_lists.models import Outcome
from massline.desk.act.phone_lists.next_step_choices import NextStepChoice, next_step_choices
from massline.desk.people.models import Account, Organisation
from massline.web.form_fields import set_choices, text_area, text_line


class ListForm(RecipientsForm):
    """Whom to call, who calls, and what to say besides what, when and where."""

    callers: "forms.ModelMultipleChoiceField[Account]" = forms.ModelMultipleChoiceField(
        label=_("Who calls?"),
        queryset=Account.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only key-holders can open names and numbers. Everybody gets the same share."),
    )
    field_order = ("callers",)

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, organisation=organisation)
        holders = possible_callers(organisation)
        rows = Account.objects.filter(pk__in=[holder.pk for holder in holders]).order_by("name")
        set_choices(self, callers=rows)
        self.initial["callers"] = holders


class OutcomeForm(forms.Form):
    """What came of one call: the outcome, the next step that was agreed, and what the person said, if it may be passed on."""

    entry = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.TypedChoiceField(
        choices=Outcome.choices,
        coerce=Outcome,
        error_messages={"required": _("Nothing is saved yet. Choose how the call went.")},
    )
    step = forms.CharField(required=False, max_length=20)
    next_what = text_line(
        _("Something else"), 120, required=False, hint=_("For example: takes ten cards to the second floor.")
    )
    said = text_area(
        _("What they said, in their words"),
        600,
        required=False,
        hint=_("It becomes a voice in the open question, without the name. Ask first if you may pass it on."),
    )

    def __init__(self, data: Any = None, *, event: Event) -> None:
        super().__init__(data)
        self.choices = next_step_choices(event)

    @property
    def chosen(self) -> NextStepChoice | None:
        """The next step that was chosen among those offered for this outcome."""
        outcome, step = self.cleaned_data["outcome"], self.cleaned_data["step"]
        return next(
            (choice for choice in self.choices if (choice.outcome, choice.key) == (outcome, step)), None
        )
