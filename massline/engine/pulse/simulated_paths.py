"""Simulated paths of the last and the next seven days, each with its own reading of the days just gone.

A path draws a history of regimes (regimes.py). Its called days excite nothing; a wave begins its memory afresh,
so that its first days count for what they are rather than for a slow average, and holds while it is young and high;
what is still to be reported of a recent day is drawn with the path.
"""

import numpy as np

from massline.engine.pulse.counts import AHEAD, Floats, Ints
from massline.engine.pulse.negative_binomial import draw_counts, draw_unreported
from massline.engine.pulse.regimes import CALLED, WAVE
from massline.engine.pulse.self_exciting import COMPLETE, DaysToFit, SelfExcitingModel

MOST = 1e5
"""Events a day above which a path does not go."""
HIGH = 8.0
"""Times its quiet level from which a wave holds better than the model's own fading."""
HELD, HELD_DAYS = 1.1, 5
"""Least branching ratio of a high wave, and for how many of its days."""
WAVE_SIZE = 2.5
"""Least size of the negative binomial of a day in a wave: a wave's days are alike, however rare events are in quiet."""


def simulate_paths(
    model: SelfExcitingModel,
    histories: Ints,
    rng: np.random.Generator,
    *,
    quiet: float = np.inf,
    spread: float = 0.0,
) -> tuple[Floats, Floats]:
    """Draw the last seven days as they will be once reported, and the next seven: both (paths, 7).

    Parameters
    ----------
    model
        The fitted model.
    histories : (paths, D) int
        Regimes of the last D days, a row a path.
    rng
        Source of the draws.
    quiet
        The quiet level of the last day, by which a wave is high.
    spread
        Spread (of the logarithm) of a factor on the days ahead of each path, median 1: what a short history leaves
        open. It breeds nothing.
    """
    paths, known = histories.shape
    days, total = model.days, len(model.days.count)
    start = min(days.settled, total - known, max(total - AHEAD, 0))
    keep = 1 - 1 / np.array(model.shape.memories)
    state = np.tile(model.excitation_on(start), (paths, 1))
    drawn = np.tile(np.append(days.count, np.zeros(AHEAD))[start:], (paths, 1))
    lift = draw_lift(rng, paths, spread)
    bred, age = np.ones(paths), np.zeros(paths)
    for day in range(start, total + AHEAD):
        announced, factor = float(days.announced[day]), float(model.factor[days.weekday[day]])
        if day == total:
            bred = _least_branching(model, (state @ model.strength) / quiet, age)
        level = np.minimum(model.base + bred * (state @ model.strength), MOST)
        mean = factor * level + model.kept * announced
        today = drawn[:, day - start]
        size = np.where(age > 0, max(model.size, WAVE_SIZE), model.size)
        if day >= total:
            today[:] = draw_counts(rng, lift * mean, size)
        elif days.share[day] < COMPLETE:
            today += draw_unreported(
                rng, mean, size, float(days.count[day]), _draw_share(days, day, paths, rng)
            )
        fresh = np.maximum(today - announced, 0) / factor / (lift if day >= total else 1)
        place = day - (total - known)
        if 0 <= place < known:
            regime = histories[:, place]
            fresh = np.where(regime == CALLED, np.minimum(fresh, level), fresh)
            age = np.where(regime >= WAVE, age + 1, 0)
        else:
            age = np.where(age > 0, age + 1, 0)
        held = held_memory(keep, age)
        state = held * state + (1 - held) * fresh[:, None]
    end = total - start
    return drawn[:, max(end - 7, 0) : end], drawn[:, end:]


def draw_lift(rng: np.random.Generator, paths: int, spread: float) -> Floats:
    """Draw a factor of median 1 for each path: (paths,)."""
    if not spread:
        return np.ones(paths)
    lift: Floats = np.exp(spread * rng.standard_normal(paths))
    return lift


def _least_branching(model: SelfExcitingModel, times: Floats, age: Floats) -> Floats:
    """Factor on what earlier days breed in each path: above 1 in the first days of a high wave: (paths,)."""
    branching = max(model.branching, 1e-9)
    high = (times / branching >= HIGH) & (age > 0) & (age <= HELD_DAYS)
    factor: Floats = np.where(high, max(1.0, HELD / branching), 1.0)
    return factor


def _draw_share(days: DaysToFit, day: int, paths: int, rng: np.random.Generator) -> Floats:
    """The reported share of a day in each path, from its posterior where the last day is not over: (paths,)."""
    share = float(days.share[day])
    if days.doubt is None or day < len(days.count) - 1:
        return np.full(paths, share)
    return rng.beta(share * days.doubt, (1 - share) * days.doubt, paths)


def held_memory(keep: Floats, age: Floats) -> Floats:
    """The part of the state that is kept: `keep` outside waves; in a wave, what makes the state the weighted mean
    of the days since it began: (paths, J).
    """
    within = np.maximum(age, 1)[:, None]
    begun = keep * (1 - keep ** (within - 1)) / (1 - keep**within)
    held: Floats = np.where(age[:, None] > 0, begun, keep)
    return held
