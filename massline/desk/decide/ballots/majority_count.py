"""The count of a vote and the rule it is held against, for principles, motions and amendments."""

from dataclasses import dataclass
from math import ceil

from django.db import models
from django.utils.translation import gettext_lazy as _


class MajorityRule(models.TextChoices):
    """Rules by which a vote carries, stated before anybody votes."""

    MAJORITY = "majority", _("more votes for than against")
    TWO_THIRDS = "two_thirds", _("two thirds of the yes and no votes")
    NOBODY_AGAINST = "nobody_against", _("nobody votes against")


@dataclass(frozen=True)
class VoteCount:
    """Votes in favour, against, and neither."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    def __add__(self, other: "VoteCount") -> "VoteCount":
        return VoteCount(
            self.in_favour + other.in_favour, self.against + other.against, self.abstained + other.abstained
        )

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained

    def carries(self, rule: str) -> bool:
        """True if the count meets the rule; nothing carries without anybody in favour."""
        if not self.in_favour:
            return False
        if rule == MajorityRule.NOBODY_AGAINST:
            return not self.against
        if rule == MajorityRule.TWO_THIRDS:
            return 3 * self.in_favour >= 2 * (self.in_favour + self.against)
        return self.in_favour > self.against


def compute_quorum(members: int, percent: int) -> int:
    """Return how many of the members must take part for a quorum in percent; at least one.

    Examples
    --------
    >>> compute_quorum(5, 50), compute_quorum(4, 50), compute_quorum(3, 0)
    (3, 2, 1)
    """
    return max(1, ceil(members * percent / 100))
