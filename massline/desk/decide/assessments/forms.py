"""Forms for assessments and forecasts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.assessments.evidence import list_choices
from massline.desk.decide.assessments.models import Assessment, Leaning, Reading
from massline.desk.people.models import Organisation
from massline.web.edit_forms import EditForm
from massline.web.form_fields import day_field, text_area, text_line


class QuestionForm(forms.Form):
    question = text_line(_("Is it time to …?"), 160)


class PointForm(EditForm, forms.Form):
    leaning = forms.ChoiceField(label=_("What this says"), choices=Leaning.choices, widget=forms.RadioSelect)
    words = text_area(_("Why?"), 1000, required=False, strip=False)
    cites = forms.ChoiceField(label=_("Based on"), required=False)

    def __init__(
        self, data: Any = None, *, organisation: Organisation, initial: Any = None, **more: Any
    ) -> None:
        super().__init__(data, initial=initial, **more)
        cites = self.fields["cites"]
        assert isinstance(cites, forms.ChoiceField)
        cites.choices = [("", _("nothing else")), *list_choices(organisation)]


class ConclusionForm(EditForm, forms.Form):
    conclusion = text_area(_("What we conclude"), 1000, required=False, strip=False)
    dissent = text_area(_("Who sees it differently, in their own words"), 2000, required=False, strip=False)


class ReadingsForm(EditForm, forms.Form):
    """The words that overrule numbers of an assessment, one line for each number; empty lines accept it."""

    def __init__(self, data: Any = None, *, assessment: Assessment) -> None:
        readings = Reading.objects.filter(point__assessment=assessment)
        self.readings = {f"why-{reading.pk}": reading for reading in readings}
        initial = {name: reading.words for name, reading in self.readings.items()}
        super().__init__(data, initial=initial)
        for name, reading in self.readings.items():
            self.fields[name] = text_line(reading.text, 300, required=False)

    @property
    def overruled(self) -> dict[int, str]:
        """The words by the primary key of the number."""
        return {reading.pk: self.cleaned_data[name] for name, reading in self.readings.items()}


class ForecastForm(forms.Form):
    text = text_line(_("We expect that"), 240)
    criterion = text_line(_("How will we know?"), 240)
    percent = forms.IntegerField(label=_("How likely, in percent?"), min_value=1, max_value=99)
    resolves_on = day_field(_("By which day?"))


class SettleForm(forms.Form):
    came_true = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")], coerce=lambda answer: answer == "yes"
    )
