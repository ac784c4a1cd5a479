"""Simulated conversations in which people differ by degrees only.

The null for groups. Everybody gets a bell-shaped place on each real dimension; where they took a side it
follows from the place through a threshold that keeps every statement's share of agreement among those who did
(a Gaussian copula). Who saw what, and who passed on what, stays as it was. The strength of each dimension is
tuned until the simulated eigenvalues match the observed ones.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.pca import Axes, people_positions, principal_axes
from massline.engine.votes import VoteTable

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]

CALIBRATION_VOTES = 250_000
FEWEST_ROUNDS, MOST_ROUNDS = 4, 12
LARGEST_TIE = 0.97
START = 0.85


class CloudOfPeople:
    """Draws places of people who differ by degrees, through the same analysis as the real votes."""

    def __init__(
        self, table: VoteTable, axes: Axes, real: int, null: Floats, rng: np.random.Generator
    ) -> None:
        self._table, self._axes, self._rng, self._real = table, axes, rng, real
        self._border, self._ties = opinion_thresholds(table, axes, real)
        self._sided = np.flatnonzero(table.value)
        self._statement = table.statement[self._sided]
        self._voter = table.voter[self._sided]
        self._turn = self._border[self._statement].astype(np.float32)
        self._wanted, self._chance, self._drawn = axes.eigenvalues[:real], null[:real] * 0.8, 0
        self._tune(np.full(real, START))
        rounds = int(np.clip(CALIBRATION_VOTES // max(table.votes, 1), FEWEST_ROUNDS, MOST_ROUNDS))
        for _ in range(rounds):
            self._draw()

    def _tune(self, strength: Floats) -> None:
        """Set the strength of each dimension: how far a place moves each vote, and what is left to chance."""
        ties = self._ties * strength
        power = np.einsum("ja,ja->j", ties, ties)
        ties *= np.sqrt(np.minimum(1.0, LARGEST_TIE / np.maximum(power, 1e-12)))[:, None]
        own = np.sqrt(1.0 - np.einsum("ja,ja->j", ties, ties)).astype(np.float32)
        self._strength, self._own = strength, own[self._statement]
        self._pull = [tie.astype(np.float32)[self._statement] for tie in ties.T]

    def _draw(self) -> tuple[VoteTable, Axes, "csr_array[np.float64, tuple[int, int]]"]:
        """Draw one conversation; strengths learn from each until simulated eigenvalues match the observed ones.

        A simulated eigenvalue is credited to the dimensions it overlaps, as near-equal ones may swap or mix.
        Part of it is chance, so strength goes with the root of what exceeds most of it; steps shrink with the
        draws, which averages over them (Robbins and Monro 1951).
        """
        votes, start = self._votes(), self._axes.loadings[: self._real]
        axes, matrix = principal_axes(votes, count=self._real, start=start, tolerance=1e-2)
        overlap = np.einsum("aj,bj->ab", axes.loadings, start) ** 2 + 1e-12
        found = np.einsum("a,ab->b", axes.eigenvalues, overlap) / overlap.sum(axis=0)
        ratio = (self._wanted - self._chance) / np.maximum(found - self._chance, 0.1 * self._wanted)
        step = np.clip(ratio, 0.25, 4.0) ** (0.5 if self._drawn < 3 else 1.0 / self._drawn)
        self._tune(np.clip(self._strength * step, 0.1, 1.6))
        self._drawn += 1
        return votes, axes, matrix

    def _votes(self) -> VoteTable:
        table, rng = self._table, self._rng
        latent = rng.standard_normal(len(self._sided), np.float32)
        latent *= self._own
        for pull in self._pull:
            place = rng.standard_normal(table.shape[0], np.float32)
            latent += place.take(self._voter) * pull
        value = table.value.copy()
        value[self._sided] = 2 * (latent > self._turn).view(np.int8) - 1
        return table.with_values(value)

    def votes(self) -> NDArray[np.int8]:
        """Votes of one conversation without groups, in the order of the table."""
        return self._draw()[0].value

    def draw(self, placed: NDArray[np.intp]) -> Floats:
        """Places of the people at these positions in one conversation without groups, (n, real)."""
        votes, axes, matrix = self._draw()
        return people_positions(matrix, axes.loadings, votes.votes_each)[placed]


def opinion_thresholds(table: VoteTable, axes: Axes, real: int) -> tuple[Floats, Floats]:
    """The latent opinion at which disagreement turns into agreement, (M,), and its tie to each dimension, (M, real).

    Mean imputation thins covariances by the chance that both statements were seen; dividing a loading by the
    share of people who saw its statement, and took a side, undoes that.
    """
    from scipy.special import ndtri

    people = table.shape[0]
    counts = table.counts
    seen, sided = np.maximum(counts.sum(axis=1), 1), np.maximum(counts[:, 0] + counts[:, 2], 1)
    border = ndtri((counts[:, 0] + 0.01) / (sided + 0.02))
    slope = 2 * np.exp(-(border**2) / 2) / np.sqrt(2 * np.pi)
    spread = np.maximum(counts[:, 0] + counts[:, 2] - seen * axes.means**2, 0.1) / seen
    pull = np.sqrt(axes.eigenvalues[:real]) * axes.loadings[:real].T / (seen / people)[:, None]
    # What a statement with few votes seems to pull is mostly chance: keep the share that is likely signal.
    pull *= pull**2 / (pull**2 + (spread / seen)[:, None])
    pull /= (sided / seen)[:, None]
    return border, np.clip(pull / np.maximum(slope, 0.05)[:, None], -0.9, 0.9)
