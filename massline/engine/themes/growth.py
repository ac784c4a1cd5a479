"""Growth of themes: changes in how many people speak of them, tested against chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import scipy

from massline.engine.false_discovery_rate import select_discoveries

_PRIOR = 0.5
_FALSE_RATE = 0.1
_WIDTH_90 = 1.6448536269514722


@dataclass(frozen=True)
class Growth:
    """Change in the share of people who speak of a theme.

    Attributes
    ----------
    now, before : people who spoke of it in the last days, and earlier.
    log_odds, low90, high90 : change of the log odds, with its 90 % interval; above 0 is more.
    growing : True where the rise holds with at most one false in ten among the themes of a level.
    """

    now: int
    before: int
    log_odds: float
    low90: float
    high90: float
    growing: bool


def estimate_growth(
    themes: Sequence[Sequence[str]],
    *,
    day_of: Mapping[str, date],
    person_of: Mapping[str, str],
    window_days: int,
) -> list[Growth | None]:
    """Growth of each theme of one level in the last `window_days` days; None where there is nothing to compare.

    Parameters
    ----------
    themes : ids of each theme's voices.
    day_of : days of the voices that have one; others are passed over.
    """
    if not day_of:
        return [None] * len(themes)
    start = max(day_of.values()) - timedelta(days=window_days - 1)
    everyone_now = {person_of[voice] for voice, day in day_of.items() if day >= start}
    everyone_before = {person_of[voice] for voice, day in day_of.items() if day < start}
    if not everyone_before:
        return [None] * len(themes)
    counts = [_counts(voices, day_of, person_of, start) for voices in themes]
    change = [_change(now, before, len(everyone_now), len(everyone_before)) for now, before in counts]
    found = select_discoveries(
        [float(scipy.special.ndtr(-value / width)) for value, width in change], rate=_FALSE_RATE
    )
    return [
        Growth(
            now=now,
            before=before,
            log_odds=round(value, 6),
            low90=round(value - _WIDTH_90 * width, 6),
            high90=round(value + _WIDTH_90 * width, 6),
            growing=bool(grows),
        )
        for (now, before), (value, width), grows in zip(counts, change, found, strict=True)
    ]


def _counts(
    voices: Sequence[str], day_of: Mapping[str, date], person_of: Mapping[str, str], start: date
) -> tuple[int, int]:
    dated = [(person_of[voice], day_of[voice]) for voice in voices if voice in day_of]
    return len({who for who, day in dated if day >= start}), len({who for who, day in dated if day < start})


def _change(now: int, before: int, all_now: int, all_before: int) -> tuple[float, float]:
    """Difference of log odds with half a person added everywhere, and its standard error (Haldane, Anscombe)."""
    cells = np.array([now, all_now - now, before, all_before - before], float) + _PRIOR
    value = np.log(cells[0] / cells[1]) - np.log(cells[2] / cells[3])
    return float(value), float(np.sqrt((1 / cells).sum()))
