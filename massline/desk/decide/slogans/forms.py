"""Forms for slogans and their trials."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.demands.models import Demand
from massline.desk.people.models import Organisation
from massline.web.form_fields import day_field, set_choices, text_line


class SloganForm(forms.Form):
    demand: "forms.ModelChoiceField[Demand]" = forms.ModelChoiceField(
        label=_("Which demand?"), queryset=None, empty_label=None
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    text = text_line(
        _("As one would shout it"),
        90,
        hint=_("Short, one verb, one breath. Not translated: said as people say it in this language."),
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial={"language": organisation.language})
        set_choices(self, demand=Demand.objects.filter(organisation=organisation))


class TrialForm(forms.Form):
    """Counts of what people did when they heard the slogan."""

    place = text_line(_("Where?"), 80)
    day = day_field(_("When?"), required=False, hint=_("Today, if empty."))
    understood = forms.IntegerField(label=_("understood at once"), min_value=0, max_value=5000, initial=0)
    asked_again = forms.IntegerField(label=_("asked again"), min_value=0, max_value=5000, initial=0)
    walked_on = forms.IntegerField(label=_("walked on"), min_value=0, max_value=5000, initial=0)
