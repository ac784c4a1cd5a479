"""Reasons a ballot is not taken or a count is not made."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class AnsweredAlready:
    def __str__(self) -> str:
        return _("You have already voted on this. Nobody can tell which vote was yours.")


@dataclass(frozen=True)
class VoteOver:
    def __str__(self) -> str:
        return _("Nothing changed: this vote is over.")


@dataclass(frozen=True)
class TooFewVoted:
    have: int
    need: int

    def __str__(self) -> str:
        return _("%(have)d have voted; we count when there are %(need)d. Nothing is opened before that.") % {
            "have": self.have,
            "need": self.need,
        }


@dataclass(frozen=True)
class TooFewHere:
    here: int
    need: int

    def __str__(self) -> str:
        return _("Nothing was closed: %(here)d are here, and the motion needs %(need)d.") % {
            "here": self.here,
            "need": self.need,
        }


@dataclass(frozen=True)
class MoreVotesThanPeople:
    votes: int
    people: int

    def __str__(self) -> str:
        return _(
            "Nothing was closed: %(votes)d votes from %(people)d people can’t be right. Please count again."
        ) % {
            "votes": self.votes,
            "people": self.people,
        }
