"""Signed ballots and what the form that casts a vote brings back."""

from dataclasses import astuple, dataclass, replace
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from massline.square.conversations.models import Conversation, Statement, Value
from massline.square.conversations.voting.next_statement import AskedStatement
from massline.square.conversations.voting.voter_cookie import fresh_token

SALT = "massline.ballot"


@dataclass(frozen=True)
class Ballot:
    """Signed facts that an answer must bring back unchanged: the statement, its chance, and among how many.

    It also carries the number a newcomer's cookie will hold, so that a double tap is one participant; it counts for
    that number alone. `nonce` is for a form in which a code is typed, and known to that form only. `newcomer` is False
    on a page that was made for somebody who has answered here before.
    """

    conversation: int
    token: str
    statement: int | None = None
    probability: float | None = None
    waiting: int | None = None
    nonce: str = ""
    newcomer: bool = True

    def belongs_to(self, token: str | None) -> bool:
        """True where the browser that sent this may use it: the one it was made for, or one that holds no number yet."""
        return token in (None, self.token)

    def sign(self) -> str:
        return signing.dumps(list(astuple(self)), salt=SALT)

    @classmethod
    def read(cls, signed: str) -> "Ballot | None":
        """Read what `sign` wrote; None for anything else."""
        try:
            return cls(*signing.loads(signed, salt=SALT))
        except (signing.BadSignature, ValueError, TypeError):
            return None


def ballot_for(
    conversation: Conversation,
    token: str | None,
    asked: AskedStatement | None = None,
    *,
    newcomer: bool = True,
) -> Ballot:
    """Make the ballot of a statement that was drawn, or one for words."""
    blank = Ballot(conversation.pk, token or fresh_token(), newcomer=newcomer)
    if asked is None:
        return blank
    return replace(
        blank, statement=asked.statement.number, probability=asked.probability, waiting=asked.waiting
    )


def way_in_ballot(conversation: Conversation, token: str | None) -> Ballot:
    """Make the ballot of a form in which a code is typed."""
    return replace(ballot_for(conversation, token), nonce=fresh_token())


def ballot_again(conversation: Conversation, token: str | None, statement: Statement) -> Ballot:
    """Make the ballot of a statement that was answered before; the chance of then is kept."""
    return replace(ballot_for(conversation, token, newcomer=False), statement=statement.number)


class BallotField(forms.CharField):
    """A signed ballot; anything else is a form gone stale."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Ballot:
        ballot = Ballot.read(str(value or ""))
        if ballot is None:
            raise forms.ValidationError(STALE, code="stale")
        return ballot


STALE = gettext_lazy("This page was open too long. Your words are still below: please send them again.")

VALUES = {str(value.value): value for value in Value}


def read_answer(sent: QueryDict) -> tuple[Ballot, Value] | None:
    """Read the ballot and the answer of the form that casts a vote; None where it has gone stale or was made up.

    It is no Django form: to build one took longer than all else that a vote asks of the request.
    """
    ballot, value = Ballot.read(sent.get("ballot", "")), VALUES.get(sent.get("vote", ""))
    return None if ballot is None or value is None else (ballot, value)
