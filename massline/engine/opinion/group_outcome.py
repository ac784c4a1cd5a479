"""What a map's people are found to be: groups, a spectrum, or what one seed says of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.borders import count_large_groups, find_knots
from massline.engine.opinion.group_test import (
    Separation,
)
from massline.engine.opinion.groups import (
    Partition,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Spectrum:
    """People differ by degrees, if at all: no grouping stands apart from one continuous cloud and comes back.

    Attributes
    ----------
    reason : in words
    separation : what was compared, None where there was no dimension to compare along
    knots : people in each small knot who stand apart from everybody else, largest first
    """

    reason: str
    separation: Separation | None = None
    knots: tuple[int, ...] = ()

    @property
    def too_close(self) -> bool:
        """True if the seed decides: under four of five seeds agree that there are groups, or that there are none."""
        return self.separation is not None and not self.separation.agreed


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups that stand apart from a continuous cloud and come back when people are drawn again.

    Attributes
    ----------
    partition : centres and labels (n,) of the people placed (`Opinion.placed`)
    membership : (n,) how sure each person's group is, 1/groups..1
    separation : what was compared, None for groups by Polis's rules
    knots : which groups are knots, of at most one person in eight, beside at least two that are none
    """

    partition: Partition
    membership: Floats
    separation: Separation | None
    knots: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class SeedFinding:
    """The result of one seed.

    Attributes
    ----------
    partition : groups and knots, None where nothing stands apart
    reason : why there are not at least two groups
    separation : what was compared
    near : whether another seed might find another number of groups
    """

    partition: Partition | None
    reason: str
    separation: Separation | None
    near: bool = False

    @property
    def groups(self) -> int:
        """Groups that are no knots; 1 is a spectrum, with or without knots beside it."""
        return 1 if self.partition is None else count_large_groups(self.partition, find_knots(self.partition))
