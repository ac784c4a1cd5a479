"""Forms for assessments and forecasts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.assessments.evidence import list_choices
from massline.desk.decide.assessments.models import Leaning
from massline.desk.people.models import Organisation


def _words(label: Any, most: int, rows: int = 2) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=most, required=False, strip=False, widget=widget)


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Is it time to …?"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class PointForm(forms.Form):
    leaning = forms.ChoiceField(label=_("It"), choices=Leaning.choices, widget=forms.RadioSelect)
    words = _words(_("Why?"), 1000)
    cites = forms.ChoiceField(label=_("It rests on"), required=False)

    def __init__(
        self, data: Any = None, *, organisation: Organisation, initial: Any = None, **more: Any
    ) -> None:
        super().__init__(data, initial=initial, **more)
        cites = self.fields["cites"]
        assert isinstance(cites, forms.ChoiceField)
        cites.choices = [("", _("nothing more")), *list_choices(organisation)]


class ConclusionForm(forms.Form):
    conclusion = _words(_("What we conclude"), 1000)
    dissent = _words(_("Who sees it differently, in their words"), 2000)


class ForecastForm(forms.Form):
    text = forms.CharField(
        label=_("We expect that"), max_length=240, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    criterion = forms.CharField(
        label=_("How shall we know?"), max_length=240, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    percent = forms.IntegerField(label=_("How likely, in percent?"), min_value=1, max_value=99)
    resolves_on = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))


class SettleForm(forms.Form):
    came_true = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda said: said == "yes")
