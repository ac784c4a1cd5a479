"""Advance of demands, from the organisation's own comparisons: "which of these two goes further?"

Bradley and Terry (1952): P(i goes further than j) = 1 / (1 + exp(t_j - t_i)). A normal prior on t (standard
deviation 1.5) keeps demands that won or lost every comparison at a finite place; intervals are Laplace's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.line.interval_estimate import Id, IntervalEstimate, id_sort_key

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PRIOR_SD = 1.5
_Z = 1.959963984540054


@dataclass(frozen=True)
class Comparison:
    """A member's answer: `further` goes further than `less`."""

    further: Id
    less: Id
    member: str = ""


@dataclass(frozen=True, eq=False)
class Strengths:
    """The place of each demand on the scale of advance.

    Attributes
    ----------
    items : ids, sorted
    place : (n,) strengths t, with mean near 0
    covariance : (n, n) of the strengths
    compared : (n,) comparisons each demand took part in
    """

    items: tuple[Id, ...]
    place: Floats
    covariance: Floats
    compared: Ints

    def measures(self) -> dict[Id, IntervalEstimate]:
        """Advance as the chance to go further than another demand drawn at random, with its 95 % interval.

        The interval follows from the covariance by the delta method on the logit scale. A demand that was
        never compared has no measure.
        """
        n = len(self.items)
        if n < 2:
            return {}
        chance = _win(self.place[:, None] - self.place[None, :])
        np.fill_diagonal(chance, 0.0)
        value = chance.sum(axis=1) / (n - 1)
        slope = -chance * (1 - chance) / (n - 1)
        np.fill_diagonal(slope, 0.0)
        np.fill_diagonal(slope, -slope.sum(axis=1))
        variance = np.einsum("ij,jk,ik->i", slope, self.covariance, slope)
        spread = _Z * np.sqrt(np.maximum(variance, 0.0)) / (value * (1 - value))
        centre = np.log(value / (1 - value))
        low, high = _win(centre - spread), _win(centre + spread)
        return {
            item: IntervalEstimate(float(low[i]), float(value[i]), float(high[i]))
            for i, item in enumerate(self.items)
            if self.compared[i]
        }


def fit_bradley_terry(
    comparisons: Sequence[Comparison], items: Sequence[Id] = (), *, prior_sd: float = PRIOR_SD
) -> Strengths:
    """Fit strengths to comparisons.

    Parameters
    ----------
    comparisons : in any order; the same pair may come many times, also with opposite answers
    items : demands that exist although nobody may have compared them yet
    prior_sd : standard deviation of the normal prior on a strength

    Raises
    ------
    ValueError
        Where a demand is compared with itself.

    Examples
    --------
    >>> fit = fit_bradley_terry([Comparison("strike", "letter")] * 9 + [Comparison("letter", "strike")])
    >>> fit.items, bool(fit.place[1] > fit.place[0])
    (('letter', 'strike'), True)
    """
    for c in comparisons:
        if c.further == c.less:
            raise ValueError(f"{c.further!r} is compared with itself")
    known = {*items, *(c.further for c in comparisons), *(c.less for c in comparisons)}
    names = tuple(sorted(known, key=id_sort_key))
    at = {name: i for i, name in enumerate(names)}
    wins = np.zeros((len(names), len(names)))
    for c in comparisons:
        wins[at[c.further], at[c.less]] += 1
    place = _fit(wins, prior_sd**-2)
    covariance = np.linalg.inv(_hessian(place, wins, prior_sd**-2)) if names else np.zeros((0, 0))
    return Strengths(
        names, place, np.asarray(covariance, np.float64), (wins + wins.T).sum(axis=1).astype(np.int64)
    )


def _fit(wins: Floats, precision: float) -> Floats:
    """Maximise the posterior by Newton's method; it is strictly concave, so there is one top."""
    place = np.zeros(len(wins))
    for _ in range(100):
        slope = _gradient(place, wins, precision)
        if np.abs(slope).max(initial=0.0) < 1e-12:
            break
        step = np.linalg.solve(_hessian(place, wins, precision), slope)
        # A full step may overshoot far from the top: no strength moves by more than 2 at a time.
        place = place + step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(step).max() < 1e-13:
            break
    return place


def _win(difference: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(difference, -500, 500))))


def _gradient(place: Floats, wins: Floats, precision: float) -> Floats:
    lost = _win(place[None, :] - place[:, None])  # chance that the column goes further than the row
    return np.asarray((wins * lost).sum(axis=1) - (wins * lost).sum(axis=0) - precision * place)


def _hessian(place: Floats, wins: Floats, precision: float) -> Floats:
    chance = _win(place[:, None] - place[None, :])
    weight = (wins + wins.T) * chance * (1 - chance)
    return np.asarray(np.diag(weight.sum(axis=1) + precision) - weight)
