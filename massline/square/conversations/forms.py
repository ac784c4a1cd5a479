"""The two forms of a conversation: an answer, and one's own words."""

from dataclasses import astuple, dataclass, replace
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from massline.square.conversations.actions import fresh_token
from massline.square.conversations.models import LONGEST_STATEMENT, Conversation, Statement, Value
from massline.square.conversations.voting.next_statement import Asked
from massline.square.envelopes.forms import TrapField

SHORTEST_STATEMENT = 6


@dataclass(frozen=True)
class Ballot:
    """What an answer must bring back unchanged: which statement was asked, how likely that was, and among how many.

    It also carries the number a newcomer's cookie will hold, so that a double tap is one participant.
    """

    conversation: int
    token: str
    statement: int | None = None
    probability: float | None = None
    waiting: int | None = None

    def sign(self) -> str:
        return signing.dumps(list(astuple(self)), salt="massline.ballot")


def ballot(conversation: Conversation, token: str | None, asked: Asked | None = None) -> Ballot:
    """Make the ballot of a statement that was drawn, or one for words."""
    blank = Ballot(conversation.pk, token or fresh_token())
    if asked is None:
        return blank
    return replace(
        blank, statement=asked.statement.number, probability=asked.probability, waiting=asked.waiting
    )


def ballot_again(conversation: Conversation, token: str | None, statement: Statement) -> Ballot:
    """Make the ballot of a statement that was answered before; the chance of then is kept."""
    return replace(ballot(conversation, token), statement=statement.number)


class BallotField(forms.CharField):
    """A signed ballot; anything else is a form gone stale."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Ballot:
        try:
            return Ballot(*signing.loads(str(value or ""), salt="massline.ballot"))
        except (signing.BadSignature, ValueError, TypeError) as problem:
            raise forms.ValidationError(STALE) from problem


STALE = gettext_lazy("This form has gone stale. Your words are still below: send them again.")


class VoteForm(forms.Form):
    vote = forms.TypedChoiceField(choices=Value.choices, coerce=lambda value: Value(int(value)))
    ballot = BallotField()


class WayInForm(forms.Form):
    """A code as it stands on a card; capitals, spaces and dashes do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
        error_messages={"required": gettext_lazy("Type the code that stands on your card.")},
    )
    ballot = BallotField()


class WordsForm(forms.Form):
    """One idea in one's own words. No limit is set in the browser, which would cut a pasted text in silence."""

    text = forms.CharField(
        label=gettext_lazy("One idea, one sentence"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write a sentence first. Nothing was sent yet.")},
    )
    website = TrapField()
    ballot = BallotField()

    def clean_text(self) -> str:
        # A form sends every line break as CR LF; what the person typed is one line break.
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if len(text) > LONGEST_STATEMENT:
            raise forms.ValidationError(too_long(len(text)))
        if sum(char.isalnum() for char in text) < SHORTEST_STATEMENT:
            raise forms.ValidationError(
                _("That is too short to agree or disagree with. Write one whole sentence.")
            )
        return text


def too_long(length: int) -> str:
    over = length - LONGEST_STATEMENT
    return ngettext(
        "Your text is %(over)s character too long (%(most)s at most). Nothing is lost: it is all still below. Shorten it, or send it as several sentences.",
        "Your text is %(over)s characters too long (%(most)s at most). Nothing is lost: it is all still below. Shorten it, or send it as several sentences.",
        over,
    ) % {"over": f"{over:,}", "most": LONGEST_STATEMENT}
