"""Reasons a move of a force is refused."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class NoOtherSide:
    """A tie or a rift is between two forces of the list."""

    code = "no-other-side"

    def __str__(self) -> str:
        return _("Say with whom: another organisation or office from the list.")


@dataclass(frozen=True)
class NotAnOffer:
    """Only offers are answered."""

    code = "not-an-offer"

    def __str__(self) -> str:
        return _("This is not an offer, so there is nothing to answer.")


@dataclass(frozen=True)
class AnsweredMeanwhile:
    """Another answer to the offer was saved since; whoever answers has to see it first."""

    answer: str
    code = "changed-meanwhile"

    def __str__(self) -> str:
        return _(
            "Somebody changed this while you were writing. It now says: “%(now)s”. "
            "Yours is still here. Save again, and yours takes its place."
        ) % {"now": self.answer}
