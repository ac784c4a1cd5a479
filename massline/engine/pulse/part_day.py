"""The part of the last day that is known by now, as a posterior from the hours at which earlier days became known.

A count at noon is not doubled: what is still to come is drawn from the issue's own mean given what was seen,
and the part itself is uncertain.
"""

from collections.abc import Sequence
from dataclasses import dataclass

PRIOR_SIGHTINGS = 8.0
"""Weight of the prior that events become known evenly over the day."""
HOURS = 24.0


@dataclass(frozen=True)
class PartDay:
    """A beta posterior of the part known by now: its mean, and its weight in sightings (the larger the surer)."""

    known: float
    weight: float


def estimate_part_day(hours: float, sightings: Sequence[float] = ()) -> PartDay:
    """Estimate the part of a day's events that is known when so many hours of it are gone.

    Parameters
    ----------
    hours
        Hours of the last day that are gone, above 0 and at most 24.
    sightings
        Hour of the day (0 to 24) at which events of earlier days became known on the day itself.

    Raises
    ------
    ValueError
        Where hours lie outside the day.

    Examples
    --------
    >>> estimate_part_day(12.0).known
    0.5
    >>> round(estimate_part_day(12.0, [9.0, 10.0, 11.0, 20.0]).known, 3)
    0.583
    """
    if not 0 < hours <= HOURS or any(not 0 <= hour <= HOURS for hour in sightings):
        raise ValueError(f"hours of a day lie between 0 and 24: {hours!r}")
    before = sum(1 for hour in sightings if hour <= hours)
    weight = PRIOR_SIGHTINGS + len(sightings)
    return PartDay((PRIOR_SIGHTINGS * hours / HOURS + before) / weight, weight)
