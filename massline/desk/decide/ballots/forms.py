"""The ballot of one member, for principles and motions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BallotForm(forms.Form):
    """Yes, no, or neither."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstain"))])
