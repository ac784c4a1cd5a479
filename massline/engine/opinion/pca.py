"""Opinion dimensions: exact principal components of sparse votes, never forming the dense matrix.

A vote not cast stands at its statement's mean, so after centring it is zero and the matrix stays sparse.
Positions are scaled by sqrt(M / n) to undo the pull to the middle of people who voted little (the Polis
projection).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.eigen import Pairs, first_guess, leading_pairs
from massline.engine.votes import Tally, VoteTable

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]

MOST_DIMENSIONS = 5


@dataclass(frozen=True, eq=False)
class Axes:
    """Principal components of a conversation.

    Attributes
    ----------
    eigenvalues : (d,) variance along each, divisor P - 1, largest first
    loadings : (d, M) orthonormal rows; the largest entry of each is positive
    means : (M,) mean vote on each statement
    total : sum of all eigenvalues, so eigenvalues / total is the explained share
    """

    eigenvalues: Floats
    loadings: Floats
    means: Floats
    total: float

    @property
    def explained(self) -> Floats:
        """Share of all variance along each dimension."""
        return self.eigenvalues / self.total if self.total > 0 else np.zeros_like(self.eigenvalues)


def statement_means(table: VoteTable) -> Floats:
    """Mean (weighted) vote on each statement among those who voted on it, 0 where nobody did."""
    size = table.shape[1]
    if table.weight is None:
        seen = np.bincount(table.statement, minlength=size)
        return np.bincount(table.statement, weights=table.value, minlength=size) / np.maximum(seen, 1)
    each = np.repeat(table.weight, table.votes_each)
    seen = np.bincount(table.statement, weights=each, minlength=size)
    total = np.bincount(table.statement, weights=each * table.value, minlength=size)
    return np.divide(total, seen, out=np.zeros(size), where=seen > 0)


def centred(table: VoteTable, means: Floats) -> "csr_array[np.float64, tuple[int, int]]":
    """Sparse (P, M) matrix of votes minus the statement's mean; absent votes are zero."""
    from scipy.sparse import csr_array

    step = means[table.statement]
    np.subtract(table.value, step, out=step)
    return csr_array((step, table.statement, table.start.astype(np.int32)), shape=table.shape)


def principal_axes(
    matrix: "csr_array[np.float64, tuple[int, int]]",
    means: Floats,
    *,
    count: int = MOST_DIMENSIONS,
    weight: Floats | None = None,
    start: Floats | None = None,
    tolerance: float = 1e-12,
) -> Axes:
    """Exact leading components of the centred votes; `start` (d, M) warms the search up."""
    people = float(matrix.shape[0] if weight is None else weight.sum())
    back = matrix.T

    def apply(block: Floats) -> Floats:
        across = matrix @ block
        if weight is not None:
            across *= weight[:, None]
        return np.asarray(back @ across)

    guess = first_guess(matrix.shape[1], count) if start is None else start.T
    pairs = leading_pairs(apply, guess, count, tolerance=tolerance)
    squares = matrix.data**2
    if weight is not None:
        squares *= np.repeat(weight, np.diff(matrix.indptr))
    return finish(pairs, means, people, float(np.add.reduce(squares)))


def principal_axes_of_tally(
    tally: Tally, *, count: int = MOST_DIMENSIONS, start: Floats | None = None
) -> Axes:
    """The same components from integer sums alone; nobody's votes are needed."""
    covariance = tally.covariance()
    guess = first_guess(tally.statements, count) if start is None else start.T
    pairs = leading_pairs(lambda block: np.einsum("ij,jk->ik", covariance, block), guess, count)
    return finish(pairs, tally.means, 2.0, float(np.trace(covariance)))


def finish(pairs: Pairs, means: Floats, people: float, squares: float) -> Axes:
    """Scale eigenvalues to variances and fix the signs."""
    divisor = max(people - 1.0, 1.0)
    return Axes(
        eigenvalues=pairs.values / divisor,
        loadings=with_signs(pairs.vectors),
        means=means,
        total=squares / divisor,
    )


def with_signs(vectors: Floats) -> Floats:
    """Turn each vector so that its largest entry is positive; near ties go to the first statement."""
    if vectors.size == 0:
        return vectors
    size = np.abs(vectors)
    largest = size.max(axis=1, keepdims=True)
    at = np.argmax(size >= largest * (1 - 1e-6), axis=1)
    sign = np.where(vectors[np.arange(len(vectors)), at] < 0, -1.0, 1.0)
    return vectors * sign[:, None]


def positions(
    matrix: "csr_array[np.float64, tuple[int, int]]", axes: Axes, votes_each: NDArray[np.int64]
) -> Floats:
    """Everybody's place, (P, d): centred votes times loadings times sqrt(M / n)."""
    scale = np.sqrt(matrix.shape[1] / np.maximum(votes_each, 1))
    return np.asarray(matrix @ np.ascontiguousarray(axes.loadings.T)) * scale[:, None]


def position_noise(
    matrix: "csr_array[np.float64, tuple[int, int]]", loadings: Floats, votes_each: NDArray[np.int64]
) -> Floats:
    """How far a place would move had the person been shown other statements: covariances (P, d, d).

    Statements are treated as a sample without replacement, so somebody who voted on all of them has none.
    """
    from scipy.sparse import csr_array

    size, dims = matrix.shape[1], len(loadings)
    squared = csr_array((matrix.data**2, matrix.indices, matrix.indptr), shape=matrix.shape)
    pairs = np.einsum("aj,bj->jab", loadings, loadings).reshape(size, dims * dims)
    second = np.asarray(squared @ pairs).reshape(-1, dims, dims)
    votes = np.maximum(votes_each, 1).astype(float)
    total = np.asarray(matrix @ np.ascontiguousarray(loadings.T))
    spread = second - np.einsum("ia,ib->iab", total, total) / votes[:, None, None]
    return np.asarray(spread * (size / votes * (1 - votes / size))[:, None, None])
