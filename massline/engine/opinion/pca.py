"""Opinion dimensions: exact principal components of sparse votes, never forming the dense matrix.

A vote not cast stands at its statement's mean, so after centring it is zero and the matrix stays sparse.
Positions are scaled by sqrt(M / n) to undo the pull to the middle of people who voted little (the Polis
projection).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.eigenpairs import Eigenpairs, fixed_start, leading_pairs
from massline.engine.votes import Tally, VoteTable

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Matrix = "csr_array[np.float64, tuple[int, int]]"

MOST_DIMENSIONS = 4


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


def vote_masses(table: VoteTable, weight: Floats | None) -> Floats:
    """Weighted disagreements, passes and agreements with each statement, (M, 3)."""
    if weight is None:
        return table.counts.astype(float)
    size = table.shape[1]
    each = np.repeat(weight, table.votes_each)
    cell = table.statement.astype(np.int64) * 3 + table.value + 1
    return np.asarray(np.bincount(cell, weights=each, minlength=3 * size).reshape(size, 3), float)


def centre_votes(table: VoteTable, means: Floats) -> "csr_array[np.float64, tuple[int, int]]":
    """Sparse (P, M) matrix of votes minus the statement's mean; absent votes are zero."""
    from scipy.sparse import csr_array

    step = means[table.statement]
    np.subtract(table.value, step, out=step)
    return csr_array((step, table.statement, table.start.astype(np.int32)), shape=table.shape)


def principal_axes(
    table: VoteTable,
    *,
    count: int = MOST_DIMENSIONS,
    weight: Floats | None = None,
    start: Floats | None = None,
    tolerance: float = 1e-12,
) -> tuple[Axes, "csr_array[np.float64, tuple[int, int]]"]:
    """Exact leading components and the centred votes; `start` (d, M) warms the search up.

    `weight` (P,) counts each person that often, by default the table's own weights.
    """
    weight = table.weight if weight is None else weight
    mass = vote_masses(table, weight)
    seen, lean = mass.sum(axis=1), mass[:, 2] - mass[:, 0]
    means = np.divide(lean, seen, out=np.zeros(len(seen)), where=seen > 0)
    matrix = centre_votes(table, means)
    people = float(table.shape[0] if weight is None else weight.sum())
    back = matrix.T

    def apply(block: Floats) -> Floats:
        across = matrix @ block
        if weight is not None:
            across *= weight[:, None]
        return np.asarray(back @ across)

    guess = fixed_start(matrix.shape[1], count) if start is None else start.T
    pairs = leading_pairs(apply, guess, count, tolerance=tolerance)
    squares = float(np.add.reduce(mass[:, 0] + mass[:, 2] - lean * means))
    return scale_axes(pairs, means, people, squares), matrix


def principal_axes_of_tally(
    tally: Tally, *, count: int = MOST_DIMENSIONS, start: Floats | None = None
) -> Axes:
    """The same components from integer sums alone; nobody's votes are needed."""
    covariance = tally.covariance()
    guess = fixed_start(tally.statements, count) if start is None else start.T
    pairs = leading_pairs(lambda block: np.einsum("ij,jk->ik", covariance, block), guess, count)
    return scale_axes(pairs, tally.means, 2.0, float(np.trace(covariance)))


def scale_axes(pairs: Eigenpairs, means: Floats, people: float, squares: float) -> Axes:
    """Scale eigenvalues to variances and fix the signs."""
    divisor = max(people - 1.0, 1.0)
    return Axes(
        eigenvalues=pairs.values / divisor,
        loadings=fix_signs(pairs.vectors),
        means=means,
        total=max(squares, 0.0) / divisor,
    )


def fix_signs(vectors: Floats) -> Floats:
    """Turn each vector so that its largest entry is positive; near ties go to the first statement."""
    if vectors.size == 0:
        return vectors
    size = np.abs(vectors)
    largest = size.max(axis=1, keepdims=True)
    at = np.argmax(size >= largest * (1 - 1e-6), axis=1)
    sign = np.where(vectors[np.arange(len(vectors)), at] < 0, -1.0, 1.0)
    return vectors * sign[:, None]


def people_positions(
    matrix: "csr_array[np.float64, tuple[int, int]]", loadings: Floats, votes_each: NDArray[np.int64]
) -> Floats:
    """The place of every person, (P, d): centred votes times loadings times sqrt(M / n)."""
    found = np.asarray(matrix @ np.ascontiguousarray(loadings.T))
    found *= np.sqrt(matrix.shape[1] / np.maximum(votes_each, 1))[:, None]
    return found


def position_noise(
    matrix: "csr_array[np.float64, tuple[int, int]]", directions: Floats, votes_each: NDArray[np.int64]
) -> Floats:
    """Standard errors of places along some directions, had people been shown other statements.

    Parameters
    ----------
    directions : (M, b) combinations of loadings
    votes_each : (P,) votes cast

    Returns
    -------
    Floats
        (P, b). Statements are a sample without replacement: whoever voted on all of them has no error.
    """
    squares, size = directions**2, matrix.shape[1]
    error = np.zeros((matrix.shape[0], directions.shape[1]))
    for low, high, part in row_blocks(matrix):
        total = np.asarray(part @ directions)
        part.data **= 2
        votes = np.maximum(votes_each[low:high], 1)[:, None]
        spread = np.asarray(part @ squares) - total**2 / votes
        error[low:high] = np.sqrt(np.maximum(spread * (size / votes * (1 - votes / size)), 0.0))
    return error


def row_blocks(
    matrix: "csr_array[np.float64, tuple[int, int]]", votes: int = 1_000_000
) -> Iterator[tuple[int, int, "csr_array[np.float64, tuple[int, int]]"]]:
    """Copies of consecutive rows of about this many votes each."""
    edges = np.unique(
        np.concatenate(
            [[0], np.searchsorted(matrix.indptr, np.arange(votes, matrix.nnz, votes)), [matrix.shape[0]]]
        )
    )
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield low, high, matrix[low:high].copy()
