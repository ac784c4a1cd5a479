"""A count of a vote and the rule it is held against. Principles, motions and amendments read the same."""

from dataclasses import dataclass
from math import ceil

from massline.desk.decide.ballots.models import Rule


@dataclass(frozen=True)
class Count:
    """How many were for, against, and neither."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.in_favour + other.in_favour, self.against + other.against, self.abstained + other.abstained
        )

    @property
    def total(self) -> int:
        return self.in_favour + self.against + self.abstained

    def carries(self, rule: str) -> bool:
        """Whether the rule is met; nothing carries without anybody in favour."""
        if not self.in_favour:
            return False
        if rule == Rule.NOBODY_AGAINST:
            return not self.against
        if rule == Rule.TWO_THIRDS:
            return 3 * self.in_favour >= 2 * (self.in_favour + self.against)
        return self.in_favour > self.against


def compute_quorum(members: int, quorum: int) -> int:
    """How many must take part, of so many members, for a quorum in percent; at least one.

    Examples
    --------
    >>> needed(5, 50), needed(4, 50), needed(3, 0)
    (3, 2, 1)
    """
    return max(1, ceil(members * quorum / 100))
