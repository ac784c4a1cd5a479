"""The test for real opinion dimensions: votes shuffled within each statement among those who voted on it.

Shuffling keeps every statement's agreement and everybody's pattern of seen and unseen statements and destroys
only what connects statements. A dimension is real while its eigenvalue exceeds the same eigenvalue of every
shuffled table (parallel analysis, Horn 1965, with permutations as in Buja and Eyuboglu 1992).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.eigenpairs import fixed_start, leading_pairs
from massline.engine.opinion.pca import Axes, centre_votes
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

LEVEL = 0.95
# Between these chances after so many times the draws more may tell: the more tables are seen, the nearer to the level.
TORN = {0: (0.25, 0.9999), 1: (0.75, 0.995), 2: (0.85, 0.985), 3: (0.9, 0.975)}
FEWEST, LONGER = 5, 4


@dataclass(frozen=True, eq=False)
class Dimensions:
    """The number of real dimensions, with the thresholds used.

    Attributes
    ----------
    real : leading dimensions that beat chance
    eigenvalues : (d,) of the people compared (everybody, or the sample)
    null : (d,) what each eigenvalue of a shuffled table stays under 19 times in 20
    draws : shuffled tables, fewer where every dimension is clear and more where one is near the border
    people : participants compared; fewer than all on large conversations
    """

    real: int
    eigenvalues: Floats
    null: Floats
    draws: int
    people: int

    @property
    def grouping(self) -> int:
        """Dimensions clear enough to look for groups along: half as much again as chance."""
        clear = self.eigenvalues[: self.real] >= 1.5 * self.null[: self.real]
        run = self.real if clear.all() else int(np.argmin(clear))
        return max(min(self.real, 2), run)


class Shuffler:
    """Draws tables with the same statements, voters and tallies but no connection between statements."""

    def __init__(self, table: VoteTable) -> None:
        self._order = np.argsort(table.statement, kind="stable")
        statement = table.statement[self._order].astype(np.int64)
        self._sorted = (statement << 42) | (table.value[self._order].astype(np.int64) + 1)

    def draw(self, rng: np.random.Generator) -> NDArray[np.int8]:
        """Votes in the order of the table, shuffled among the voters of each statement."""
        keys = self._sorted | (rng.integers(0, 2**38, len(self._sorted)) << 2)
        keys.sort()
        shuffled = np.empty(len(keys), np.int8)
        shuffled[self._order] = (keys & 3) - 1
        return shuffled


def count_real_dimensions(
    table: VoteTable, axes: Axes, *, rng: np.random.Generator, draws: int
) -> Dimensions:
    """Compare eigenvalues with those of shuffled tables, fewer or more than `draws` of them as they are clear or near."""
    count = len(axes.eigenvalues)
    shuffler, null = Shuffler(table), np.zeros((0, count))
    matrix = centre_votes(table, axes.means)
    back, expected = matrix.T, axes.means[table.statement]
    start = fixed_start(table.shape[1], count)
    while len(null) < FEWEST or needs_more_draws(axes.eigenvalues, null, draws):
        np.subtract(shuffler.draw(rng), expected, out=matrix.data)
        pairs = leading_pairs(lambda block: np.asarray(back @ (matrix @ block)), start, count, tolerance=0.05)
        # Shuffled tables lean the way of whoever voted most, so the last one shows where to look in the next.
        start = pairs.vectors.T
        null = np.vstack([null, pairs.values / max(table.shape[0] - 1, 1)])
    bound = one_more_stays_under(null, LEVEL)
    beats = axes.eigenvalues > bound * 1.001 + 1e-12
    real = count if beats.all() else int(np.argmin(beats))
    return Dimensions(real, axes.eigenvalues, bound, len(null), table.shape[0])


def needs_more_draws(eigenvalues: Floats, drawn: Floats, draws: int) -> bool:
    """True if more draws may change how many leading eigenvalues beat chance.

    Before the `draws` asked for only what is beyond all doubt counts as decided; after `LONGER` times as many
    everything does.
    """
    if len(drawn) >= LONGER * draws:
        return False
    levels = TORN[len(drawn) // draws]
    low, high = (one_more_stays_under(drawn, level) * 1.001 + 1e-12 for level in levels)
    clear = int(np.argmin(np.append(eigenvalues > high, False)))
    return clear < len(eigenvalues) and bool(eigenvalues[clear] > low[clear])


def one_more_stays_under(drawn: Floats, level: float) -> Floats:
    """The bound that one more draw stays under with this chance, by Student's prediction interval; draws are rows."""
    from scipy.special import stdtrit

    count = len(drawn)
    reach = float(stdtrit(count - 1, level)) * np.sqrt(1 + 1 / count)
    return np.asarray(drawn.mean(axis=0) + reach * drawn.std(axis=0, ddof=1))
