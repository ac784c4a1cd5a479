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


def reported_share(counts: IssueCounts) -> Floats:
    """Return the share of each day's events that is in by the last day: (T,); 1 where sightings are too few
    to tell.
    """
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
        ripe = old >= delay
        within = float(seen[ripe & (lag <= delay)].sum())
        exactly = float(seen[ripe & (lag == delay)].sum())
        if within > 0:
            total *= 1 - exactly / (within + 1)
        by_lag[delay - 1] = total
    recent = np.arange(min(days, LONGEST + 1))
    share[days - 1 - recent] = np.maximum(by_lag[recent], 0.02)
    return share
