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
from massline.engine.mood.hyperparameter_priors import SHARP_WALK, YEAR, hyperparameter_log_prior
from massline.engine.mood.movement_precisions import (
    position_between_knots,
    reverting_precision,
    walk_precision,
)

COMMON_KNOTS = 104
GROUP_KNOTS = 16
START_SD = 5.0
ITEM_SD = 2.0
MOST_NOISE = 1.5
"""Where the search stops for noise and sources; an estimate with noise up there is not worth drawing."""
ANCHOR = 1e4
"""Precision with which the sources' biases, weighted by how often each was heard, cancel out."""


class FieldPrecision(NamedTuple):
    """Prior precision of the field (D, D) and its log determinant."""

    matrix: Floats
    logdet: float


@dataclass(frozen=True, eq=False)
class FieldPlaces:
    """The places of readings or questions: codes and time, each (N,); `item` or `source` -1 leaves that effect
    out.
    """

    section: Ints
    time: Floats
    item: Ints
    source: Ints

    def some(self, rows: Ints) -> "FieldPlaces":
        """Return the same for these rows only."""
        return FieldPlaces(self.section[rows], self.time[rows], self.item[rows], self.source[rows])


@dataclass(frozen=True, eq=False)
class LatentField:
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
        """The start of the search for hyper-parameters (log scale)."""
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
        """Log prior density of the hyper-parameters and its gradient (`strength_priors.py`)."""
        return hyperparameter_log_prior(
            self.names, theta, usual_length=self.usual_length, walk_rate=self.walk_rate
        )

    def entries(self, at: FieldPlaces) -> tuple[Ints, Floats]:
        """Columns and weights of each row, both (N, R); rows with fewer entries repeat a column with weight
        0.
        """
        columns: list[Ints] = []
        weights: list[Floats] = []

        def put(column: Ints, weight: Floats) -> None:
            columns.append(column)
            weights.append(weight)

        left, share = position_between_knots(at.time, self.common)
        put(left, 1 - share)
        put(left + 1, share)
        left, share = position_between_knots(at.time, self.drifting)
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

    def precision(self, theta: Floats) -> FieldPrecision:
        """Prior precision at these hyper-parameters."""
        value = dict(zip(self.names, np.exp(theta), strict=True))
        matrix = np.zeros((self.width, self.width))
        part = self.slices["common"]
        matrix[part, part] = walk_precision(self.common, value["drift_all"])
        matrix[part.start, part.start] += START_SD**-2
        logdet = -2 * np.log(START_SD) + (self.common - 1) * np.log(
            (self.common - 1) / value["drift_all"] ** 2
        )
        for k, group in enumerate(self.groups):
            size = int(group.max()) + 1
            logdet += _diagonal(matrix, self.slices[f"level_{k}"], value[f"level_{k}"])
            block, block_logdet = reverting_precision(self.drifting, value[f"drift_{k}"], value["length"])
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
        return FieldPrecision(matrix, float(logdet))


def make_latent_field(
    groups: Sequence[Ints],
    *,
    items: int,
    sources: int,
    moments: int,
    span_days: float,
    fixed: frozenset[str] = frozenset(),
    source_share: tuple[float, ...] = (),
) -> LatentField:
    """Lay out a field for readings on `moments` different days."""
    common = int(np.clip(moments, 2, COMMON_KNOTS)) + 1
    return LatentField(
        tuple(groups),
        items,
        sources,
        common,
        min(common, GROUP_KNOTS + 1),
        span_days,
        fixed,
        source_share,
    )


def _diagonal(matrix: Floats, part: slice, sd: float) -> float:
    where = np.arange(part.start, part.stop)
    matrix[where, where] = sd**-2
    return float(-2 * len(where) * np.log(sd))
