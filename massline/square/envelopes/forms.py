"""The one form by which somebody says "I'm coming"."""

import secrets
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from massline.square.envelopes.timeslots import FilledSlot, Slot, slots_of
from massline.web.contact_point_form import ReachForm
from massline.web.form_fields import TrapField

SALT = "massline.coming"
LARGEST_PARTY = 20


class Help(models.TextChoices):
    """An offer to help on the day."""

    STEWARD = "steward", _("Steward")
    INTERPRET = "interpret", _("Interpret for others")
    CHILDREN = "children", _("Look after children")
    TEA = "tea", _("Make tea and food")
    NOTES = "notes", _("Take notes")
    DOORS = "doors", _("Knock on doors beforehand")


def fresh_form_id(about: UUID) -> str:
    """Sign a number for one copy of a form, so that the same copy sent twice is one envelope."""
    return signing.dumps([str(about), secrets.token_hex(16)], salt=SALT)


class ComingForm(ReachForm):
    """A name to call you and one contact point; the rest only if you like."""

    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Please give us a name to call you. Any name is fine.")},
    )
    contact = forms.CharField(
        label=_("Phone, e-mail or username"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
        error_messages={
            "required": _("Please give us one way to reach you, in case the time or place changes.")
        },
    )
    people = forms.IntegerField(
        label=_("How many are you?"),
        required=False,
        min_value=1,
        max_value=LARGEST_PARTY,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "max_value": _("That is a lot of people. Let some of them sign up on their own."),
            "min_value": _("You come yourself: at least one."),
        },
    )
    slot = forms.ChoiceField(label=_("I can do"), required=False, widget=forms.RadioSelect)
    needs = forms.CharField(
        label=_("What do you need so you can take part?"),
        max_length=120,
        required=False,
        help_text=_(
            "For example an interpreter, no steps, a seat near the door. We delete this after the event."
        ),
    )
    language = forms.ChoiceField(label=_("Which language should we write in?"), required=False)
    help = forms.MultipleChoiceField(
        label=_("I can also help with"),
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = TrapField()
    form_id = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: UUID, slots: list[FilledSlot] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.initial.setdefault("form_id", fresh_form_id(about))
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)
        language.choices = [("", _("Any language")), *settings.LANGUAGES]
        self.slots = {
            str(filled.slot.uuid): filled for filled in (slots_of(about) if slots is None else slots)
        }
        choice = self.fields["slot"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", _("I’ll just come")),
            *((key, describe_slot(filled)) for key, filled in self.slots.items()),
        ]

    def clean_people(self) -> int:
        return self.cleaned_data["people"] or 1

    def refuse_people(self, left: int) -> None:
        """Say that there are not enough places for so many."""
        sentence = ngettext(
            "There is room for %(n)d of you. Choose a smaller number; the others can sign up for the waiting list.",
            "There is room for %(n)d of you. Choose a smaller number; the others can sign up for the waiting list.",
            left,
        )
        self.add_error("people", forms.ValidationError(sentence % {"n": left}, code="too-few-places"))

    def clean_form_id(self) -> str:
        try:
            about, number = signing.loads(self.cleaned_data["form_id"], salt=SALT)
        except (signing.BadSignature, ValueError) as problem:
            raise forms.ValidationError(STALE, code="stale") from problem
        if about != str(self.about):
            raise forms.ValidationError(STALE, code="stale")
        return str(number)

    @property
    def chosen_slot(self) -> Slot | None:
        """The hour or role that was chosen."""
        chosen = self.slots.get(self.cleaned_data.get("slot", ""))
        return chosen.slot if chosen else None

    @property
    def is_stale(self) -> bool:
        return "form_id" in self.errors

    def contents(self) -> dict[str, str]:
        """The content of the envelope."""
        given = self.cleaned_data
        further = {"needs": given["needs"], "slot": self.chosen_slot.name if self.chosen_slot else ""}
        return {
            "name": given["name"],
            "contact": given["contact"],
            "language": given["language"],
            "help": ",".join(given["help"]),
        } | {name: words for name, words in further.items() if words}


def describe_slot(filled: FilledSlot) -> str:
    """A slot as its radio button says it: what, and whether somebody is still needed."""
    if filled.is_full:
        return _("%(slot)s: full, add me to the waiting list") % {"slot": filled.slot.name}
    return _("%(slot)s: %(open)s of %(needed)s places free") % {
        "slot": filled.slot.name,
        "open": filled.open,
        "needed": filled.slot.needed,
    }


STALE = _("Nothing was saved: this page was open too long. Reload it and send again.")
