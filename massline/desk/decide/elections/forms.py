"""Forms of elections: preparing one, typing in paper, and counting."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from massline.square.elections.methods import CountingMethod
from massline.web.edit_forms import EditForm
from massline.web.form_fields import MomentField, text_area, text_line

# More would make pages of more than 40 KiB, and full rankings as good as signatures.
MOST_OPTIONS, LONGEST_NAME, LONGEST_LINE = 20, 80, 240
MOST_PAPERS = 300
# Columns of the published file of ballots, which no option may be called.
_TAKEN = {"count", "invalid", "ballot"}


class ElectionForm(EditForm, forms.Form):
    """What an election is. `options` are lines: a name, and after a colon a line about it."""

    title = text_line(_("What do people vote on?"), 120, hint=_("Delegates to the tenants’ congress"))
    options = text_area(
        _("The options, one on each line"),
        MOST_OPTIONS * (LONGEST_NAME + LONGEST_LINE),
        rows=5,
        hint=_("A name, and after a colon a sentence about it. “Rosa Lima: block B, speaks Portuguese”"),
    )
    method = forms.ChoiceField(
        label=_("How is it counted?"),
        choices=CountingMethod.choices,
        widget=forms.RadioSelect,
        initial=CountingMethod.APPROVAL,
    )
    seats = forms.IntegerField(
        label=_("How many are elected?"), min_value=1, max_value=MOST_OPTIONS, initial=1
    )
    decides = text_area(
        _("What follows from the result?"), 600, hint=_("The three elected speak for us until June.")
    )
    who = text_line(_("Who may vote?"), 160, hint=_("Everyone who lives in blocks A to E, from 16"))
    opens_at = MomentField(
        label=_("When does voting open?"), required=False, help_text=_("Empty: as soon as you publish it.")
    )
    closes_at = MomentField(label=_("When does voting close?"))
    may_close_early = forms.BooleanField(
        label=_("The chair may close earlier, once everyone here has voted"), required=False
    )
    has_paper = forms.BooleanField(label=_("Some vote on paper"), required=False, initial=True)

    def clean_options(self) -> list[dict[str, str]]:
        options = [parse_option(line) for line in self.cleaned_data["options"].splitlines() if line.strip()]
        names = [option["name"] for option in options]
        if len(options) > MOST_OPTIONS:
            sentence = _now("There are %(n)d options; %(most)d is the most.")
            raise forms.ValidationError(
                sentence % {"n": len(options), "most": MOST_OPTIONS}, code="many-options"
            )
        for option in options:
            if not option["name"] or len(option["name"]) > LONGEST_NAME or len(option["line"]) > LONGEST_LINE:
                sentence = _now(
                    "“%(name)s…” is too long: a name has up to %(most)d characters, the sentence about it "
                    "up to %(line)d."
                )
                facts = {"name": option["name"][:30], "most": LONGEST_NAME, "line": LONGEST_LINE}
                raise forms.ValidationError(sentence % facts, code="long-option")
        if twice := next((name for name in names if names.count(name) > 1), ""):
            sentence = _now("“%(name)s” is there twice. Give each option its own name.")
            raise forms.ValidationError(sentence % {"name": twice}, code="option-twice")
        if taken := next((name for name in names if is_taken(name)), ""):
            sentence = _now("No option can be called “%(name)s”: a column of the ballot file is.")
            raise forms.ValidationError(sentence % {"name": taken}, code="option-taken")
        return options


def parse_option(line: str) -> dict[str, str]:
    """A name with composed letters and single spaces, and the sentence about it, after a colon of any width."""
    name, about, *_ = [*re.split("[:：]", unicodedata.normalize("NFC", line), maxsplit=1), ""]
    return {"name": " ".join(name.split()), "line": " ".join(about.split())}


def write_options(options: list[dict[str, str]]) -> str:
    return "\n".join(
        f"{option['name']}: {option['line']}" if option["line"] else option["name"] for option in options
    )


def is_taken(name: str) -> bool:
    """Whether a column of the ballot file would have two meanings: those about a ballot, and ranks."""
    return name.casefold() in _TAKEN or re.fullmatch(r"rank[ _]?[1-9]\d*", name, re.IGNORECASE) is not None


class PaperBallotForm(forms.Form):
    """How many paper ballots are printed."""

    papers = forms.IntegerField(
        label=_("How many paper ballots?"), min_value=1, max_value=MOST_PAPERS, initial=20
    )


class BatchForm(forms.Form):
    """A pile of paper ballots, typed in for the first time."""

    name = text_line(_("A name for the pile"), 60, hint=_("Table 1"))
    text = text_area(_("The ballots, one on each line"), 20_000, rows=6)


class BatchAgainForm(forms.Form):
    """The same pile, typed in again."""

    text = text_area(_("The same pile again, one ballot on each line"), 20_000, rows=6)


class CountElectionForm(forms.Form):
    """What the count needs from the room: the dice, and how many could vote."""

    dice = forms.RegexField(
        r"\s*([1-6١-٦۱-۶१-६１-６]\s*){5}",
        label=_("What do the five dice show?"),
        help_text=_("Throw them where all can see: 3 1 6 6 2"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"invalid": _("Type five numbers from 1 to 6, one for each die.")},
    )
    entitled = forms.IntegerField(label=_("How many people could vote?"), min_value=1, max_value=1_000_000)

    def clean_dice(self) -> int:
        return int("".join(str(self.cleaned_data["dice"]).split()))

    def to_count(self) -> dict[str, Any]:
        return {"seed": self.cleaned_data["dice"], "entitled": self.cleaned_data["entitled"]}
