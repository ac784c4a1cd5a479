"""Reports on groups of people, and how much each of them tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

ALIKE = 0.2
"""Intra-class correlation of a group's answers where one step was written down for all of it."""


@dataclass(frozen=True)
class GroupReport:
    """A report by one person about a conversation with a group.

    Attributes
    ----------
    counts
        People by step.
    is_counted
        Whether those are people counted step by step; else one step was written down for all of them.
    groups
        Names of the groups its section is in, one per way of grouping.
    """

    day: date
    section: str
    counts: Mapping[int, float]
    source: str = ""
    item: str = ""
    groups: tuple[str, ...] = ()
    is_counted: bool = False

    @property
    def people(self) -> float:
        """The number of people who took part."""
        return sum(self.counts.values())


def effective_answers(people: float, alike: float) -> float:
    """The number of people asked one by one that a group of this size is worth (Kish 1965).

    Examples
    --------
    >>> answers_worth(1, 0.2), round(answers_worth(41, 0.2), 2)
    (1.0, 4.56)
    """
    return people / (1 + max(people - 1, 0.0) * alike)
