"""From eta to something a person can read: a share, or an average step of the ladder."""

from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import step_chances
from massline.engine.mood.normal_mixture import NormalMixture

Z90 = 1.6448536269514722
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(11)


@dataclass(frozen=True, eq=False)
class Scale:
    """The scale on which an item's ladder is shown.

    Attributes
    ----------
    kind
        "share" (of the upper of two answers, 0 to 1) or "step" (average over the ladder's steps).
    values : (K,)
        What each step counts.
    cuts : (K - 1,)
        The item's cuts.
    """

    kind: str
    values: Floats
    cuts: Floats

    @classmethod
    def of(cls, steps: tuple[int, ...], cuts: Floats) -> "Scale":
        """Two answers read as a share, more as the average step."""
        values = np.array([0.0, 1.0]) if len(steps) == 2 else np.array(steps, dtype=float)
        return cls("share" if len(steps) == 2 else "step", values, cuts[: len(steps) - 1])

    def at(self, eta: Floats) -> Floats:
        """Value at one eta; rising."""
        value: Floats = step_chances(eta, self.cuts) @ self.values
        return value

    def step(self, level: Floats, change: Floats) -> Floats:
        """The change on the display scale for a change of eta around a level."""
        return self.at(level + change / 2) - self.at(level - change / 2)

    def mean(self, mean: Floats, variance: Floats) -> Floats:
        """Expected value where eta is normal."""
        spread = np.sqrt(variance)
        total = np.zeros_like(mean)
        for node, weight in zip(_NODES, _WEIGHTS / _WEIGHTS.sum(), strict=True):
            total += weight * self.at(mean + node * spread)
        return total

    def interval(self, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
        """The 90 % interval: the scale rises with eta, so its ends are the ends of eta's."""
        reach = Z90 * np.sqrt(variance)
        return self.at(mean - reach), self.at(mean + reach)

    def of_mixture(self, mixture: NormalMixture) -> tuple[Floats, Floats, Floats]:
        """Expected value and both ends of the 90 % interval."""
        parts = zip(mixture.weight, mixture.centre, mixture.spread, strict=True)
        mean = np.sum([weight * self.mean(centre, spread) for weight, centre, spread in parts], axis=0)
        return mean, self.at(mixture.quantile(0.05)), self.at(mixture.quantile(0.95))
