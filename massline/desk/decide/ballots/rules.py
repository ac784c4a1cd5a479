"""Reasons a ballot is not taken or a count is not made."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class AnsweredAlready:
    def __str__(self) -> str:
        return _("You have answered this already. It is in the box; nobody can tell which answer was yours.")


@dataclass(frozen=True)
class VoteOver:
    def __str__(self) -> str:
        return _("This vote is over. Nothing was changed.")


@dataclass(frozen=True)
class TooFewVoted:
    have: int
    need: int

    def __str__(self) -> str:
        return _("Not enough yet: %(have)d have voted, the count needs %(need)d. The box stays closed.") % {
            "have": self.have,
            "need": self.need,
        }


@dataclass(frozen=True)
class TooFewHere:
    here: int
    need: int

    def __str__(self) -> str:
        return _("%(here)d are here, the motion needs %(need)d. Nothing was closed.") % {
            "here": self.here,
            "need": self.need,
        }


@dataclass(frozen=True)
class MoreVotesThanPeople:
    votes: int
    people: int

    def __str__(self) -> str:
        return _("%(votes)d votes and %(people)d people do not fit. Count again; nothing was closed.") % {
            "votes": self.votes,
            "people": self.people,
        }
