"""The graph in which themes are found: texts that are near in meaning, nudged by shared words, and share neighbours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy

from massline.engine.themes.neighbours import GRID

LEXICAL_SHARE = 0.25


def choose_neighbours(
    candidates: npt.NDArray[np.int32],
    similarity: npt.NDArray[np.float32],
    likeness: npt.NDArray[np.float32],
    *,
    k: int,
) -> npt.NDArray[np.int32]:
    """The k best of each row's candidates by meaning plus a quarter of wording; the smaller row number wins ties.

    Parameters
    ----------
    candidates, similarity : (n, m) rows and their products on the grid.
    likeness : (n, m) cosine of the words, 0 to 1.
    """
    score = similarity.astype(np.float64) / GRID**2 + LEXICAL_SHARE * likeness
    order = np.lexsort((candidates, -np.round(score, 6)), axis=1)[:, :k]
    return np.take_along_axis(candidates, order, axis=1)


def link_shared_neighbours(neighbours: npt.NDArray[np.int32]) -> scipy.sparse.csr_array:
    """Join each text with its neighbours by how many neighbours (themselves included) the two share.

    Returns
    -------
    Symmetric (n, n) whole-number weights (Jarvis and Patrick 1973; Ertöz, Steinbach and Kumar 2003).
    """
    n, k = neighbours.shape
    rows = np.repeat(np.arange(n), k)
    ones = np.ones(n * k, np.int32)
    chosen = scipy.sparse.csr_array((ones, (rows, neighbours.ravel())), shape=(n, n))
    either = chosen.maximum(chosen.T)
    with_self = scipy.sparse.csr_array(chosen + scipy.sparse.eye_array(n, dtype=np.int32, format="csr"))
    joined = scipy.sparse.coo_array(either)
    weights = _products(with_self, joined.row, joined.col)
    keep = weights > 0
    graph = scipy.sparse.coo_array(
        (weights[keep], (joined.row[keep], joined.col[keep])), shape=(n, n)
    ).tocsr()
    graph.sort_indices()
    return graph


def _products(
    matrix: scipy.sparse.csr_array, first: npt.NDArray[np.int32], second: npt.NDArray[np.int32]
) -> npt.NDArray[np.int64]:
    """Row products of the pairs only: the full product would join everything two steps apart."""
    out = np.empty(len(first), np.int64)
    step = 500_000
    for start in range(0, len(first), step):
        part = slice(start, start + step)
        out[part] = np.asarray(matrix[first[part]].multiply(matrix[second[part]]).sum(axis=1)).ravel()
    return out
