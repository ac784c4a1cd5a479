"""Bayesian online change-point detection (Adams and MacKay 2007) for many short, irregular series at once.

Between breaks a level wanders a little; a break draws a new level. Every possible start of the present run is
kept with its probability and its Kalman filter; the alarm is the odds that the present run began lately.
"""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Flags, Floats

TINY = 1e-300


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
        """Put traces under one another, padded to the longest."""
        most = max(traces.time.shape[1] for traces in several)

        def tall(name: str, fill: float) -> Floats:
            parts = [getattr(traces, name) for traces in several]
            gaps = [((0, 0), (0, most - part.shape[1])) for part in parts]
            padded = [np.pad(part, gap, constant_values=fill) for part, gap in zip(parts, gaps, strict=True)]
            return np.concatenate(padded)

        time, value, noise = tall("time", np.inf), tall("value", 0.0), tall("noise", 1.0)
        lines = [np.concatenate([getattr(t, name) for t in several]) for name in ("usual", "fresh", "wander")]
        return cls(time, value, noise, *lines)


@dataclass(frozen=True, eq=False)
class DetectorCourse:
    """The detector's beliefs at every reading, all (U, m).

    odds : log odds that the level broke within the recent days; since : day on which the likeliest recent run
    began; change : by how much the level then changed.
    """

    odds: Floats
    since: Floats
    change: Floats


def detect_changes(traces: Traces, *, hazard: float, recent: float) -> DetectorCourse:
    """Run the detector over all series; `hazard` is breaks per day, `recent` in days."""
    units, most = traces.time.shape
    runs = _Runs(traces)
    course = DetectorCourse(*(np.full((units, most), fill) for fill in (-np.inf, np.nan, 0.0)))
    last = np.where(np.isfinite(traces.time[:, 0]), traces.time[:, 0], 0.0) if most else np.zeros(units)
    rows = np.arange(units)
    for step in range(most):
        real = np.isfinite(traces.time[:, step])
        now = np.where(real, traces.time[:, step], last)
        runs.begin(step, now, now - last, hazard, real)
        chance = runs.hear(step, real)
        new = runs.begun[:, : step + 2] > (now - recent)[:, None]
        young = chance * new
        late, best = young.sum(axis=1), np.argmax(young, axis=1)
        odds = np.log(np.maximum(late, TINY)) - np.log(np.maximum((chance * ~new).sum(axis=1), TINY))
        course.odds[:, step] = np.where(real, odds, -np.inf)
        course.since[:, step] = runs.begun[rows, best]
        course.change[:, step] = runs.mean[rows, best] - runs.before[rows, best]
        last = now
    return course


class _Runs:
    """Every possible start of the present run, all (U, m + 1): its chance (log and plain), level, and level before."""

    def __init__(self, traces: Traces) -> None:
        units, most = traces.time.shape
        shape = (units, most + 1)
        self.traces = traces
        self.mean, self.before, self.spread = np.zeros(shape), np.zeros(shape), np.ones(shape)
        self.begun = np.full(shape, -np.inf)
        self.logs = np.full(shape, -np.inf)
        self.logs[:, 0], self.spread[:, 0] = 0.0, traces.usual
        self.chance = np.ones((units, 1))

    def begin(self, step: int, now: Floats, gone: Floats, hazard: float, real: Flags) -> None:
        """Let time pass and a new run begin where there is a reading."""
        old, new = slice(0, step + 1), step + 1
        broke = np.clip(-np.expm1(-gone * hazard), 1e-12, 1 - 1e-12)
        self.before[:, new] = (self.chance * self.mean[:, old]).sum(axis=1)
        self.logs[:, new] = np.where(real, np.log(broke), -np.inf)
        self.logs[:, old] += np.where(real, np.log1p(-broke), 0.0)[:, None]
        wandered = self.spread[:, old] + (self.traces.wander * gone)[:, None]
        self.spread[:, old] = np.minimum(wandered, self.traces.fresh[:, None])
        self.spread[:, new], self.begun[:, new] = self.traces.fresh, now

    def hear(self, step: int, real: Flags) -> Floats:
        """Update every run with this step's reading; give the runs' chances."""
        runs = slice(0, step + 2)
        off = self.traces.value[:, step, None] - self.mean[:, runs]
        total = self.spread[:, runs] + self.traces.noise[:, step, None]
        gain = np.where(real[:, None], self.spread[:, runs] / total, 0.0)
        logs = self.logs[:, runs]
        logs -= np.where(real[:, None], 0.5 * (np.log(total) + off**2 / total), 0.0)
        logs -= logs.max(axis=1, keepdims=True)
        chance: Floats = np.exp(logs)
        whole = chance.sum(axis=1, keepdims=True)
        logs -= np.log(whole)
        self.chance = chance / whole
        self.mean[:, runs] += gain * off
        self.spread[:, runs] *= 1 - gain
        return self.chance


def first_alarms(odds: Floats, time: Floats, threshold: float, merge: float) -> list[tuple[int, int]]:
    """Return (unit, step) at which alarms begin, alarms of a unit less than `merge` days apart being one."""
    found = []
    for unit in range(len(odds)):
        last = -np.inf
        for step in np.flatnonzero(odds[unit] >= threshold):
            if time[unit, step] - last > merge:
                found.append((unit, int(step)))
            last = time[unit, step]
    return found
