"""Reasons an election is not published, changed or counted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class ElectionPublished:
    def __str__(self) -> str:
        return _("Nothing was changed: people vote on these words. Withdraw the vote and make a new one.")


@dataclass(frozen=True)
class ElectionNotOpen:
    def __str__(self) -> str:
        return _("Nothing was changed: this vote is not open.")


@dataclass(frozen=True)
class ElectionStillOpen:
    def __str__(self) -> str:
        return _("Nothing was counted: people can still vote. Count when voting has closed.")


@dataclass(frozen=True)
class ClosesAtItsHour:
    def __str__(self) -> str:
        return _("Nothing was closed: everyone was told that voting is open until its hour.")


@dataclass(frozen=True)
class NotTwoOptions:
    def __str__(self) -> str:
        return _("Write at least two options, each on a line of its own.")


@dataclass(frozen=True)
class TooManySeats:
    options: int

    def __str__(self) -> str:
        return _("There are %(n)d options: fewer than that can be elected.") % {"n": self.options}


@dataclass(frozen=True)
class OneSeatOnly:
    def __str__(self) -> str:
        return _("This way of counting elects one. For several choose approval, STV or equal shares.")


@dataclass(frozen=True)
class ClosesTooSoon:
    def __str__(self) -> str:
        return _("Voting must close after it opens, and in the future.")


@dataclass(frozen=True)
class NoPaperInRules:
    def __str__(self) -> str:
        return _("Nothing was saved: the rules that everyone has read know no paper ballots.")


@dataclass(frozen=True)
class PileThereAlready:
    name: str

    def __str__(self) -> str:
        return _(
            "There is a pile “%(name)s” already. Type it in a second time there, or give this one another name."
        ) % {"name": self.name}


@dataclass(frozen=True)
class BatchesDiffer:
    """Piles of paper that were typed in once, or twice with a difference."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return _("Nothing was counted. Type these piles in again until both times agree: %(names)s.") % {
            "names": ", ".join(self.names)
        }


@dataclass(frozen=True)
class MoreBallotsThanVoters:
    ballots: int
    entitled: int

    def __str__(self) -> str:
        return _(
            "Nothing was counted: %(ballots)d ballots from %(entitled)d people can’t be right. Please check "
            "the piles and the number of people."
        ) % {"ballots": self.ballots, "entitled": self.entitled}


@dataclass(frozen=True)
class NoBallots:
    def __str__(self) -> str:
        return _("Nobody has voted, so there is nothing to count. You can withdraw the vote.")


@dataclass(frozen=True)
class UnreadableBallot:
    """A line of a typed pile that is no ballot of this election."""

    line: int
    options: int

    def __str__(self) -> str:
        return ngettext(
            "Line %(line)d is not a ballot: write %(n)d box, and “?” alone for a ballot nobody can read.",
            "Line %(line)d is not a ballot: write %(n)d boxes with spaces between them, “-” for an empty one, "
            "and “?” alone for a ballot nobody can read.",
            self.options,
        ) % {"line": self.line, "n": self.options}
