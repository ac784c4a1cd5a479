"""The hidden field behind the readings: who shares what, and how much of it may move.

eta = mu(t) + sum_k [ static_k + drift_k(t) ]_{group k of section} + v_section(t) + item + source + noise

`mu` is a random walk, drifts are Ornstein-Uhlenbeck processes of one shared length, both linear between
knots; `v`, static plus Ornstein-Uhlenbeck, is handled section by section (`sections.py`) and has no columns
here. Time runs from 0 to 1 over the span, so that every hyper-parameter is free of units: `drift_all` is what
the common level may move over the whole span.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from massline.engine.mood.array_types import Floats, Ints

COMMON_KNOTS = 104
GROUP_KNOTS = 16
START_SD = 5.0
ITEM_SD = 2.0
SHARP = -1.5 * float(np.log(0.05))
"""Rate of the priors on standard deviations: P(sd > 2/3) = .05 (penalised complexity, Simpson et al. 2017)."""
SHARP_LEVEL = -float(np.log(0.05)) / 1.5
"""The same for what distinguishes single sections for good, P(sd > 1.5) = .05: blocks of one estate may be steps
apart, and a sharper prior would take that for noise.
"""
HALF_NORMAL = {"noise": 0.35, "source": 0.25, "drift": 0.51}
"""Scales of half-normal priors: P(sd > .7) = .05 for the noise of a reading, P(sd > 1/2) = .05 for sources and
P(sd > 1) = .05 for a section's own drift. Their tails fall as exp(-sd^2), so that no world is all noise or all bias.
"""
MOST_NOISE = 1.5
"""Where the search stops for noise and sources; an estimate with noise up there is not worth drawing."""
ANCHOR = 1e4
"""Precision with which the sources' biases, weighted by how often each was heard, cancel out."""
SHARP_WALK = -float(np.log(0.05)) / 3
"""The same for all that the common level moves over the span, a year at least: P(sd > 3) = .05."""
YEAR = 365.0


class Precision(NamedTuple):
    """Prior precision of the field (D, D) and its log determinant."""

    matrix: Floats
    logdet: float


@dataclass(frozen=True, eq=False)
class Places:
    """Where readings or questions sit: codes and time, each (N,); `item` or `source` -1 leaves that effect
    out.
    """

    section: Ints
    time: Floats
    item: Ints
    source: Ints

    def some(self, rows: Ints) -> "Places":
        """Return the same for these rows only."""
        return Places(self.section[rows], self.time[rows], self.item[rows], self.source[rows])


