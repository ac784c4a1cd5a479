"""The form in which somebody enters an access code."""

from django import forms
from django.utils.translation import gettext_lazy

from massline.square.conversations.voting.forms import BallotField


class WayInForm(forms.Form):
    """A code as it stands on a card; capitals, spaces and dashes do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
        error_messages={"required": gettext_lazy("Type the code printed on your card.")},
    )
    ballot = BallotField()
