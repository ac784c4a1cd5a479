"""Views held by few: statements that most do not agree with, and whose supporters also agree on others of that kind.

A statement that a twentieth agrees with may be noise or a minority's own. What tells a minority is that the same people
agree on more than one such statement, more often than two answers given apart from one another would coincide
(hypergeometric mean among those who answered both). Ranked by how much likelier that makes what was counted than chance
does, for the statement with which it does so the most, over the square of how few they are; of statements that plainly
the same people support, one is kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.votes import AGREE, Id, VoteTable

Floats = NDArray[np.float64]

LEAST_SHARE = 0.05
SHORT_OF_IT = 0.6  # a minority of 5 % is a statement's share of 3 % where some of it pass or answer otherwise
SAME_PEOPLE = 2.5  # standard deviations; two that stand apart are past it once in a hundred and sixty pairs
LEAST_EXPECTED = 0.3


@dataclass(frozen=True)
class MinorityView:
    """A statement that few agree with and that speaks for them."""

    statement: Id
    seen: int
    agree: int


def find_minority_views(
    table: VoteTable, *, k: int, least_share: float = LEAST_SHARE
) -> tuple[MinorityView, ...]:
    """Find statements of which at least `k` people and fewer than half agree, the surest minority first.

    A person counts once, whatever their weight. Nothing is random; equal statements keep the order of the table.
    """
    answered = np.zeros(table.shape)
    agreed = np.zeros(table.shape)
    answered[table.voter, table.statement] = 1.0
    agreed[table.voter, table.statement] = table.value == AGREE
    seen, agree = answered.sum(axis=0), agreed.sum(axis=0)
    share = agree / np.maximum(seen, 1.0)
    few = np.flatnonzero((share < 0.5) & (agree >= k) & (share >= SHORT_OF_IT * least_share))
    sure, likelier = compare_supporters(answered[:, few], agreed[:, few])
    scores = likelier.max(axis=1, initial=0.0) / np.maximum(share[few], least_share) ** 2
    chosen = keep_distinct(scores, sure)
    return tuple(
        MinorityView(table.statements.tolist()[few[i]], int(seen[few[i]]), int(agree[few[i]])) for i in chosen
    )


def compare_supporters(answered: Floats, agreed: Floats) -> tuple[Floats, Floats]:
    """For every two statements how surely more people agree with both than by chance, and how much likelier that is.

    The first in standard deviations of the hypergeometric distribution, the second as the log likelihood ratio of a
    Poisson count, 0 where no more do than by chance; both over people who answered both.
    """
    both, either = answered.T @ answered, agreed.T @ answered
    together = agreed.T @ agreed
    expected = either * either.T / np.maximum(both, 1.0)
    variance = expected * (both - either) * (both - either.T) / np.maximum(both * (both - 1), 1.0)
    sure = np.where(variance > 0, (together - expected) / np.sqrt(np.maximum(variance, 1e-9)), 0.0)
    times = np.log(np.maximum(together, 1.0) / np.maximum(expected, LEAST_EXPECTED))
    likelier = np.where(together > expected, together * times - (together - expected), 0.0)
    np.fill_diagonal(sure, 0.0)
    np.fill_diagonal(likelier, 0.0)
    return sure, likelier


def keep_distinct(scores: Floats, sure: Floats) -> list[int]:
    """Rank by score, leaving out what the same people support as one ranked before."""
    kept: list[int] = []
    for place in np.argsort(-np.round(scores, 9), kind="stable").tolist():
        if all(sure[place, other] < SAME_PEOPLE for other in kept):
            kept.append(place)
    return kept
