"""Forms for naming, inviting and becoming a co-sponsor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.call.sponsor_names import looks_like_public_organisation
from massline.desk.people.models import Organisation


class SponsorForm(forms.Form):
    """Name a co-sponsor that agreed elsewhere, or ask for a code for an organisation of this installation."""

    name = forms.CharField(
        label=_("Their name, as it should be printed"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    how = forms.ChoiceField(
        label=_("How do they say yes?"),
        choices=[
            ("told", _("They don’t use Massline. We asked them, and they agreed.")),
            ("code", _("They use this site too. Make a code for them.")),
        ],
        initial="told",
        widget=forms.RadioSelect,
    )


class StandWithForm(forms.Form):
    """Agree to co-sponsor under a name of one's choice."""

    code = forms.CharField(label=_("The code they gave you"), max_length=60)
    name = forms.CharField(
        label=_("Our name, as it should be printed"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial={"name": organisation.name})
        self.organisation = organisation

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if looks_like_public_organisation(name, ours=self.organisation):
            raise forms.ValidationError(
                _(
                    "Another organisation of this site has this name, or one that looks like it. Use your own."
                ),
                code="name-of-another",
            )
        return name
