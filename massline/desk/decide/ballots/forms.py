"""The ballot of one member, for principles and motions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BallotForm(forms.Form):
    """Yes, no, or neither; `nonce` is the number of the page it was answered on."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstain"))])
    nonce = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
