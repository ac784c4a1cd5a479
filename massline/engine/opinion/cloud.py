"""What a conversation would look like if people differed by degrees only.

The null for groups. Everybody gets a bell-shaped place on each real dimension; votes follow from it through
thresholds that keep every statement's share of agreement, passes and disagreement (a Gaussian copula), on
exactly the statements each person voted on. The strength of each dimension is tuned until the simulated
eigenvalues match the observed ones.
"""

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.pca import Axes, centred, positions, principal_axes, statement_means
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

CALIBRATION_ROUNDS = 3
LARGEST_TIE = 0.97


class Cloud:
    """Draws places of people who differ by degrees, through the same analysis as the real votes."""

    def __init__(
        self, table: VoteTable, axes: Axes, real: int, floor: float, rng: np.random.Generator
    ) -> None:
        self._table, self._axes, self._rng, self._real = table, axes, rng, real
        self._low, self._high, self._ties = thresholds(table, axes, real)
        self._voter = table.voter
        self._strength = np.ones(real)
        self._calibrate(np.maximum(axes.eigenvalues[:real] - floor, 1e-12), floor)

    def _calibrate(self, wanted: Floats, floor: float) -> None:
        for _ in range(CALIBRATION_ROUNDS):
            found = np.maximum(self._draw_axes()[1].eigenvalues - floor, wanted / 16)
            self._strength *= np.sqrt(wanted / found)

    def _draw_axes(self) -> tuple[VoteTable, Axes]:
        votes = self._votes()
        means = statement_means(votes)
        start = self._axes.loadings[: self._real]
        return votes, principal_axes(
            centred(votes, means), means, count=self._real, start=start, tolerance=1e-2
        )

    def _votes(self) -> VoteTable:
        table, rng = self._table, self._rng
        place = rng.standard_normal((table.shape[0], self._real))
        ties = self._ties * self._strength
        power = np.einsum("ja,ja->j", ties, ties)
        ties *= np.sqrt(np.minimum(1.0, LARGEST_TIE / np.maximum(power, 1e-12)))[:, None]
        own = np.sqrt(1.0 - np.einsum("ja,ja->j", ties, ties))
        latent = rng.standard_normal(table.votes) * own[table.statement]
        for axis in range(self._real):
            latent += place[self._voter, axis] * ties[table.statement, axis]
        value = (latent > self._high[table.statement]).astype(np.int8)
        value -= latent < self._low[table.statement]
        return table.with_values(value)

    def draw(self, placed: NDArray[np.intp]) -> Floats:
        """Places of the people at these positions in one conversation without groups, (n, real)."""
        votes, axes = self._draw_axes()
        matrix = centred(votes, axes.means)
        return positions(matrix, axes, votes.votes_each)[placed]


def thresholds(table: VoteTable, axes: Axes, real: int) -> tuple[Floats, Floats, Floats]:
    """Where a latent opinion turns into disagreement and agreement, and how it hangs on each dimension, (M, real).

    Mean imputation thins covariances by the chance that both statements were seen; dividing a loading by the
    share of people who saw its statement undoes that.
    """
    from scipy.special import ndtri

    people, size = table.shape
    counts = np.bincount(table.statement * 3 + (table.value + 1), minlength=3 * size).reshape(size, 3)
    seen = np.maximum(counts.sum(axis=1), 1)
    against, favour = (counts[:, 0] + 0.01) / (seen + 0.02), (counts[:, 2] + 0.01) / (seen + 0.02)
    low, high = ndtri(against), ndtri(1 - favour)
    slope = (np.exp(-(low**2) / 2) + np.exp(-(high**2) / 2)) / np.sqrt(2 * np.pi)
    pull = np.sqrt(axes.eigenvalues[:real]) * axes.loadings[:real].T
    return low, high, pull / (seen / people * np.maximum(slope, 0.05))[:, None]
