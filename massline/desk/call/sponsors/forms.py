"""Forms for naming, inviting and becoming a co-sponsor."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
