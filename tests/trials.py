"""How many trials a long test makes for each commit, and how often chance may be against it.

    def test_a_cloud_is_rarely_called_groups(trials: Trials) -> None:
        worlds = trials.of(40)
        assert sum(is_grouped(world) for world in range(worlds)) <= most(worlds, 0.05, accident=0.02)

`make test` makes a quarter of the trials, `make test-full` all of them. The bound is worked out for the number that is
made, from the binomial distribution: fewer trials prove less, they are never judged more mildly.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, bdtrc


@dataclass(frozen=True)
class Trials:
    """A quarter of the trials of each test, or all of them."""

    full: bool

    def of(self, count: int) -> int:
        return count if self.full else math.ceil(count / 4)


def most(trials: int, chance: float, *, accident: float) -> int:
    """Give the largest count that is no reason for doubt: more come by chance at most as often as `accident`."""
    return int(np.argmax(bdtrc(np.arange(trials + 1), trials, chance) <= accident))


def least(trials: int, chance: float, *, accident: float) -> int:
    """Give the smallest count that is no reason for doubt: fewer come by chance at most as often as `accident`."""
    return int(np.argmax(bdtr(np.arange(trials + 1), trials, chance) >= accident))
