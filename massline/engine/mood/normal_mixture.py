"""Mixtures of normals: with the leap and without it, in a calm world and in a noisy one."""

from dataclasses import dataclass

import numpy as np
import scipy

from massline.engine.mood.array_types import Flags, Floats

HALVINGS = 40
SURE = 0.999


@dataclass(frozen=True, eq=False)
class NormalMixture:
    """C normals at Q questions; `weight`, `centre` and `spread` (variances) are (C, Q), weights add up to 1."""

    weight: Floats
    centre: Floats
    spread: Floats

    @classmethod
    def chosen(cls, where: Flags, one: "NormalMixture", other: "NormalMixture") -> "NormalMixture":
        """`one` at the questions marked, `other` at the rest."""
        size = max(len(one.weight), len(other.weight))
        fills = {"weight": 0.0, "centre": 0.0, "spread": 1.0}
        parts = []
        for name, fill in fills.items():
            both = [
                np.pad(part, ((0, size - len(part)), (0, 0)), constant_values=fill)
                for part in (getattr(one, name), getattr(other, name))
            ]
            parts.append(np.where(where, *both))
        return cls(*parts)

    @property
    def mean(self) -> Floats:
        """Mean at every question."""
        mean: Floats = (self.weight * self.centre).sum(axis=0)
        return mean

    @property
    def variance(self) -> Floats:
        """Variance at every question."""
        square = (self.weight * (self.spread + self.centre**2)).sum(axis=0)
        variance: Floats = np.maximum(square - self.mean**2, 1e-12)
        return variance

    def quantile(self, share: float) -> Floats:
        """The value below which this share lies: exact where one normal has all the weight, else by bisection."""
        sd = np.sqrt(self.spread)
        ends = self.centre + scipy.special.ndtri(share) * sd
        largest = np.argmax(self.weight, axis=0)
        found: Floats = ends[largest, np.arange(ends.shape[1])]
        mixed = np.flatnonzero(self.weight.max(axis=0) < SURE)
        known = self.weight[:, mixed] > 0
        low = np.where(known, ends[:, mixed], np.inf).min(axis=0)
        high = np.where(known, ends[:, mixed], -np.inf).max(axis=0)
        weight, centre, sd = self.weight[:, mixed], self.centre[:, mixed], sd[:, mixed]
        for _ in range(HALVINGS if len(mixed) else 0):
            middle = (low + high) / 2
            below = (weight * scipy.special.ndtr((middle - centre) / sd)).sum(axis=0) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        if len(mixed):
            found[mixed] = (low + high) / 2
        return found
