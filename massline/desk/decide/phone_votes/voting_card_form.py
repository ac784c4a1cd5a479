"""The form that prints cards for a hall."""

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.square.conversations.trust_levels import Level

MOST_CARDS = 300
KINDS = [
    (Level.CARD.value, _("Drawn from a hat, one for each person")),
    (Level.IN_PERSON.value, _("Handed out by two of us, against a list")),
]


class VotingCardForm(forms.Form):
    most = forms.IntegerField(
        label=_("How many cards?"),
        min_value=1,
        max_value=MOST_CARDS,
        initial=100,
        help_text=_("Ten cards fill a page. Print a few more than people you expect."),
    )
    level = forms.TypedChoiceField(
        label=_("How do people get them?"),
        choices=KINDS,
        coerce=Level,
        widget=forms.RadioSelect,
        initial=Level.CARD.value,
    )
