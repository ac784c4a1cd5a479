"""Prediction of a person's vote on an unseen statement, as chances of disagreeing, passing and agreeing.

Two questions in turn: does the person take a side at all, and which one. Each is a logistic model eta_ij =
t_i + b_j + u_i . w_j with normal priors whose widths are learned (so that dimensions nobody needs fade away,
Neal's relevance determination). People and statements are updated in turn, each as a normal distribution
rather than a point (variational Bayes with Newton weights), so that somebody who voted three times is
predicted with due doubt (Lim and Teh 2007 for the scheme, MacKay 1992 for averaging the logistic over it).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.bayesian_logistic_model import (
    LogisticModel,
    SideBelief,
    expit,
    feature_pairs,
    pair_logits,
)
from massline.engine.opinion.pca import people_positions, principal_axes
from massline.engine.votes import VoteTable

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

Floats = NDArray[np.float64]
Places = NDArray[np.integer]

RANK = 3
ROUNDS = 5


@dataclass(frozen=True, eq=False)
class Predictor:
    """A fitted model of votes: does a person take a side, and which."""

    takes_side: LogisticModel
    agrees: LogisticModel

    def chances(self, who: Places, which: Places) -> Floats:
        """Chances of disagreeing, passing and agreeing, (n, 3), for pairs of people and statements by position."""
        return combine_chances(self.takes_side.chance(who, which), self.agrees.chance(who, which))

    def likeliest(self, who: Places, which: Places) -> Floats:
        """The same by the likeliest person and statement, without doubt about either: sharper than votes turn out."""
        side, yes = (
            expit(pair_logits(leaning.people.mean, leaning.statements.mean, who, which))
            for leaning in (self.takes_side, self.agrees)
        )
        return combine_chances(side, yes)


def combine_chances(side: Floats, yes: Floats) -> Floats:
    """Chances of disagreeing, passing and agreeing, (n, 3), from those of taking a side and of agreeing if so."""
    return np.stack([side * (1 - yes), 1 - side, side * yes], axis=1)


def fit_predictor(
    table: VoteTable,
    *,
    rank: int = RANK,
    rounds: int = ROUNDS,
    near: Floats | None = None,
    after: Predictor | None = None,
) -> Predictor:
    """Fit the model to a table; the result is the same every time, no seed is needed.

    Parameters
    ----------
    rank : most dimensions of agreement; those without support fade to nothing
    rounds : passes over people and statements
    near : loadings, (d, M), of about the same votes, to look for this table's from
    after : a model of the same people and statements to go on from, in a third of the rounds
    """
    sided = table.value != 0
    if after is not None:
        rounds = -(-rounds // 3)
        starts = [(kept.people.copy(), kept.statements.copy()) for kept in (after.takes_side, after.agrees)]
    else:
        start = near if near is not None and len(near) >= rank else None
        axes, matrix = principal_axes(table, count=rank, start=start, tolerance=1e-2)
        factors = people_positions(matrix, axes.loadings, table.votes_each), axes.loadings.T
        starts = [
            starting_beliefs(factors, wide, yes) for wide, yes in ((1, sided), (rank, table.value[sided] > 0))
        ]
    passing = learn_leaning(
        vote_pattern(table, np.ones(table.votes, bool)), sided, table.shape, rounds, starts[0]
    )
    agreeing = learn_leaning(
        vote_pattern(table, sided), table.value[sided] > 0, table.shape, rounds, starts[1]
    )
    return Predictor(passing, agreeing)


def vote_pattern(table: VoteTable, kept: NDArray[np.bool_]) -> "csr_array[np.float64, tuple[int, int]]":
    """The cells of the kept votes, with room for a number in each."""
    from scipy.sparse import csr_array

    before = np.concatenate([[0], np.cumsum(kept)])
    indptr = before[table.start].astype(np.int32)
    return csr_array((np.zeros(int(kept.sum())), table.statement[kept], indptr), shape=table.shape)


def learn_leaning(
    cells: "csr_array[np.float64, tuple[int, int]]",
    yes: NDArray[np.bool_],
    shape: tuple[int, int],
    rounds: int,
    start: tuple[SideBelief, SideBelief],
) -> LogisticModel:
    """Update people and statements in turn."""
    who = np.repeat(np.arange(shape[0]), np.diff(cells.indptr))
    which, target = cells.indices, yes.astype(float)
    people, statements = start
    weights, pull = cells, cells.copy()
    chance = np.empty(len(target))
    for _ in range(rounds):
        for side, other, across in ((people, statements, False), (statements, people, True)):
            # Arrays as long as the votes are written over rather than made anew, which would take as long as the sums.
            expit(
                pair_logits(people.mean, statements.mean, who, which, out=chance, spare=pull.data), out=chance
            )
            np.subtract(1.0, chance, out=weights.data)
            weights.data *= chance
            np.maximum(weights.data, 0.02, out=weights.data)
            np.subtract(target, chance, out=pull.data)
            take_newton_step(side, other, weights.T if across else weights, pull.T if across else pull)
            side.learn_prior(scale_free=not across)
        recentre_people_in_place(people, statements)
    return LogisticModel(people, statements)


def recentre_people_in_place(people: SideBelief, statements: SideBelief) -> None:
    """Put the average person at zero, so that a statement's level is what the average person would say."""
    middle = people.mean.mean(axis=0)
    statements.mean[:, 0] += middle[0] + np.einsum("ja,a->j", statements.mean[:, 1:], middle[1:])
    statements.center[0] += middle[0]
    people.mean -= middle
    people.center[0] = 0.0


