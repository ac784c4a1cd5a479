"""Leaps and odd readings: the two ways in which a section leaves its smooth path.

A leap changes the section's level for good; an odd reading differs from the section and nothing of it lasts. Each
adds one rank to the prior covariance, with a variance from the slab of a spike-and-slab prior (George and McCulloch
1993).
"""

from typing import NamedTuple

import numpy as np

from massline.engine.mood.array_types import Flags, Floats, Ints

LEAPS_A_YEAR = 8.0
"""Leaps of a section and year to expect beforehand."""
LEAST_GAP, MOST_GAP = 3.5, 28.0
"""Days that a gap between readings counts at least, because news travels between two readings of one evening too, and
at most, because slow movement over longer gaps is drift.
"""
LEAP_VARIANCES: Floats = np.array([1.0, 4.0, 16.0])
"""Variances of a leap in squared logits, equally likely beforehand: half a step of the ladder to all of it."""
PART_OF_DAY = 0.1
"""Share of the leaps of a day of several readings that come before the readings of one source only."""
ODD_SHARE = 0.02
"""Share of readings that are odd."""
ODD_VARIANCE = 1.0


class Leap(NamedTuple):
    """A lasting change of a section's level at `time`, normal with this variance.

    On that day it comes before the readings of `source` only, or before all of them where `source` is -1.
    """

    section: int
    time: float
    variance: float
    source: int = -1

    def is_before(self, time: Floats, source: Ints) -> Flags:
        """The readings of the section that come after the leap."""
        same = (source == self.source) | (self.source < 0)
        before: Flags = (time > self.time) | ((time == self.time) & same)
        return before


class OddReading(NamedTuple):
    """A reading with a deviation of its own, normal with this variance."""

    row: int
    variance: float


Term = Leap | OddReading


def leap_log_odds(gap_days: Floats) -> Floats:
    """Log prior odds of a leap between two readings so many days apart."""
    expected = np.clip(gap_days, LEAST_GAP, MOST_GAP) * LEAPS_A_YEAR / 365
    odds: Floats = np.log(np.expm1(expected))
    return odds


def log_bayes_factor(pull: Floats, information: Floats, variance: Floats | float) -> Floats:
    """Log Bayes factor of a rank-one term of this variance against none.

    With u marking the readings concerned and Sigma their covariance on the Gaussian scale, `pull` is
    S = u' Sigma^-1 z and `information` I = u' Sigma^-1 u: v S^2 / (2 (1 + v I)) - log(1 + v I) / 2.
    """
    grown = 1 + variance * information
    factor: Floats = 0.5 * variance * pull**2 / grown - 0.5 * np.log(grown)
    return factor


def log_leap_factor(pull: Floats, information: Floats, variance: Floats | float) -> Floats:
    """The same for a leap, whose prior density is a normal's times the square of the leap over its variance.

    Such a moment prior (Johnson and Rossell 2010) takes small movements for drift: a leap of nothing has density 0.
    The factor grows by the posterior mean of that square.
    """
    grown = 1 + variance * information
    square = 1 / grown + variance * (pull / grown) ** 2
    factor: Floats = log_bayes_factor(pull, information, variance) + np.log(square)
    return factor
