"""Forms for writing a call, and for calling it off."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from massline.desk.call.further import CallSetting, CallVersion
from massline.desk.call.models import Call
from massline.square.calls.localized import LANGUAGES

USUAL_LENGTH = timedelta(hours=2)


class MomentInput(forms.DateTimeInput):
    """The phone's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def language_choices() -> list[tuple[str, str]]:
    """Every language a call may be written in, under the name its speakers give it."""
    return [(code, get_language_info(code)["name_local"]) for code in LANGUAGES]


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


class SponsorForm(forms.Form):
    """Who calls with us: somebody elsewhere who said yes, or an organisation here that says so itself."""

    name = forms.CharField(
        label=_("Their name, as they want it printed"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    how = forms.ChoiceField(
        label=_("How they say yes"),
        choices=[
            ("told", _("They are not here. We asked them, and they agreed.")),
            ("code", _("They use this installation too. Give me a code for them.")),
        ],
        initial="told",
        widget=forms.RadioSelect,
    )


class StandWithForm(forms.Form):
    """An organisation that was asked agrees under the name it chooses."""

    code = forms.CharField(label=_("The code they gave you"), max_length=60)
    name = forms.CharField(
        label=_("Our name, as it will be printed"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class SettingForm(forms.Form):
    """How the organisation wants its calls."""

    second_eyes = forms.BooleanField(
        label=_("A second person reads each call before it goes out"), required=False
    )
    legal_number = forms.CharField(
        label=_("Legal number, printed on wallet cards"),
        max_length=40,
        required=False,
        help_text=_("Left empty, the cards leave a line to write it on."),
    )
    rights = forms.CharField(
        label=_("Know your rights, one line each"),
        max_length=700,
        required=False,
        help_text=_(
            "Let a lawyer of your place check it. Left empty, the cards say what holds nearly everywhere."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    @classmethod
    def now(cls, setting: CallSetting) -> dict[str, Any]:
        return {name: getattr(setting, name) for name in cls.base_fields}
