"""Forms for writing a call, and for calling it off."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.call.models import Call
from massline.desk.call.versions.forms import language_choices
from massline.web.form_fields import MomentInput

USUAL_LENGTH = timedelta(hours=2)


class CallForm(forms.Form):
    """Everything a call says. A draft may leave it open; what is missing is said beside it, not in the way."""

    slogan = forms.CharField(
        label=_("Slogan"),
        max_length=240,
        required=False,
        help_text=_("As one would shout it: eight words or fewer."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    what = forms.CharField(
        label=_("What we do"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    ask = forms.CharField(
        label=_("The one thing we ask"),
        max_length=160,
        required=False,
        help_text=_("One. The rest can stand under “bring”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    starts_at = forms.DateTimeField(label=_("From"), required=False, widget=MomentInput())
    ends_at = forms.DateTimeField(
        label=_("Until"), required=False, widget=MomentInput(), help_text=_("Left empty: two hours.")
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=160,
        required=False,
        help_text=_("A place everybody finds, and the spot there."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    bring = forms.CharField(
        label=_("Bring"), max_length=160, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    access = forms.CharField(
        label=_("Access"),
        max_length=240,
        required=False,
        help_text=_("Steps, toilets, seats, languages, children."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    called_by = forms.CharField(label=_("Who calls"), max_length=160, required=False)
    mass_meeting = forms.BooleanField(label=_("This is a mass meeting"), required=False)
    language = forms.ChoiceField(
        label=_("Written in"),
        choices=language_choices,
        required=False,
        help_text=_("Further languages can stand beside it; each is written by somebody who speaks it."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        start = given.get("starts_at")
        if isinstance(start, datetime) and not given.get("ends_at"):
            given["ends_at"] = start + USUAL_LENGTH
        if not given.get("language"):
            # A form that says nothing of it leaves it as it is.
            given.pop("language", None)
        return given

    @classmethod
    def facts_of(cls, call: Call) -> dict[str, Any]:
        """What the form shows of a call that is written already."""
        return {name: getattr(call, name) for name in cls.base_fields}


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, in a sentence everybody may read"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
