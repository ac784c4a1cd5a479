"""The cumulative-logit ladder: the chance of each step, given where a section stands.

P(step >= c) = expit(eta - cut_c). For two steps this is logistic regression. The log-likelihood is concave in
eta (McCullagh 1980), and its derivatives are short: with G_c = P(step >= c) and g = G(1 - G), d log P_c = 1 -
G_c - G_{c+1} and -d2 log P_c = g_c + g_{c+1}.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from massline.engine.mood.array_types import Floats, Ints

EVEN = 60.0
"""How many readings the even ladder counts as beforehand."""
FAR = 40.0
"""Where cuts lie that an item with fewer steps does not have: nobody is ever above them."""


@dataclass(frozen=True, eq=False)
class LikelihoodSlope:
    """Log-likelihood of each row with its derivatives by eta; all (N,)."""

    loglik: Floats
    gradient: Floats
    information: Floats
    information_slope: Floats


def chances_at_least(eta: Floats, cuts: Floats) -> Floats:
    """Return P(step >= c) with both ends: (..., K + 1), from 1 down to 0. `cuts` is (..., K - 1)."""
    inner = scipy.special.expit(eta[..., None] - cuts)
    edge = np.ones((*inner.shape[:-1], 1))
    joined: Floats = np.concatenate([edge, inner, 0 * edge], axis=-1)
    return joined


def step_chances(eta: Floats, cuts: Floats) -> Floats:
    """Return the chance of each step: (..., K)."""
    higher = chances_at_least(eta, cuts)
    difference: Floats = higher[..., :-1] - higher[..., 1:]
    return difference


def likelihood_slope(eta: Floats, counts: Floats, cuts: Floats) -> LikelihoodSlope:
    """Log-likelihood (without the multinomial constant) and derivatives; `cuts` is (N, K - 1), one line per
    row.
    """
    higher = chances_at_least(eta, cuts)
    spread = higher * (1 - higher)
    turn = spread * (1 - 2 * higher)
    return LikelihoodSlope(
        loglik=(counts * log_step_chances(eta, cuts)).sum(axis=-1),
        gradient=(counts * (1 - higher[..., :-1] - higher[..., 1:])).sum(axis=-1),
        information=np.maximum((counts * (spread[..., :-1] + spread[..., 1:])).sum(axis=-1), 1e-9),
        information_slope=(counts * (turn[..., :-1] + turn[..., 1:])).sum(axis=-1),
    )


def log_step_chances(eta: Floats, cuts: Floats) -> Floats:
    """Log of `step_chances`, exact far out: expit(a) - expit(b) = expit(a) expit(-b) (1 - exp(b - a))."""
    place = eta[..., None] - cuts
    rise = scipy.special.log_expit(place)
    fall = scipy.special.log_expit(-place)
    logs: Floats = np.concatenate([fall[..., :1], rise], axis=-1)
    if cuts.shape[-1] > 1:
        logs[..., 1:-1] += fall[..., 1:] + np.log(-np.expm1(cuts[..., :-1] - cuts[..., 1:]))
    return logs


def gap_count(steps: Sequence[Sequence[int]]) -> int:
    """The number of distances between cuts to learn over all items."""
    return sum(max(len(ladder) - 2, 0) for ladder in steps)


def cuts_from(gaps: Floats, steps: Sequence[Sequence[int]]) -> Floats:
    """Lay the cuts of every item, centred on 0, from the logs of the distances between them: (items, K -
    1).
    """
    width = max(len(ladder) for ladder in steps) - 1
    cuts = np.tile(FAR + np.arange(width, dtype=float), (len(steps), 1))
    start = 0
    for item, ladder in enumerate(steps):
        inner = max(len(ladder) - 2, 0)
        line = np.concatenate([[0.0], np.cumsum(np.exp(gaps[start : start + inner]))])
        cuts[item, : inner + 1] = line - line.mean()
        start += inner
    return cuts


def _even(steps: int) -> Floats:
    """Shares on a ladder with even steps 1.5 logits apart, closer where there are many."""
    width = min(1.5, 6 / max(steps - 1, 1))
    cuts: Floats = width * (np.arange(steps - 1, dtype=np.float64) - (steps - 2) / 2)
    shares: Floats = step_chances(np.zeros(1), cuts[None])[0]
    return shares


def initial_cut_gaps(counts: Floats, item: Ints, steps: Sequence[Sequence[int]]) -> Floats:
    """Log distances between cuts by the pooled shares, drawn towards an even ladder.

    Where few were asked, pooled shares depend on who was asked more than on how far the steps are apart.
    """
    gaps: list[float] = []
    for code, ladder in enumerate(steps):
        pooled = counts[item == code].sum(axis=0)[: len(ladder)] + EVEN * _even(len(ladder))
        higher = 1 - np.cumsum(pooled / pooled.sum())[:-1]
        line = -np.log(higher / (1 - higher))
        gaps.extend(np.log(np.clip(np.diff(line), 0.05, 6.0)))
    return np.array(gaps)
