"""Forms for motions, amendments, speakers and counts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.ballots.count import Count
from massline.desk.decide.ballots.models import Rule
from massline.desk.decide.motions.models import VotingMethod

COUNTED = (VotingMethod.HANDS, VotingMethod.PAPER)  # phones count themselves
PARTS = ("in_favour", "against", "abstained")


def _number(label: Any, *, initial: int | None = None, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=1_000_000, initial=initial, required=required
    )


class MotionForm(forms.Form):
    text = forms.CharField(
        label=_("The motion, in one sentence"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("So that yes and no mean the same to everybody."),
    )
    meeting = forms.CharField(
        label=_("Which meeting?"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    rule = forms.ChoiceField(label=_("It carries with"), choices=Rule.choices)
    quorum = _number(_("How many must be there?"), initial=0)


class AmendForm(forms.Form):
    text = forms.CharField(
        label=_("The motion would then read"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class CountForm(forms.Form):
    """One count of yes, no and neither."""

    in_favour = _number(_("In favour"), initial=0)
    against = _number(_("Against"), initial=0)
    abstained = _number(_("Abstained"), initial=0)

    def count(self) -> Count:
        return Count(**{part: self.cleaned_data[part] for part in PARTS})


class TalliesForm(forms.Form):
    """Hands and paper side by side."""

    def __init__(self, data: Any = None, *, initial: dict[str, int] | None = None) -> None:
        super().__init__(data, initial=initial)
        labels = {"in_favour": _("In favour"), "against": _("Against"), "abstained": _("Abstained")}
        for way in COUNTED:
            for part in PARTS:
                self.fields[f"{way}_{part}"] = _number(labels[part], initial=0)

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(way.label), [self[f"{way}_{part}"] for part in PARTS]) for way in COUNTED]

    def counts(self) -> dict[str, Count]:
        return {way: Count(**{part: self.cleaned_data[f"{way}_{part}"] for part in PARTS}) for way in COUNTED}


class SpeakerForm(forms.Form):
    name = forms.CharField(
        label=_("A name to call"), max_length=40, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    is_first_time = forms.BooleanField(label=_("speaks for the first time today"), required=False)


class CloseForm(forms.Form):
    present = _number(_("How many are here?"))
    dissent = forms.CharField(
        label=_("Who sees it differently, in their words"),
        max_length=1000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
