"""The window: how long past waves lasted, without extrapolation by a model.

A model's half-life had no skill beyond the plain median of past waves (docs/methods/pulse.md), so the answer
is the reference class itself: from the day one looks, how long until the trailing week holds half of what it
holds now.
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.pulse.counts import Floats

LONGEST = 60

REFERENCE: tuple[tuple[int, ...], ...] = (
    (36, 16, 12, 9, 4),
    (22, 18, 17, 10, 6),
    (11, 5),
    (7, 4),
    (14, 8, 8, 5, 8),
    (35, 27, 6, 21),
    (9,),
    (12, 7),
    (10, 7, 4),
    (5, 11, 4),
    (40, 37, 31, 43, 36),
    (24, 16, 15, 24, 17),
    (4, 1),
    (6, 3),
    (7, 4, 13, 9, 3),
    (43, 20, 16, 10, 6),
    (60, 28, 23, 18, 11),
    (13, 7, 4, 3),
    (3,),
    (11, 5),
    (10, 7, 4),
    (3, 11, 5),
)
"""Days until half, seen from days 4, 7, 10, 14 and 21 of past waves while they stood above twice their usual
week.

One line per wave: US police violence and Black lives 2012-20, Germany 2019-22, Brazil 2011-16.
`bench/pulse.py` derives the same numbers from the data.
"""


@dataclass(frozen=True)
class WaveDuration:
    """Days until past waves had halved: the middle one, and the eight in ten between `low80` and `high80`."""

    median: float
    low80: float
    high80: float
    waves: int


def estimate_wave_duration(reference: tuple[tuple[int, ...], ...] = REFERENCE) -> WaveDuration:
    """Return the reference class as its middle and its middle eight in ten."""
    days = [day for wave in reference for day in wave]
    low, middle, high = np.quantile(days, [0.1, 0.5, 0.9])
    return WaveDuration(float(middle), float(low), float(high), len(reference))


def days_to_half(count: Floats, day: int) -> int | None:
    """Days from the end of `day` until the trailing week holds half of it, at most 60; None if the series
    ends first.
    """
    if day + LONGEST >= len(count):
        return None
    now = count[day - 6 : day + 1].sum()
    for ahead in range(1, LONGEST + 1):
        if count[day - 6 + ahead : day + 1 + ahead].sum() <= 0.5 * now:
            return ahead
    return LONGEST
