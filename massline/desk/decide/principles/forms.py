"""Forms for stating, voting on and retiring principles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.ballots.models import Rule


class PrincipleForm(forms.Form):
    text = forms.CharField(
        label=_("A line we do not cross"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    rule = forms.ChoiceField(
        label=_("It is adopted with"), choices=Rule.choices, initial=Rule.TWO_THIRDS, required=False
    )
    quorum = forms.IntegerField(
        label=_("Percent of members who must take part"),
        min_value=0,
        max_value=100,
        initial=50,
        required=False,
    )

    def clean_rule(self) -> str:
        return self.cleaned_data["rule"] or Rule.TWO_THIRDS

    def clean_quorum(self) -> int:
        given: int | None = self.cleaned_data["quorum"]
        return 50 if given is None else given


class RetireForm(forms.Form):
    because = forms.CharField(
        label=_("Why do we let it go?"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
