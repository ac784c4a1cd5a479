"""Weigh words by how rare they are: TF–IDF with damped counts, rows of length one (Salton and Buckley 1988)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy


def weigh_terms(
    terms: Sequence[Sequence[str]], *, least: int = 1, most: float = np.inf
) -> scipy.sparse.csr_array:
    """A row a text and one column a term, in alphabetical order.

    A term that stands n times in a text weighs (1 + ln n) (1 + ln((1 + N) / (1 + d))), with d of N texts having it.

    Parameters
    ----------
    terms : the terms of each text, repeats included.
    least, most : terms that fewer or more texts have are left out.

    Examples
    --------
    >>> weigh_terms([["rent", "up"], ["rent", "rent"]]).toarray().round(2).tolist()
    [[0.58, 0.81], [1.0, 0.0]]
    """
    counts = [Counter(found) for found in terms]
    having = Counter(term for found in counts for term in found)
    kept = sorted(term for term, texts in having.items() if least <= texts <= most)
    column = {term: number for number, term in enumerate(kept)}
    rarity = np.array([1 + np.log((1 + len(terms)) / (1 + having[term])) for term in kept])
    rows = [sorted((column[term], n) for term, n in found.items() if term in column) for found in counts]
    places = np.array([place for row in rows for place, _ in row], np.int32)
    times = np.array([n for row in rows for _, n in row], np.float64)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32)
    weights = (1 + np.log(times)) * rarity[places]
    lengths = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), starts[:-1])) if len(rows) else weights
    weights /= np.repeat(lengths, np.diff(starts))
    return scipy.sparse.csr_array(
        (weights.astype(np.float32), places, starts), shape=(len(terms), max(1, len(kept)))
    )
