"""From many fine themes to three levels: average linkage over the themes' mean directions."""

import numpy as np
import numpy.typing as npt
import scipy

from massline.engine.themes.neighbours import GRID, Grid, round_to_grid, sum_by_label

Labels = npt.NDArray[np.int64]
MOST_AT_THE_TOP = 12


def mean_directions(grid: Grid, labels: Labels) -> Grid:
    """The mean direction of each theme, on the grid. Every number up to the largest label names a theme."""
    return round_to_grid(sum_by_label(grid, labels)[1])


def build_levels(centres: Grid) -> list[Labels]:
    """Fine theme to theme of each level, finest first; each level has clearly fewer themes than the one below.

    About k^0.66 themes in the middle and k^0.4, at most twelve, at the top, for k fine themes.
    """
    count = len(centres)
    out = [np.arange(count)]
    wanted = [round(count**0.66), min(MOST_AT_THE_TOP, round(count**0.4))]
    if count < 4:
        return out
    merges = scipy.cluster.hierarchy.linkage(_distances(centres), "average")
    for target in wanted:
        cut = _in_order(scipy.cluster.hierarchy.fcluster(merges, max(2, target), "maxclust"))
        if int(cut.max()) + 1 < int(out[-1].max()) + 1:
            out.append(cut)
    return out


def _distances(centres: Grid) -> npt.NDArray[np.float64]:
    products = (centres @ centres.T).astype(np.float64) / GRID**2
    distance = np.clip(1 - products, 0, 2)
    np.fill_diagonal(distance, 0)
    return np.asarray(scipy.spatial.distance.squareform(distance, checks=False))


def _in_order(labels: npt.NDArray[np.integer]) -> Labels:
    """Renumber by first appearance."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    return np.asarray(rank[inverse], dtype=np.int64)
