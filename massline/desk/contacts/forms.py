"""PLACEHOLDER from massline.desk.act.forms: Forms for planning an event, welcoming somebody at the door, and agreeing on the next step."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from massline.desk.people.models import Account, Organisation


class NextStepForm(forms.Form):
    """What, by when, and who walks with them."""

    what = forms.CharField(
        label=_("What"),
        max_length=120,
        help_text=_("Small and sure: bring one neighbour, take ten cards, call Thursday."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    due_on = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    owner = forms.ModelChoiceField(
        label=_("Who walks with them"), queryset=Account.objects.none(), empty_label=None
    )

    def __init__(
        self, *args: Any, organisation: Organisation, by: Account | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = members_of(organisation)
        self.initial.setdefault("owner", by)
        self.initial.setdefault("due_on", timezone.localdate() + timedelta(days=7))

    def clean_due_on(self) -> object:
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose one to come."))
        return day


def members_of(organisation: Organisation) -> Any:
    live = {"memberships__organisation": organisation, "memberships__ended_on": None, "is_active": True}
    return Account.objects.filter(**live).order_by("name")


class SectionForm(forms.Form):
    name = forms.CharField(
        label=_("Section"),
        max_length=60,
        help_text=_("A block, a department, a year."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    headcount = forms.IntegerField(
        label=_("How many live or work there"),
        min_value=1,
        max_value=100_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
