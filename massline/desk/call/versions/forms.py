"""PLACEHOLDER from massline.desk.call.forms: Forms for writing a call, and for calling it off."""

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from massline.desk.call.versions.models import CallVersion
from massline.square.calls.localized import LANGUAGES


def language_choices() -> list[tuple[str, str]]:
    """Every language a call may be written in, under the name its speakers give it."""
    return [(code, get_language_info(code)["name_local"]) for code in LANGUAGES]


class VersionForm(forms.Form):
    """The words of a further language. The hours are the original's."""

    slogan = forms.CharField(
        label=_("Slogan"),
        max_length=240,
        help_text=_("Not translated: said anew, as one would shout it."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    what = forms.CharField(
        label=_("What we do"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    ask = forms.CharField(
        label=_("The one thing we ask"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    place = forms.CharField(
        label=_("Where"),
        max_length=160,
        required=False,
        help_text=_("Left empty: as the original says it, and as the signs in the street do."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    bring = forms.CharField(
        label=_("Bring"), max_length=160, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    access = forms.CharField(
        label=_("Access"), max_length=240, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    @classmethod
    def words_of(cls, version: CallVersion | None) -> dict[str, Any]:
        return {name: getattr(version, name) for name in cls.base_fields} if version else {}
