"""Take out of each vector what it owes to its language rather than to what is said.

Sentence vectors of mixed collections fall apart by language first. The mean vector of a language, subtracted, removes
that (Libovický, Rosa and Fraser 2020, "On the language neutrality of pre-trained multilingual representations").
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LEAST_TEXTS = 50


def subtract_language_means(
    vectors: npt.NDArray[np.float32], languages: Sequence[str], *, least: int = LEAST_TEXTS
) -> npt.NDArray[np.float32]:
    """Subtract, in place, the mean of each vector's language; give back the mean over all languages.

    Languages with fewer than `least` texts share the overall mean.
    """
    overall: npt.NDArray[np.float32] = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    vectors -= overall
    names = np.asarray(languages)
    for language in sorted(set(languages)):
        rows = np.flatnonzero(names == language)
        if len(rows) >= least:
            vectors[rows] -= vectors[rows].mean(axis=0, dtype=np.float64).astype(np.float32)
    return overall
