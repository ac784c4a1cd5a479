"""PLACEHOLDER from massline.desk.act.forms: Forms for planning an event, welcoming somebody at the door, and agreeing on the next step."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WalkInForm(forms.Form):
    name = forms.CharField(
        label=_("What should we call you?"), max_length=60, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    point = forms.CharField(
        label=_("Phone, e-mail or handle"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    consent = forms.BooleanField(
        label=_("They agree that we contact them"),
        error_messages={"required": _("Ask them first. Without their yes nothing is kept.")},
    )
