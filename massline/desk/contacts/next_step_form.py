"""The form for a next step: what, by which day, and who walks with them."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.contacts.active_members import active_members
from massline.desk.people.models import Account, Organisation
from massline.web.form_fields import day_field, set_choices, text_line


class NextStepForm(forms.Form):
    """A next step, its day, and the organiser who accompanies the contact."""

    what = text_line(
        _("What"),
        120,
        hint=_("Something small and certain: bring one neighbour, take ten cards, call on Thursday."),
    )
    due_on = day_field(_("By"), years=1)
    owner = forms.ModelChoiceField(label=_("Buddy"), queryset=Account.objects.none(), empty_label=None)

    def __init__(
        self, *args: Any, organisation: Organisation, by: Account | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, owner=active_members(organisation))
        self.initial.setdefault("owner", by)
        self.initial.setdefault("due_on", timezone.localdate() + timedelta(days=7))

    def clean_due_on(self) -> object:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("That day is in the past. Choose a future day."), code="past")
        return day
