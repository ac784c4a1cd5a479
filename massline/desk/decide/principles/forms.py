"""Forms for stating and retiring principles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.ballots.majority_count import MajorityRule
from massline.web.form_fields import text_line


class PrincipleForm(forms.Form):
    text = text_line(_("A principle (a line we do not cross)"), 200)
    rule = forms.ChoiceField(
        label=_("Needed to adopt it"),
        choices=MajorityRule.choices,
        initial=MajorityRule.TWO_THIRDS,
        required=False,
    )
    quorum = forms.IntegerField(
        label=_("Percent of members who must vote"),
        min_value=0,
        max_value=100,
        initial=50,
        required=False,
    )

    def clean_rule(self) -> str:
        return self.cleaned_data["rule"] or MajorityRule.TWO_THIRDS

    def clean_quorum(self) -> int:
        quorum: int | None = self.cleaned_data["quorum"]
        return 50 if quorum is None else quorum


class RetireForm(forms.Form):
    because = text_line(_("Why do we drop it?"), 300)
