"""The base of forms by which somebody leaves a name and a way to be reached, to be sealed on arrival."""

import secrets
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from massline.web.contact_point_form import ReachForm
from massline.web.form_fields import TrapField

STALE = _("Nothing was saved: this page was open too long. Reload it and send again.")


def sign_form_id(about: UUID, salt: str) -> str:
    """Sign a number for one copy of a form, so that the same copy sent twice is kept once."""
    return signing.dumps([str(about), secrets.token_hex(16)], salt=salt)


class SealedForm(ReachForm):
    """A name to call somebody, one contact point and a language, about one event or organisation.

    A subclass names the `salt` of its copies, and redeclares `contact` in its own words. `form_id` comes out as the
    number of the copy; a copy about something else, or with a broken signature, is an error "stale".
    """

    salt: str
    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Please give us a name to call you. Any name is fine.")},
    )
    language = forms.ChoiceField(label=_("Which language should we write in?"), required=False)
    website = TrapField()
    form_id = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.initial.setdefault("form_id", sign_form_id(about, self.salt))
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("Any language")), *settings.LANGUAGES]

    def clean_form_id(self) -> str:
        try:
            about, number = signing.loads(self.cleaned_data["form_id"], salt=self.salt)
        except (signing.BadSignature, ValueError) as problem:
            raise forms.ValidationError(STALE, code="stale") from problem
        if about != str(self.about):
            raise forms.ValidationError(STALE, code="stale")
        return str(number)


def contact_field(label: Any, *, required: Any) -> forms.CharField:
    """Make the field for one contact point; `required` is what is said where it is empty."""
    return forms.CharField(
        label=label,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
        error_messages={"required": required},
    )