def starting_beliefs(
    factors: tuple[Floats, Floats], rank: int, yes: NDArray[np.bool_]
) -> tuple[SideBelief, SideBelief]:
    """Beliefs to start from without a model: principal components, and the overall share of yes."""
    overall = float(np.log((yes.sum() + 1.0) / ((~yes).sum() + 1.0)))
    return starting_belief(factors[0], rank, 0.5, 0.0), starting_belief(factors[1], rank, 1.0, overall)


def starting_belief(factors: Floats, rank: int, width: float, level: float) -> SideBelief:
    """Start from the principal components, scaled to unit size; missing ones start at zero."""
    size, wide = len(factors), min(rank, factors.shape[1])
    mean = np.zeros((size, rank + 1))
    mean[:, 0] = level
    scale = np.sqrt(np.einsum("ia,ia->a", factors[:, :wide], factors[:, :wide]) / max(size, 1))
    mean[:, 1 : wide + 1] = factors[:, :wide] / np.where(scale > 0, scale, 1.0)
    center = np.zeros(rank + 1)
    center[0] = level
    spread = np.tile(0.1 * np.eye(rank + 1), (size, 1, 1))
    return SideBelief(mean, spread, center, np.concatenate([[1.0], np.full(rank, width)]))


def take_newton_step(
    side: SideBelief,
    other: SideBelief,
    weights: "csr_array[np.float64, tuple[int, int]] | csc_array[np.float64]",
    pull: "csr_array[np.float64, tuple[int, int]] | csc_array[np.float64]",
) -> None:
    """Take a Newton step for every member of a side at once, given beliefs about the other side."""
    wide = side.mean.shape[1]
    design, squares = other.features()
    summed = np.asarray(weights @ squares)
    (a, b), (c, d) = feature_pairs(wide)
    curvature, doubt = np.zeros((2, len(summed), wide, wide))
    curvature[:, a, b] = curvature[:, b, a] = summed[:, : len(a)]
    # Doubt about the other side's factors pulls towards the prior, as in the exact variational update.
    doubt[:, c, d] = doubt[:, d, c] = summed[:, len(a) :]
    slope = np.asarray(pull @ design) - np.einsum("iab,ib->ia", doubt, side.mean)
    slope -= (side.mean - side.center) / side.width
    sharp = curvature + doubt + np.diag(1.0 / side.width)
    side.spread = np.asarray(np.linalg.inv(sharp), np.float64)
    step = np.einsum("iab,ib->ia", side.spread, slope)
    side.mean += np.clip(step, -2.0, 2.0)


def log_loss(chances: Floats, value: NDArray[np.int8]) -> float:
    """Mean negative log chance of the votes cast, in nats."""
    picked = chances[np.arange(len(value)), value.astype(np.int64) + 1]
    return float(-np.log(np.maximum(picked, 1e-12)).mean())
