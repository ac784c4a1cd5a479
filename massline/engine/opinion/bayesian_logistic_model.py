"""A logistic question about people and statements, with normal beliefs about the members of either side."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.integer]


@dataclass(eq=False)
class SideBelief:
    """Normal beliefs about one side, people or statements: level first, then factors.

    `mean` is (n, r + 1), `spread` (n, r + 1, r + 1), `center` and `width` the prior's mean and variance (r +
    1,).
    """

    mean: Floats
    spread: Floats
    center: Floats
    width: Floats

    def copy(self) -> "SideBelief":
        """The same beliefs in arrays of their own."""
        return SideBelief(self.mean.copy(), self.spread.copy(), self.center.copy(), self.width.copy())

    def features(self) -> tuple[Floats, Floats]:
        """The features the other side is regressed on, (1, factors), with their squares and covariances.

        The latter are (n, s + t): products of two features, then covariances of two factors, each pair once.
        """
        design = self.mean.copy()
        design[:, 0] = 1.0
        (a, b), (c, d) = feature_pairs(design.shape[1])
        return design, np.hstack([design[:, a] * design[:, b], self.spread[:, c, d]])

    def learn_prior(self, *, scale_free: bool) -> None:
        """Fit the prior to the beliefs; `scale_free` factors keep unit variance, the other side carries scale."""
        variance = np.einsum("iaa->ia", self.spread)
        self.center[0] = self.mean[:, 0].mean()
        self.width[0] = max(float(((self.mean[:, 0] - self.center[0]) ** 2 + variance[:, 0]).mean()), 1e-4)
        if not scale_free:
            self.width[1:] = np.maximum((self.mean[:, 1:] ** 2 + variance[:, 1:]).mean(axis=0), 1e-6)


@dataclass(frozen=True, eq=False)
class LogisticModel:
    """A fitted logistic question about people and statements."""

    people: SideBelief
    statements: SideBelief

    def chance(self, who: Places, which: Places) -> Floats:
        """Probability of yes, averaged over what is not known about person and statement."""
        mean = pair_logits(self.people.mean, self.statements.mean, who, which)
        design, other = self.people.mean[who].copy(), self.statements.mean[which].copy()
        design[:, 0] = other[:, 0] = 1.0
        doubt = np.einsum("ia,iab,ib->i", other, self.people.spread[who], other)
        doubt += np.einsum("ia,iab,ib->i", design, self.statements.spread[which], design)
        doubt += np.einsum(
            "iab,iab->i", self.people.spread[who][:, 1:, 1:], self.statements.spread[which][:, 1:, 1:]
        )
        return expit(mean / np.sqrt(1 + np.pi * doubt / 8))


@cache
def feature_pairs(wide: int) -> tuple[tuple[Places, Places], tuple[Places, Places]]:
    """Each pair of features once, and each pair of factors, which are the features but the first."""
    first, second = np.triu_indices(wide)
    return (first, second), (first[first > 0], second[first > 0])


def pair_logits(
    left: Floats,
    right: Floats,
    who: Places,
    which: Places,
    *,
    out: Floats | None = None,
    spare: Floats | None = None,
) -> Floats:
    """Level plus level plus factors times factors, for each pair; `out` and `spare` hold one number a pair."""
    eta, product, other = (np.empty(len(who)) if buffer is None else buffer for buffer in (out, spare, None))
    lefts, rights = np.ascontiguousarray(left.T), np.ascontiguousarray(right.T)
    # Positions are known to be good; checking them again would copy every column.
    lefts[0].take(who, out=eta, mode="clip")
    rights[0].take(which, out=other, mode="clip")
    eta += other
    for mine, yours in zip(lefts[1:], rights[1:], strict=True):
        mine.take(who, out=product, mode="clip")
        yours.take(which, out=other, mode="clip")
        product *= other
        eta += product
    return eta


def expit(eta: Floats, *, out: Floats | None = None) -> Floats:
    """Logistic function, safe for large arguments; `out` may be `eta` itself."""
    half = np.multiply(eta, 0.5, out=out)
    np.tanh(half, out=half)
    half += 1.0
    half *= 0.5
    return half
