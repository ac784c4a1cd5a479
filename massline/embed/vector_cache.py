"""Remember vectors by the hash of the text and the embedder's id, so that only new words cost anything.

A vector can be turned back into something close to its text. Guard the file as you guard the texts, and forget both.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from massline.embed.embedder_interface import Embedder, Vectors

_SCHEMA = """CREATE TABLE IF NOT EXISTS vectors (
    embedder TEXT NOT NULL, text_hash BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (embedder, text_hash)
) WITHOUT ROWID"""
_AT_ONCE = 500
_ENCODED_AT_ONCE = 2000


class CachedEmbedder:
    """An embedder that asks another only for texts it has not seen.

    Parameters
    ----------
    embedder : who makes the vectors. Its id is part of every key: vectors of different ids never mix.
    path : an SQLite file, made when it is not there.
    """

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder = embedder
        self._path = path
        with self._open() as file:
            file.execute(_SCHEMA)

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def dim(self) -> int:
        return self._embedder.dim

    @property
    def local(self) -> bool:
        return self._embedder.local

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, dim); new ones are kept after every 2,000, so that a long run that stops loses little."""
        keys = [_key(text) for text in texts]
        known = self._known(set(keys))
        missing = sorted({text for text, key in zip(texts, keys, strict=True) if key not in known})
        for start in range(0, len(missing), _ENCODED_AT_ONCE):
            part = missing[start : start + _ENCODED_AT_ONCE]
            fresh = {_key(text): row for text, row in zip(part, self._embedder.encode(part), strict=True)}
            self._keep(fresh)
            known |= fresh
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(texts), self.dim)

    def forget(self, texts: Iterable[str]) -> int:
        """Erase what is kept of these texts, whatever embedder made it; how many vectors went."""
        keys = [(_key(text),) for text in texts]
        with self._open() as file:
            file.execute("PRAGMA secure_delete = ON")
            return file.executemany("DELETE FROM vectors WHERE text_hash = ?", keys).rowcount if keys else 0

    def _known(self, keys: set[bytes]) -> dict[bytes, Vectors]:
        found: dict[bytes, Vectors] = {}
        wanted = sorted(keys)
        with self._open() as file:
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                rows = file.execute(
                    f"SELECT text_hash, vector FROM vectors WHERE embedder = ? AND text_hash IN ({marks})",
                    [self.id, *part],
                )
                found |= {key: np.frombuffer(vector, np.float32) for key, vector in rows}
        return found

    def _keep(self, vectors: dict[bytes, Vectors]) -> None:
        with self._open() as file:
            file.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                [(self.id, key, np.asarray(row, np.float32).tobytes()) for key, row in vectors.items()],
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as file, file:
            yield file


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
