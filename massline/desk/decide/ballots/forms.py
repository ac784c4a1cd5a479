"""PLACEHOLDER from massline.desk.decide.forms.principles: Forms for stating, voting on and retiring principles."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BallotForm(forms.Form):
    """Yes, no, or neither."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstain"))])
