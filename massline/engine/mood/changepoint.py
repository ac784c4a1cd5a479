"""Bayesian online change-point detection (Adams and MacKay 2007) for many short, irregular series at once.

Between breaks a level wanders a little; a break draws a new level. Every possible start of the present run is
kept with its probability and its Kalman filter; the alarm is the odds that the present run began lately.
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.arrays import Floats


@dataclass(frozen=True, eq=False)
class Traces:
    """U series padded to m readings.

    Attributes
    ----------
    time : (U, m)
        Days, rising; infinite where padded.
    value, noise : (U, m)
        Reading in logits and its variance.
    usual, fresh : (U,)
        Variance of the level at first, and after a break.
    wander : (U,)
        Variance the level gains per day.
    """

    time: Floats
    value: Floats
    noise: Floats
    usual: Floats
    fresh: Floats
    wander: Floats

    @classmethod
    def collect(
        cls, series: list[tuple[Floats, Floats, Floats]], usual: Floats, jump: float, wander: Floats
    ) -> "Traces":
        """Pad (time, value, noise) of each series; `jump` is the standard deviation of a break."""
        most = max((len(time) for time, _, _ in series), default=0)
        padded = [np.full((len(series), most), fill) for fill in (np.inf, 0.0, 1.0)]
        for unit, parts in enumerate(series):
            for whole, part in zip(padded, parts, strict=True):
                whole[unit, : len(part)] = part
        time, value, noise = padded
        return cls(time, value, noise, usual, usual + jump**2, wander)

    @classmethod
    def stack(cls, several: list["Traces"]) -> "Traces":
        """Put traces of the same length under one another."""
        names = ("time", "value", "noise", "usual", "fresh", "wander")
        return cls(*(np.concatenate([getattr(traces, name) for traces in several]) for name in names))


@dataclass(frozen=True, eq=False)
class Course:
    """What the detector thought at every reading, all (U, m).

    odds : log odds that the level broke within the recent days; since : day on which the likeliest recent run
    began; change : by how much the level then changed.
    """

    odds: Floats
    since: Floats
    change: Floats


def follow(traces: Traces, *, hazard: float, recent: float) -> Course:
    """Run the detector over all series; `hazard` is breaks per day, `recent` in days."""
    units, most = traces.time.shape
    runs = most + 1
    mean, before, chance = np.zeros((units, runs)), np.zeros((units, runs)), np.full((units, runs), -np.inf)
    spread, begun = np.ones((units, runs)), np.full((units, runs), -np.inf)
    chance[:, 0], spread[:, 0] = 0.0, traces.usual
    course = Course(*(np.full((units, most), fill) for fill in (-np.inf, np.nan, 0.0)))
    last = np.where(np.isfinite(traces.time[:, 0]), traces.time[:, 0], 0.0) if most else np.zeros(units)
    for step in range(most):
        real = np.isfinite(traces.time[:, step])
        now = np.where(real, traces.time[:, step], last)
        gone = now - last
        broke = np.clip(-np.expm1(-gone * hazard), 1e-12, 1 - 1e-12)
        old, new = slice(0, step + 1), step + 1
        before[:, new] = (np.exp(chance[:, old]) * mean[:, old]).sum(axis=1)
        chance[:, new] = np.where(real, np.log(broke), -np.inf)
        chance[:, old] += np.where(real, np.log1p(-broke), 0.0)[:, None]
        spread[:, old] = np.minimum(spread[:, old] + (traces.wander * gone)[:, None], traces.fresh[:, None])
        spread[:, new], begun[:, new] = traces.fresh, now
        _hear(traces, step, real, (mean, spread, chance), slice(0, step + 2))
        _weigh(course, step, real, now - recent, (mean, before, chance, begun), slice(0, step + 2))
        last = now
    return course


def _hear(
    traces: Traces,
    step: int,
    real: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    state: tuple[Floats, Floats, Floats],
    runs: slice,
) -> None:
    """Update every run with this step's reading, in place."""
    mean, spread, chance = state
    off = traces.value[:, step, None] - mean[:, runs]
    total = spread[:, runs] + traces.noise[:, step, None]
    gain = np.where(real[:, None], spread[:, runs] / total, 0.0)
    chance[:, runs] -= np.where(real[:, None], 0.5 * (np.log(total) + off**2 / total), 0.0)
    chance[:, runs] -= _log_sum(chance[:, runs])[:, None]
    mean[:, runs] += gain * off
    spread[:, runs] *= 1 - gain


def _weigh(
    course: Course,
    step: int,
    real: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    lately: Floats,
    state: tuple[Floats, Floats, Floats, Floats],
    runs: slice,
) -> None:
    mean, before, chance, begun = state
    new = begun[:, runs] > lately[:, None]
    floor = np.full_like(chance[:, runs], -700.0)
    young = np.where(new, np.maximum(chance[:, runs], -700.0), floor)
    old = np.where(new, floor, np.maximum(chance[:, runs], -700.0))
    best = np.argmax(young, axis=1)
    rows = np.arange(len(best))
    course.odds[:, step] = np.where(real, _log_sum(young) - _log_sum(old), -np.inf)
    course.since[:, step] = begun[rows, best]
    course.change[:, step] = mean[rows, best] - before[rows, best]


def _log_sum(logs: Floats) -> Floats:
    """Log of the sum of exponentials of each row; no row is all minus infinity here."""
    top = logs.max(axis=1)
    total: Floats = top + np.log(np.exp(logs - top[:, None]).sum(axis=1))
    return total


def first_alarms(odds: Floats, time: Floats, threshold: float, merge: float) -> list[tuple[int, int]]:
    """Give (unit, step) at which alarms begin, alarms of a unit less than `merge` days apart being one."""
    found = []
    for unit in range(len(odds)):
        last = -np.inf
        for step in np.flatnonzero(odds[unit] >= threshold):
            if time[unit, step] - last > merge:
                found.append((unit, int(step)))
            last = time[unit, step]
    return found
