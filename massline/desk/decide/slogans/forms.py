"""Forms for slogans and their trials."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.demands.models import Demand
from massline.desk.people.models import Organisation


class SloganForm(forms.Form):
    demand: "forms.ModelChoiceField[Demand]" = forms.ModelChoiceField(
        label=_("Which demand?"), queryset=None, empty_label=None
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("As one would shout it"),
        max_length=90,
        help_text=_("Short, one verb, one breath. Not translated: said as people say it in this language."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial={"language": organisation.language})
        demand = self.fields["demand"]
        assert isinstance(demand, forms.ModelChoiceField)
        demand.queryset = Demand.objects.filter(organisation=organisation)


class TrialForm(forms.Form):
    """What people did when they heard it; counts, never who."""

    place = forms.CharField(label=_("Where?"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"}))
    day = forms.DateField(
        label=_("When?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Today, if empty."),
    )
    understood = forms.IntegerField(label=_("understood at once"), min_value=0, max_value=5000, initial=0)
    asked_again = forms.IntegerField(label=_("asked again"), min_value=0, max_value=5000, initial=0)
    walked_on = forms.IntegerField(label=_("walked on"), min_value=0, max_value=5000, initial=0)
