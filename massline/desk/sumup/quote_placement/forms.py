"""The forms of the table of slips: one press places, takes back or leaves out one slip."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from massline.desk.listen.rounds.models import Voice
from massline.desk.sumup.claims.models import Citation, Claim, SumUp
from massline.desk.sumup.claims.report_back import shown_statements_of_round
from massline.desk.sumup.quote_placement.actions import Source

LEAVE_OUT = "out"
START = "new"
GONE = _("Nothing changed: these words or this finding are gone. Look again.")


def find_source(sum_up: SumUp, name: str) -> Source | None:
    """Return the voice or statement of a slip's name; None if it is gone or was never one of this round."""
    if not re.fullmatch(r"[vs]\d{1,12}", name):
        return None
    if name[0] == "v":
        return Voice.objects.of_round(sum_up.round).filter(pk=int(name[1:])).first()
    return shown_statements_of_round(sum_up.round).filter(pk=int(name[1:])).first()


def find_quote(sum_up: SumUp, number: str) -> Citation | None:
    """Return a quote under one of the findings by its row's number."""
    if not (number.isdecimal() and len(number) <= 12):
        return None
    return (
        Citation.objects.filter(claim__sum_up=sum_up, pk=int(number)).select_related("claim__sum_up").first()
    )


class SlipForm(forms.Form):
    """A slip of this round; `to` is the number of a finding's row, `new` or `out`."""

    slip = forms.RegexField(r"[vs]\d{1,12}")
    to = forms.CharField(max_length=20)

    def __init__(self, data: Any, *, sum_up: SumUp) -> None:
        super().__init__(data)
        self.sum_up = sum_up

    def clean_slip(self) -> Source:
        source = find_source(self.sum_up, self.cleaned_data["slip"])
        if source is None:
            raise forms.ValidationError(GONE, code="words-gone")
        return source

    def clean_to(self) -> Claim | str:
        chosen = self.cleaned_data["to"]
        if chosen in {LEAVE_OUT, START}:
            return str(chosen)
        claim = self.sum_up.claims.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        if claim is None:
            raise forms.ValidationError(GONE, code="claim-gone")
        claim.sum_up = self.sum_up
        return claim


class StartClaimForm(forms.Form):
    """A new finding in one sentence, with its first slip if it was begun from one."""

    text = forms.CharField(
        label=_("What do they say together?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("One plain sentence they would sign."),
    )
    minority = forms.BooleanField(label=_("A minority view"), required=False)
    slip = forms.RegexField(r"[vs]\d{1,12}", required=False, widget=forms.HiddenInput)
