"""The interface of every embedder, and the scaling of vectors to length one."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors whose angles follow meaning.

    Attributes
    ----------
    id : names model, revision, quantisation and prefix. Vectors of different ids are never mixed.
    dim : length of each vector.
    local : False where texts leave this machine.
    """

    @property
    def id(self) -> str: ...

    @property
    def dim(self) -> int: ...

    @property
    def local(self) -> bool: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (len(texts), dim), float32, each of length one (zero where a text says nothing)."""
        ...


def normalise_rows(vectors: npt.ArrayLike) -> Vectors:
    """Scale rows to length one; rows of zeros stay zeros.

    >>> normalise_rows([[3.0, 4.0], [0.0, 0.0]]).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    rows = np.asarray(vectors, dtype=np.float32)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)
