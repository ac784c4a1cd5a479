"""Forms for motions, amendments, speakers and counts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.decide.ballots.forms import BallotForm
from massline.desk.decide.ballots.majority_count import MajorityRule, VoteCount
from massline.desk.decide.motions.models import VotingMethod
from massline.web.edit_forms import EditForm
from massline.web.form_fields import text_area, text_line

COUNTED_BY_TELLERS = (VotingMethod.HANDS, VotingMethod.PAPER)
PARTS = ("in_favour", "against", "abstained")
COUNTED_FIELDS = {f"{method}_{part}" for method in COUNTED_BY_TELLERS for part in PARTS}


def _number(label: Any, *, initial: int | None = None, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=1_000_000, initial=initial, required=required
    )


class MotionForm(forms.Form):
    text = text_area(
        _("The motion, in one sentence"), 600, hint=_("So that everyone means the same by yes and no.")
    )
    meeting = text_line(_("Which meeting?"), 160)
    rule = forms.ChoiceField(label=_("Needed to pass"), choices=MajorityRule.choices)
    quorum = _number(_("Quorum (people present)"), initial=0)
    is_secret = forms.BooleanField(
        label=_("Until the vote is closed, show only how many have voted"), required=False
    )


class MotionBallotForm(BallotForm):
    """A ballot on a motion; `version` is the text that the page showed."""

    version = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)


class AmendForm(forms.Form):
    text = text_area(_("The motion would then say"), 600)
    base = forms.CharField(max_length=600, required=False, widget=forms.HiddenInput)

    def clean_base(self) -> str:
        return "\n".join(str(self.cleaned_data["base"]).splitlines())


class CountForm(forms.Form):
    """A count of votes in favour, against, and neither."""

    in_favour = _number(_("In favour"), initial=0)
    against = _number(_("Against"), initial=0)
    abstained = _number(_("Abstained"), initial=0)

    def to_count(self) -> VoteCount:
        return VoteCount(**{part: self.cleaned_data[part] for part in PARTS})


class TalliesForm(EditForm, forms.Form):
    """Hands and paper side by side."""

    def __init__(self, data: Any = None, *, initial: dict[str, int] | None = None) -> None:
        super().__init__(data, initial=initial)
        labels = {"in_favour": _("In favour"), "against": _("Against"), "abstained": _("Abstained")}
        for method in COUNTED_BY_TELLERS:
            for part in PARTS:
                self.fields[f"{method}_{part}"] = _number(labels[part], initial=0)

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (str(method.label), [self[f"{method}_{part}"] for part in PARTS]) for method in COUNTED_BY_TELLERS
        ]

    def to_counts(self) -> dict[str, VoteCount]:
        return {
            method: VoteCount(**{part: self.cleaned_data[f"{method}_{part}"] for part in PARTS})
            for method in COUNTED_BY_TELLERS
        }


class SpeakerForm(forms.Form):
    name = text_line(_("A name to call out"), 40)
    is_first_time = forms.BooleanField(label=_("speaking for the first time today"), required=False)


class CloseForm(forms.Form):
    present = _number(_("How many people are here?"))
    dissent = text_area(_("Who sees it differently, in their own words"), 1000, required=False, strip=False)
