"""Vectors without any model: hashed stretches of letters. Always works, and knows no meaning and no second language."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer

from massline.embed.interface import Vectors, unit
from massline.engine.themes.tokens import runs

_WIDE = 2**20
_ROWS_AT_ONCE = 2000


def _bare(text: str) -> str:
    return " ".join(runs(text))


class Letters:
    """The fallback embedder: stretches of three to five letters within words, weighted and folded into 512 numbers.

    A text's vector depends on the text alone, so it can be cached. Rare stretches weigh more because longer stretches
    are rarer: each counts 1 + log(times), and the vector of common ones goes when the estimate centres.
    """

    id = "letters-3-5/tf-hash/512/1"
    dim = 512
    local = True

    def __init__(self) -> None:
        self._hashing = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 5),
            n_features=_WIDE,
            alternate_sign=True,
            norm=None,
            preprocessor=_bare,
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, 512); zero where a text has no letters or digits."""
        out = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _ROWS_AT_ONCE):
            part = texts[start : start + _ROWS_AT_ONCE]
            out[start : start + len(part)] = self._folded(self._hashing.transform(part))
        return unit(out)

    def _folded(self, counts: Any) -> Vectors:
        """Sum the wide hashed counts into `dim` numbers, after damping repetition."""
        wide = counts.tocoo()
        values = np.sign(wide.data) * np.log1p(np.abs(wide.data))
        flat = np.bincount(
            wide.row * self.dim + wide.col % self.dim, weights=values, minlength=counts.shape[0] * self.dim
        )
        return flat.reshape(counts.shape[0], self.dim).astype(np.float32)
