"""Reasons why the text of a sum-up is incomplete; each says what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.listen.rounds.models import Voice
from massline.desk.sumup.claims.citations import describe_voice_place
from massline.desk.sumup.claims.models import Citation, Claim
from massline.desk.sumup.claims.number_check import Unsupported


@dataclass(frozen=True)
class NothingHeard:
    """Nobody's words were written down and nobody voted."""

    def __str__(self) -> str:
        return _("Nobody has been heard in this round yet. Start by listening.")


@dataclass(frozen=True)
class NoClaims:
    def __str__(self) -> str:
        return _("No finding yet. Say in one plain sentence what you heard.")


@dataclass(frozen=True)
class Uncited:
    """A claim without citations."""

    claim: Claim

    def __str__(self) -> str:
        sentence = _("%(claim)s has no quotes. Tick the words that say it.")
        return capitalise_first(sentence % {"claim": self.claim.called})


@dataclass(frozen=True)
class QuoteChanged:
    """The source differs from the quote."""

    claim: Claim
    citation: Citation

    def __str__(self) -> str:
        return _(
            "A quote under %(claim)s has changed at its source. Open the finding and quote it again."
        ) % {"claim": self.claim.called}


@dataclass(frozen=True)
class QuoteGone:
    """The statement that was cited is no longer shown."""

    claim: Claim
    citation: Citation

    def __str__(self) -> str:
        return _("A quote under %(claim)s is no longer public. Remove it.") % {"claim": self.claim.called}


@dataclass(frozen=True)
class NoSummary:
    def __str__(self) -> str:
        return _("Say in two or three sentences what you heard.")


@dataclass(frozen=True)
class NoNextStep:
    def __str__(self) -> str:
        return _("Say what happens next. The people who spoke will ask.")


@dataclass(frozen=True)
class MinorityNotConsidered:
    def __str__(self) -> str:
        return _(
            "Who sees it differently? Mark one finding as a minority view, or say that you "
            "looked and found none."
        )


@dataclass(frozen=True)
class LookedNowhere:
    """No other view was found, but the sum-up does not say where it was looked for."""

    def __str__(self) -> str:
        return _("Say where you looked for another view: which words, which sections.")


@dataclass(frozen=True)
class WrongNumber:
    """A number that the data do not support, without a reason for it."""

    claim: Claim
    number: Unsupported

    def __str__(self) -> str:
        return _(
            "In %(claim)s: %(number)s Change it, or open the finding and say why the number is right."
        ) % {
            "claim": self.claim.called,
            "number": self.number,
        }


@dataclass(frozen=True)
class MayPointAtSomebody:
    """A quote may identify somebody, and no person has looked at it yet."""

    claim: Claim
    voice: Voice

    def __str__(self) -> str:
        return _(
            "A quote under %(claim)s may point to someone (%(place)s). Check it under “Could "
            "anyone be recognised?” before you publish."
        ) % {"claim": self.claim.called, "place": describe_voice_place(self.voice)}


@dataclass(frozen=True)
class NotOfThisRound:
    """Words of another round, or words that are not shown, cannot be cited."""

    text: str

    def __str__(self) -> str:
        return _("Nobody said “%(text)s” in this round, or it is not shown.") % {"text": self.text[:60]}


def capitalise_first(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
