"""Residuals of the readings when all but one movement is taken out: of a section, of a group, of everybody."""

from itertools import pairwise

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.changepoint import Traces
from massline.engine.mood.laplace import ModeFit

JUMP = 1.0
"""Standard deviation of a break in logits: about 25 points around the middle."""


def partial_residual_series(fit: ModeFit, kind: str, days: float) -> Traces:
    """Series of every unit of a kind: "section", "group 0", "group 1", ..., or "all"; `days` is the span's
    length.
    """
    if kind == "section":
        return _sections(fit, days)
    return _together(fit, kind, days)


def count_units(fit: ModeFit, kind: str) -> int:
    """The number of units of this kind."""
    if kind == "section":
        return fit.problem.sections
    return 1 if kind == "all" else int(fit.problem.field.groups[_grouping(kind)].max()) + 1


def _grouping(kind: str) -> int:
    return int(kind.split()[1])


def _sections(fit: ModeFit, days: float) -> Traces:
    level, drift, length = fit.own
    at = fit.problem.at
    rest = fit.working - _told(fit, slice(0, 0))
    noise = _noise(fit)
    cut = np.searchsorted(at.section, np.arange(fit.problem.sections + 1))
    series = []
    for first, last in pairwise(cut):
        order = first + np.argsort(at.time[first:last], kind="stable")
        series.append(_by_day(at.time[order] * days, rest[order], noise[order]))
    count = len(series)
    return Traces.collect(
        series,
        np.full(count, level**2 + drift**2),
        JUMP,
        np.full(count, 2 * drift**2 / (length * days)),
    )


def _together(fit: ModeFit, kind: str, days: float) -> Traces:
    """Readings of many sections, each freed of its own lasting level, added up by day."""
    _, drift, length = fit.own
    at, field = fit.problem.at, fit.problem.field
    lasting = fit.value("level") ** 2 * np.bincount(at.section, fit.pull, minlength=fit.problem.sections)
    leapt = np.zeros(len(at.section))
    for leap in fit.problem.leaps:
        later = (at.section == leap.section) & leap.is_before(at.time, at.source)
        leapt[later] += leap.variance * fit.pull[later].sum()
    noise = _noise(fit) + drift**2
    if kind == "all":
        rest = fit.working - _told(fit, field.slices["common"]) - lasting[at.section] - leapt
        unit = np.zeros(len(at.section), dtype=np.int64)
        usual, wander = 25.0, fit.value("drift_all") ** 2 / days
    else:
        k = _grouping(kind)
        rest = fit.working - _told(fit, field.slices[f"drift_{k}"]) - lasting[at.section] - leapt
        unit = field.groups[k][at.section]
        usual = fit.value(f"drift_{k}") ** 2 + 0.01
        wander = 2 * fit.value(f"drift_{k}") ** 2 / (length * days)
    series = []
    for code in range(count_units(fit, kind)):
        mine = np.flatnonzero(unit == code)
        mine = mine[np.argsort(at.time[mine], kind="stable")]
        series.append(_by_day(at.time[mine] * days, rest[mine], noise[mine]))
    return Traces.collect(series, np.full(len(series), usual), JUMP, np.full(len(series), wander))


def _noise(fit: ModeFit) -> Floats:
    """Variance of every reading about the section's level."""
    noise: Floats = (
        1 / fit.slope.information
        + fit.value("noise") ** 2 * fit.problem.noise_share
        + fit.problem.odd_variance
    )
    return noise


def _told(fit: ModeFit, but: slice) -> Floats:
    """The shared field's part of every reading, some columns left out."""
    shared = fit.shared.copy()
    shared[but] = 0.0
    columns, weights = fit.problem.field.entries(fit.problem.at)
    level: Floats = (weights * shared[columns]).sum(axis=1)
    return level


def _by_day(day: Floats, value: Floats, noise: Floats) -> tuple[Floats, Floats, Floats]:
    """Put readings of one day together, weighted by how exact they are; `day` rises."""
    different, place = np.unique(np.round(day, 6), return_inverse=True)
    weight = np.bincount(place, 1 / noise)
    return different, np.bincount(place, value / noise) / weight, 1 / weight
