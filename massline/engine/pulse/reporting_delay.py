"""The reporting delay: the share of each recent day's events that has been reported by now.

Late reports are missing from the newest days, so their delays look shorter than they are. The reversed hazard
- of what was seen within d days, the part seen on day d exactly - is free of that truncation (Lagakos et al.
1988; chain ladder).
"""

import numpy as np

from massline.engine.pulse.counts import Floats, IssueCounts

LONGEST = 60
RECENT = 365
LEAST_REPORTED = 30


def reported_share(counts: IssueCounts, part: float = 1.0) -> Floats:
    """Return the share of each day's events that is in by now: (T,); 1 where sightings are too few to tell.

    `part` is the part of the last day that is known by now; each day before has been reported on for that much
    less than a whole day longer.
    """
    share = _share_by_evening(counts, whole=part >= 1)
    younger = np.append(share[1:], 0.0)
    value: Floats = np.maximum(younger + part * (share - younger), 0.02)
    return value


def _share_by_evening(counts: IssueCounts, *, whole: bool) -> Floats:
    days = len(counts.count)
    share = np.ones(days)
    age = days - 1 - counts.of
    known = (counts.lag <= LONGEST) & (age < RECENT)
    if counts.seen[known].sum() < LEAST_REPORTED:
        return share
    lag, old, seen = counts.lag[known], age[known], counts.seen[known]
    by_lag = np.ones(LONGEST + 1)
    total = 1.0
    for delay in range(LONGEST, 0, -1):
        ripe = old - (not whole) >= delay
        within = float(seen[ripe & (lag <= delay)].sum())
        exactly = float(seen[ripe & (lag == delay)].sum())
        if within > 0:
            total *= 1 - exactly / (within + 1)
        by_lag[delay - 1] = total
    recent = np.arange(min(days, LONGEST + 1))
    share[days - 1 - recent] = np.maximum(by_lag[recent], 0.02)
    return share
