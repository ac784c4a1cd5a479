"""Vectors without any model: hashed stretches of letters. Always works, and knows no meaning and no second language."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from massline.embed.embedder_interface import Vectors, normalise_rows
from massline.engine.themes.tokens import split_runs

_SHORTEST, _LONGEST = 3, 5


class LetterEmbedder:
    """The fallback embedder: stretches of three to five letters within words, hashed into 512 signed numbers.

    A text's vector depends on the text alone, so it can be cached. A stretch counts log(1 + times); the vector of
    common ones goes when the estimate centres (Weinberger et al. 2009, "Feature hashing for large scale multitask
    learning").
    """

    id = "letters-3-5/tf-hash/512/2"
    dim = 512
    local = True

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, 512); zero where a text has no letters or digits."""
        out = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            counts = Counter(_stretches(text))
            if counts:
                places, signs = np.array([_hashed(stretch) for stretch in counts]).T
                times = np.log1p(np.array(list(counts.values()), np.float64))
                out[row] = np.bincount(places, weights=signs * times, minlength=self.dim)
        return normalise_rows(out)


def _stretches(text: str) -> Iterator[str]:
    """Stretches of each word with a space on either side; a word shorter than a stretch is one itself, once."""
    for word in split_runs(text):
        padded = f" {word} "
        for size in range(_SHORTEST, min(_LONGEST, len(padded)) + 1):
            yield from (padded[at : at + size] for at in range(len(padded) - size + 1))


@lru_cache(maxsize=500_000)
def _hashed(stretch: str) -> tuple[int, int]:
    """The place and the sign of a stretch; the same on every machine."""
    number = int.from_bytes(blake2b(stretch.encode(), digest_size=4).digest(), "little")
    return number % LetterEmbedder.dim, 1 if number >> 31 else -1
