"""The embedder of this installation with a cache of vectors.

A vector can be turned back into something close to its text. The file is therefore private to this account, and the
vector of a deleted voice is deleted too.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from massline.desk.listen.rounds.models import Voice
from massline.embed import CachedEmbedder, Embedder, choose_embedder


def vectors_file() -> Path:
    return Path(settings.DATA) / "vectors.sqlite3"


def cached_embedder() -> CachedEmbedder:
    """The embedder named in the settings, else the best one available; it runs on this machine."""
    file = vectors_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.touch(mode=0o600)
    return CachedEmbedder(_embedder(settings.EMBEDDER), file)


def forget_vectors(texts: Iterable[str]) -> int:
    """Delete the vectors of these texts and return their number."""
    return (
        CachedEmbedder(_embedder("letters"), vectors_file()).forget(texts) if vectors_file().exists() else 0
    )


def forget_vector(sender: type[Voice], *, instance: Voice, using: str, **_: Any) -> None:
    """Delete the vector of a voice that is deleted, once that is committed."""
    transaction.on_commit(lambda: forget_vectors([instance.text]), using=using)


@cache
def _embedder(name: str) -> Embedder:
    return choose_embedder(name or None)
