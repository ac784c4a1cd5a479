"""Next week's sum from a smoothed level of each path: what the last days say without any model of how events breed.

Exponential smoothing whose weight is the one that foretold the last year's days with the least squared error, so that the
tall days of a wave choose it. Each path smooths its own reading of the last days: a called day raises no level.
"""

import numpy as np
import scipy

from massline.engine.pulse.counts import AHEAD, Floats, Ints
from massline.engine.pulse.negative_binomial import draw_counts, fit_size
from massline.engine.pulse.regimes import CALLED, WAVE
from massline.engine.pulse.self_exciting import TRUSTED, DaysToFit

WEIGHTS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9)
YEAR = 365
LEARNED_FROM = 200
WAVE_WEEK = 1.5
"""Size of the negative binomial of a week that begins in a wave: how waves go on differs more than quiet weeks do."""
PRIOR_SIZE = (1.5, 0.5)


def draw_weeks(
    days: DaysToFit, kept: float, histories: Ints, rng: np.random.Generator, lift: Floats
) -> Floats:
    """Draw the sum of the next seven days for each path, (paths,), around the level that its history leaves.

    Parameters
    ----------
    days : the days until now
    kept : share of announced events that happen
    histories : (paths, D) regimes of the last days
    rng : source of the draws
    lift : (paths,) factor on each mean
    """
    total = len(days.count)
    fresh = np.maximum(days.count - days.announced[:total], 0) / np.maximum(days.share, TRUSTED)
    weight, level = best_smoothing(fresh[-YEAR:])
    ended = path_levels(fresh, histories, weight, level)
    came, said = weeks_after(fresh[-YEAR:], level)
    size = fit_size(came, said, prior=PRIOR_SIZE) if len(came) >= 10 else PRIOR_SIZE[0]
    in_wave = histories[:, -1] >= WAVE if histories.shape[1] else np.zeros(len(histories), bool)
    called = np.floor(kept * float(days.announced[total:].sum()))
    mean = np.maximum(AHEAD * ended * lift, 0.05)
    drawn: Floats = draw_counts(rng, mean, np.where(in_wave, WAVE_WEEK, size)) + called
    return drawn


def best_smoothing(fresh: Floats) -> tuple[float, Floats]:
    """The weight of the newest day with the least squared error a day ahead, and the level after each day."""
    found = [(weight, smooth_levels(fresh, weight)) for weight in WEIGHTS]
    errors = [float(((fresh[AHEAD:] - level[AHEAD - 1 : -1]) ** 2).sum()) for _, level in found]
    return found[int(np.argmin(errors))]


def smooth_levels(fresh: Floats, weight: float) -> Floats:
    """The level after each day, (T,), from the mean of the first week."""
    start = float(fresh[:AHEAD].mean())
    level, _ = scipy.signal.lfilter([weight], [1, weight - 1], fresh, zi=[(1 - weight) * start])
    return np.asarray(level, np.float64)


def path_levels(fresh: Floats, histories: Ints, weight: float, level: Floats) -> Floats:
    """The level of each path after the last day: called days count no more than the level before them, (paths,)."""
    paths, known = histories.shape
    before = len(level) - known - 1
    ended = np.full(paths, level[before] if before >= 0 else float(fresh[:AHEAD].mean()))
    for place in range(known):
        today = float(fresh[len(fresh) - known + place])
        heard = np.where(histories[:, place] == CALLED, np.minimum(today, ended), today)
        ended += weight * (heard - ended)
    return ended


def weeks_after(fresh: Floats, level: Floats) -> tuple[Floats, Floats]:
    """Sums of past weeks and seven times the level before each, the last 200."""
    summed = np.concatenate([[0.0], np.cumsum(fresh)])
    came = np.round(summed[AHEAD + 1 :] - summed[1:-AHEAD])
    said = np.maximum(AHEAD * level[: len(came)], 0.05)
    return came[-LEARNED_FROM:], said[-LEARNED_FROM:]
