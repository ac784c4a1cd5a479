"""The one form by which somebody says "I'm coming"."""

from collections.abc import Mapping
from copy import copy
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from massline.square.envelopes.sealed_form import SealedForm, contact_field, sign_form_id
from massline.square.envelopes.timeslots import FilledSlot, Slot, slots_of

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
    return sign_form_id(about, SALT)


class ComingForm(SealedForm):
    """A name to call you and one contact point; the rest only if you like."""

    salt = SALT
    field_order = ("name", "contact", "people", "slot", "needs", "language", "help", "website", "form_id")
    contact = contact_field(
        _("Phone, e-mail or username"),
        required=_("Please give us one way to reach you, in case the time or place changes."),
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
    help = forms.MultipleChoiceField(
        label=_("I can also help with"),
        choices=Help.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, about: UUID, slots: list[FilledSlot] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.slots = {
            str(filled.slot.uuid): filled for filled in (slots_of(about) if slots is None else slots)
        }
        choice = self.fields["slot"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", _("I’ll just come")),
            *((key, describe_slot(filled)) for key, filled in self.slots.items()),
        ]

    def bound_to(self, sent: Mapping[str, Any]) -> "ComingForm":
        """This form with what somebody sent, to be checked by the same fields.

        Making ten fields anew costs a third of a sign-up. The fields are shared, so whoever shows the form makes another.
        """
        bound = copy(self)
        bound.data, bound.files, bound.is_bound = sent, MultiValueDict(), True
        bound._errors, bound._bound_fields_cache = None, {}  # type: ignore[attr-defined]
        return bound

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
