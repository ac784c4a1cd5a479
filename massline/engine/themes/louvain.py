"""Communities of a weighted graph by Louvain's local moving (Blondel et al. 2008), repeatable to the last bit.

Edge weights are whole numbers, so every sum is exact; nodes are visited in the order given and ties go to the
community met first. The same graph therefore gives the same communities on any machine.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt
import scipy

Labels = npt.NDArray[np.int64]


def find_communities(graph: scipy.sparse.csr_array, *, resolution: float) -> Labels:
    """Communities (n,) numbered in order of first appearance.

    Parameters
    ----------
    graph : symmetric, non-negative whole-number weights, shape (n, n).
    resolution : larger gives more, smaller communities (Reichardt and Bornholdt 2006).
    """
    labels = np.arange(graph.shape[0])
    level = scipy.sparse.csr_array(graph)
    while True:
        moved = _local_moving(level, resolution)
        merged = int(moved.max(initial=-1)) + 1
        labels = moved[labels]
        if merged == level.shape[0]:
            return labels
        level = _aggregated(level, moved, merged)


def _aggregated(graph: scipy.sparse.csr_array, labels: Labels, count: int) -> scipy.sparse.csr_array:
    entries = scipy.sparse.coo_array(graph)
    rows, columns = labels[entries.row], labels[entries.col]
    out = scipy.sparse.coo_array((entries.data, (rows, columns)), shape=(count, count)).tocsr()
    out.sum_duplicates()
    return out


def _local_moving(graph: scipy.sparse.csr_array, resolution: float) -> Labels:
    """Move nodes to the neighbouring community with the largest gain until none gains."""
    starts, neighbours, weights = graph.indptr.tolist(), graph.indices.tolist(), graph.data.tolist()
    degrees = np.asarray(graph.sum(axis=1)).ravel().tolist()
    size = len(degrees)
    share = resolution / max(1, sum(degrees))
    community = list(range(size))
    totals = list(degrees)
    queue = deque(range(size))
    waiting = bytearray(b"\x01") * size
    while queue:
        node = queue.popleft()
        waiting[node] = 0
        first, last = starts[node], starts[node + 1]
        links: dict[int, int] = {}
        for at in range(first, last):
            if neighbours[at] != node:
                there = community[neighbours[at]]
                links[there] = links.get(there, 0) + weights[at]
        here, degree = community[node], degrees[node]
        totals[here] -= degree
        cost = share * degree
        best, best_gain = here, links.get(here, 0) - cost * totals[here]
        for there, link in links.items():
            gain = link - cost * totals[there]
            if gain > best_gain:
                best, best_gain = there, gain
        totals[best] += degree
        if best != here:
            community[node] = best
            for at in range(first, last):
                other = neighbours[at]
                if community[other] != best and not waiting[other]:
                    waiting[other] = 1
                    queue.append(other)
    return _in_order_of_appearance(community)


def _in_order_of_appearance(labels: list[int]) -> Labels:
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)