@dataclass(frozen=True, eq=False)
class Field:
    """Columns of the field and their prior.

    Attributes
    ----------
    groups
        For each way of grouping, the code of every section: (S,).
    items, sources
        How many of each; one alone has no effect of its own.
    common, drifting
        Numbers of knots of `mu` and of each group's drift.
    span_days
        How long the span is: what is likely of movement depends on it.
    fixed
        Names of hyper-parameters held where `start` puts them, not learned.
    source_share
        Share of the readings that came by each source, even if not given: the mix in which their biases cancel
        out, so that a source heard once cannot move everybody's level.
    """

    groups: tuple[Ints, ...]
    items: int
    sources: int
    common: int
    drifting: int
    span_days: float
    fixed: frozenset[str] = frozenset()
    source_share: tuple[float, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Hyper-parameters in order: standard deviations, and one length, all on the log scale when
        learned.
        """
        grouped = [f"{kind}_{k}" for k in range(len(self.groups)) for kind in ("level", "drift")]
        return (
            "drift_all",
            *grouped,
            "level",
            "drift",
            "length",
            "noise",
            *(("source",) if self.sourced else ()),
        )

    @property
    def sourced(self) -> bool:
        """True if sources differ at all."""
        return self.sources > 1

    @cached_property
    def slices(self) -> dict[str, slice]:
        """Columns of each part."""
        parts = [("common", self.common)]
        for k, group in enumerate(self.groups):
            size = int(group.max()) + 1
            parts += [(f"level_{k}", size), (f"drift_{k}", size * self.drifting)]
        parts += [("item", self.items)] if self.items > 1 else []
        parts += [("source", self.sources)] if self.sourced else []
        ends = np.cumsum([size for _, size in parts])
        return {name: slice(int(end) - size, int(end)) for (name, size), end in zip(parts, ends, strict=True)}

    @property
    def width(self) -> int:
        """Number of columns D."""
        return max(int(part.stop) for part in self.slices.values())

    @cached_property
    def mix(self) -> Floats:
        """Weight of each source in the usual mix."""
        return np.array(self.source_share or [1 / self.sources] * self.sources)

    @property
    def usual_length(self) -> float:
        """Centre of the length's prior: a sixth of the span, or of a year where the span is shorter."""
        return max(1.0, YEAR / self.span_days) / 6

    @property
    def walk_rate(self) -> float:
        """Rate of the prior on what all move over the span; a short span leaves room for less."""
        return SHARP_WALK * float(np.sqrt(max(1.0, YEAR / self.span_days)))

    def start(self) -> Floats:
        """Where the search for hyper-parameters begins (log scale)."""
        first = {"drift_all": 0.5, "level": 0.3, "drift": 0.2, "noise": 0.1, "source": 0.15}
        first["length"] = self.usual_length
        kinds = {"level": 0.2, "drift": 0.1}
        values = [first.get(name) or kinds[name.split("_")[0]] for name in self.names]
        held = [
            0.006 if name in self.fixed else value for name, value in zip(self.names, values, strict=True)
        ]
        return np.log(held)

    def bounds(self) -> list[tuple[float, float]]:
        """Limits of the search (log scale)."""
        wide = {"length": (0.01, max(3.0, 6 * self.usual_length)), "drift_all": (0.01, 20.0)}
        wide |= dict.fromkeys(("noise", "source"), (5e-3, MOST_NOISE))
        limits = [wide.get(name, (5e-3, 3.0)) for name in self.names]
        return [(float(np.log(low)), float(np.log(high))) for low, high in limits]

    def log_prior(self, theta: Floats) -> tuple[float, Floats]:
        """Log prior density of the hyper-parameters and its gradient.

        Half-normal on noise, sources and a section's own drift (`HALF_NORMAL`); exponential on the other standard
        deviations, P(sd > 2/3) = .05, for sections' levels P(sd > 1.5) = .05, and for the common level
        P(sd > 3) = .05 over the span or a year; log-normal on the length.
        """
        value, slope = 0.0, np.zeros(len(theta))
        for place, (name, x) in enumerate(zip(self.names, theta, strict=True)):
            if name == "length":
                value -= 0.5 * (x - np.log(self.usual_length)) ** 2
                slope[place] = -(x - np.log(self.usual_length))
            elif name in HALF_NORMAL:
                square = float((np.exp(x) / HALF_NORMAL[name]) ** 2)
                value += x - 0.5 * square
                slope[place] = 1 - square
            else:
                rate = {"drift_all": self.walk_rate, "level": SHARP_LEVEL}.get(name, SHARP)
                value += x - rate * np.exp(x)
                slope[place] = 1 - rate * np.exp(x)
        return value, slope

    def entries(self, at: Places) -> tuple[Ints, Floats]:
        """Columns and weights of each row, both (N, R); rows with fewer entries repeat a column with weight
        0.
        """
        columns: list[Ints] = []
        weights: list[Floats] = []

        def put(column: Ints, weight: Floats) -> None:
            columns.append(column)
            weights.append(weight)

        left, share = _between(at.time, self.common)
        put(left, 1 - share)
        put(left + 1, share)
        left, share = _between(at.time, self.drifting)
        for k, group in enumerate(self.groups):
            mine = group[at.section]
            put(self.slices[f"level_{k}"].start + mine, np.ones(len(mine)))
            first = self.slices[f"drift_{k}"].start + mine * self.drifting + left
            put(first, 1 - share)
            put(first + 1, share)
        for name, code in (("item", at.item), ("source", at.source)):
            if name in self.slices:
                put(self.slices[name].start + np.maximum(code, 0), (code >= 0).astype(float))
        return np.stack(columns, axis=1), np.stack(weights, axis=1)

    def precision(self, theta: Floats) -> Precision:
        """Prior precision at these hyper-parameters."""
        value = dict(zip(self.names, np.exp(theta), strict=True))
        matrix = np.zeros((self.width, self.width))
        part = self.slices["common"]
        matrix[part, part] = walk(self.common, value["drift_all"])
        matrix[part.start, part.start] += START_SD**-2
        logdet = -2 * np.log(START_SD) + (self.common - 1) * np.log(
            (self.common - 1) / value["drift_all"] ** 2
        )
        for k, group in enumerate(self.groups):
            size = int(group.max()) + 1
            logdet += _diagonal(matrix, self.slices[f"level_{k}"], value[f"level_{k}"])
            block, block_logdet = reverting(self.drifting, value[f"drift_{k}"], value["length"])
            first = self.slices[f"drift_{k}"].start
            for start in range(first, first + size * self.drifting, self.drifting):
                matrix[start : start + self.drifting, start : start + self.drifting] = block
            logdet += size * block_logdet
        if "item" in self.slices:
            logdet += _diagonal(matrix, self.slices["item"], ITEM_SD)
        if self.sourced:
            part = self.slices["source"]
            logdet += _diagonal(matrix, part, value["source"])
            matrix[part, part] += ANCHOR * np.outer(self.mix, self.mix)
            logdet += np.log1p(ANCHOR * value["source"] ** 2 * (self.mix @ self.mix))
        return Precision(matrix, float(logdet))


def make_field(
    groups: Sequence[Ints],
    *,
    items: int,
    sources: int,
    moments: int,
    span_days: float,
    fixed: frozenset[str] = frozenset(),
    source_share: tuple[float, ...] = (),
) -> Field:
    """Lay out a field for readings on `moments` different days."""
    common = int(np.clip(moments, 2, COMMON_KNOTS)) + 1
    return Field(tuple(groups), items, sources, common, min(common, GROUP_KNOTS + 1), span_days, fixed)


def walk(knots: int, total_sd: float) -> Floats:
    """Precision of a random walk whose whole way has this standard deviation (singular: no start)."""
    step = (knots - 1) / total_sd**2
    matrix = np.diag(np.full(knots, 2 * step)) - step * (np.eye(knots, k=1) + np.eye(knots, k=-1))
    matrix[0, 0] = matrix[-1, -1] = step
    return matrix


def reverting(knots: int, sd: float, length: float) -> tuple[Floats, float]:
    """Precision of an Ornstein-Uhlenbeck process at even knots on [0, 1], and its log determinant."""
    keep = np.exp(-1 / ((knots - 1) * length))
    inner = 1 / (sd**2 * (1 - keep**2))
    matrix = np.diag(np.full(knots, inner * (1 + keep**2)))
    matrix -= inner * keep * (np.eye(knots, k=1) + np.eye(knots, k=-1))
    matrix[0, 0] = matrix[-1, -1] = inner
    return matrix, float(-2 * knots * np.log(sd) - (knots - 1) * np.log1p(-(keep**2)))


def _between(time: Floats, knots: int) -> tuple[Ints, Floats]:
    place = time * (knots - 1)
    left = np.clip(np.floor(place).astype(np.int64), 0, knots - 2)
    return left, place - left


def _diagonal(matrix: Floats, part: slice, sd: float) -> float:
    where = np.arange(part.start, part.stop)
    matrix[where, where] = sd**-2
    return float(-2 * len(where) * np.log(sd))
