"""The embedder of this installation, with a memory: a text is turned into a vector once.

A vector can be turned back into something close to its text. So the file lies closed in the data folder, and what is
deleted there is deleted here (receivers).
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from massline.embed import Cached, Embedder, embedder


def vectors_file() -> Path:
    return Path(settings.DATA) / "vectors.sqlite3"


def remembering() -> Cached:
    """The embedder that the setting names, else the best on this machine; no text leaves it."""
    file = vectors_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    return Cached(_embedder(settings.EMBEDDER), file)


def forget(texts: Iterable[str]) -> int:
    """Erase the vectors of these texts; how many went."""
    return Cached(_embedder("letters"), vectors_file()).forget(texts) if vectors_file().exists() else 0


@cache
def _embedder(name: str) -> Embedder:
    return embedder(name or None)
