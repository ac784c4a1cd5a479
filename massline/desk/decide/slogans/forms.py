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
        _("As you would shout it"),
        90,
        hint=_("Short, one verb, one breath. Don’t translate: use what people would say in this language."),
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial={"language": organisation.language})
        set_choices(self, demand=Demand.objects.filter(organisation=organisation))


class TrialForm(forms.Form):
    """Counts of what people did when they heard the slogan."""

    place = text_line(_("Where did you try it?"), 80)
    day = day_field(_("When?"), required=False, hint=_("Leave empty for today."))
    understood = forms.IntegerField(
        label=_("understood straight away"), min_value=0, max_value=5000, initial=0
    )
    asked_again = forms.IntegerField(label=_("asked what it means"), min_value=0, max_value=5000, initial=0)
    walked_on = forms.IntegerField(label=_("walked past"), min_value=0, max_value=5000, initial=0)
