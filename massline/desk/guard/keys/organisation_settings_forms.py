"""Forms for the privacy threshold and the country whose phone numbers need no code."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.core.phone_countries import calling_countries, phone_country
from massline.desk.people.models import Organisation
from massline.engine.privacy.threshold import LEAST
from massline.web.edit_forms import EditForm

MOST_HIDDEN = 1000


class ThresholdForm(EditForm, forms.Form):
    small_cell = forms.IntegerField(
        label=_("Hide figures of fewer people than"), min_value=LEAST, max_value=MOST_HIDDEN
    )


def threshold_form(organisation: Organisation, data: Mapping[str, Any] | None = None) -> ThresholdForm:
    return ThresholdForm(data, initial={"small_cell": organisation.small_cell})


class CountryForm(EditForm, forms.Form):
    """The country of phone numbers; without a choice it is guessed."""

    country = forms.ChoiceField(label=_("Numbers without a country are from"), required=False)

    def __init__(self, *args: Any, guessed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        nobody_said = _("guessed: %(country)s") % {"country": guessed} if guessed else _("nobody said")
        field.choices = [("", nobody_said), *calling_countries()]


def country_form(organisation: Organisation, data: Mapping[str, Any] | None = None) -> CountryForm:
    guessed = phone_country("", organisation.timezone)
    return CountryForm(data, guessed=guessed, initial={"country": organisation.country})
