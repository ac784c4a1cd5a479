"""The regimes of an issue's days: quiet, a called day, or a wave at one of six heights.

A hidden Markov chain runs through the days. A quiet day draws from the quiet level; a called day, as a day of
action, is tall and leaves nothing behind; a wave holds a height above the quiet level, wanders between heights
and ends. The forward filter gives the chance of each regime on each day from the days until then; histories
of the last days are drawn backwards (forward filtering, backward sampling: Carter and Kohn 1994).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.negative_binomial import log_likelihood
from massline.engine.pulse.quiet_level import QuietLevel, estimate_quiet_level

QUIET, CALLED, WAVE = 0, 1, 2
"""Regime numbers; a wave at height k is WAVE + k."""
HEIGHTS: Floats = 2.5 * 2.0 ** np.arange(6, dtype=np.float64)
UNJUDGED = 6
"""First days of a watch that only tell its quiet level."""
FILTERED = 240


@dataclass(frozen=True)
class Rates:
    """Chances by day, and how counts spread. docs/methods/pulse.md says from which series they were chosen.

    called, called_weekend, called_announced, called_again
        A called day after a quiet one on a weekday, at the weekend, where one was announced; a second one.
    wave, wave_after_called, end, rise, fall
        A wave after a quiet and after a called day; its end; a rise and a fall of its height.
    entry
        How much rarer each height is as a beginning than the one below it.
    spread, own
        Size of the negative binomial of a tall day, and the weight of the issue's own quiet size beside it.
    floor
        Added to the quiet level below a height, so that one event is no wave where nothing ever happens.
    """

    called: float = 0.005
    called_weekend: float = 0.006
    called_announced: float = 0.4
    called_again: float = 0.05
    wave: float = 0.005
    wave_after_called: float = 0.2
    end: float = 0.03
    rise: float = 0.12
    fall: float = 0.18
    entry: float = 0.72
    spread: float = 1.22
    floor: float = 0.07
    own: float = 0.42


@dataclass(frozen=True, eq=False)
class Regimes:
    """Filtered chances of the last days of an issue.

    chance : (D, 8), a row a day; the last row is the last day. chain : (D, 8, 8), the step into each day.
    level : the quiet level of all days. first : the first day that was filtered, by its place in the series.
    """

    chance: Floats
    chain: Floats
    level: QuietLevel
    first: int

    @property
    def wave(self) -> Floats:
        """The chance of a wave on each of the filtered days: (D,)."""
        chance: Floats = self.chance[:, WAVE:].sum(axis=1)
        return chance

    def draw_histories(self, rng: np.random.Generator, paths: int, days: int) -> Ints:
        """Draw regimes of the last days given all counts: (paths, days), fewer where fewer were judged."""
        days = min(days, len(self.chance))
        drawn = np.zeros((paths, days), dtype=np.int64)
        if not days:
            return drawn
        u = rng.random((days, paths))
        last = np.cumsum(self.chance[-1])
        drawn[:, -1] = np.minimum((u[-1][:, None] > last / last[-1]).sum(axis=1), len(last) - 1)
        for back in range(2, days + 1):
            joint = self.chance[-back][:, None] * self.chain[1 - back]
            up = np.cumsum(joint, axis=0)
            up /= up[-1]
            after = drawn[:, days - back + 1]
            drawn[:, days - back] = np.minimum((u[-back] > up[:, after]).sum(axis=0), len(up) - 1)
        return drawn


def filter_regimes(
    count: Floats,
    weekday: Ints,
    announced: Floats,
    share: Floats,
    *,
    rates: Rates = Rates(),
    days: int = FILTERED,
) -> Regimes:
    """Filter the last days of a series; all (T,). What was announced is expected and raises nothing."""
    total = len(count)
    first = max(UNJUDGED, total - days)
    level = estimate_quiet_level(count, weekday, min(first, total))
    if total <= first:
        states = WAVE + len(HEIGHTS)
        return Regimes(np.zeros((0, states)), np.zeros((0, states, states)), level, total)
    seen = slice(first, total)
    emission = _emission(count[seen], announced[seen], share[seen], level, seen, rates)
    chain = _chain(weekday[seen], announced[seen] > 0, rates)
    chance = np.zeros_like(emission)
    now = np.zeros(emission.shape[1])
    now[QUIET] = 1.0
    for day in range(len(emission)):
        now = (now @ chain[day]) * emission[day]
        now /= now.sum()
        chance[day] = now
    return Regimes(chance, chain, level, first)


def filter_onwards(counts: Floats, mean: float, size: float, days: int) -> Floats:
    """The chance of a wave after each of some days that all bring the same count, from quiet: (len(counts), days)."""
    one = np.ones(len(counts))
    level = QuietLevel(mean * one, size * one, one)
    emission = _emission(counts, 0 * one, one, level, slice(0, len(counts)), Rates())
    step = _chain(np.zeros(1, dtype=np.int64), np.zeros(1, dtype=bool), Rates())[0]
    now = np.zeros_like(emission)
    now[:, QUIET] = 1.0
    wave = np.zeros((len(counts), days))
    for day in range(days):
        now = (now @ step) * emission
        now /= now.sum(axis=1, keepdims=True)
        wave[:, day] = now[:, WAVE:].sum(axis=1)
    return wave


def _emission(
    count: Floats, announced: Floats, share: Floats, level: QuietLevel, seen: slice, rates: Rates
) -> Floats:
    """Likelihood of each day in each regime, the largest of a day being 1: (D, 8)."""
    mean, size = level.mean[seen], level.size[seen]
    quiet = log_likelihood(count, share * (mean + announced), size)
    high = HEIGHTS * (mean + rates.floor)[:, None] + announced[:, None]
    raised = log_likelihood(
        count[:, None],
        share[:, None] * high,
        1 / (rates.own / size + (1 - rates.own) / rates.spread)[:, None],
    )
    tall = raised[:, 1:]
    top = tall.max(axis=1, keepdims=True)
    called = top[:, 0] + np.log(np.exp(tall - top).mean(axis=1))
    every = np.column_stack([quiet, called, raised])
    likelihood: Floats = np.exp(np.maximum(every - every.max(axis=1, keepdims=True), -60))
    return likelihood


def _chain(weekday: Ints, announced: NDArray[np.bool_], rates: Rates) -> Floats:
    """The step from each regime into each, a matrix a day: (D, 8, 8)."""
    heights = len(HEIGHTS)
    entry = rates.entry ** np.arange(heights)
    entry /= entry.sum()
    step = np.zeros((WAVE + heights, WAVE + heights))
    step[QUIET, WAVE:] = rates.wave * entry
    step[CALLED, WAVE:] = rates.wave_after_called * entry
    step[CALLED, CALLED] = rates.called_again
    step[CALLED, QUIET] = 1 - rates.called_again - rates.wave_after_called
    step[WAVE:, WAVE:] = (1 - rates.end) * _wander(rates)
    step[WAVE:, QUIET] = rates.end
    chain = np.tile(step, (len(weekday), 1, 1))
    called = np.where(weekday >= 5, rates.called_weekend, rates.called)
    called = np.where(announced, rates.called_announced, called)
    chain[:, QUIET, CALLED] = called
    chain[:, QUIET, QUIET] = 1 - called - rates.wave
    return chain


def _wander(rates: Rates) -> Floats:
    """The step between heights of a wave that goes on: (6, 6)."""
    heights = len(HEIGHTS)
    rise, fall = np.full(heights - 1, rates.rise), np.full(heights - 1, rates.fall)
    step: Floats = np.diag(rise, 1) + np.diag(fall, -1)
    return step + np.diag(1 - step.sum(axis=1))
