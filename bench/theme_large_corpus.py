"""Very many texts for speed and memory: labelled ones, and mixtures of two texts of one class and one language."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bench.theme_labelled_texts import labelled_sets
from massline.embed.vector_cache import CachedEmbedder

Vectors = npt.NDArray[np.float32]

_JITTER = 0.012
_AT_ONCE = 20_000


def mix_texts(
    count: int, embedder: CachedEmbedder
) -> tuple[tuple[str, ...], tuple[str, ...], list[str], Vectors]:
    """Texts, languages, classes and vectors; the wordings are new, the vectors lie between those of the two."""
    sets = labelled_sets()
    texts = [text for labelled in sets for text in labelled.texts]
    languages = [language for labelled in sets for language in labelled.languages]
    classes = [f"{labelled.name}:{label}" for labelled in sets for label in labelled.classes]
    vectors = np.vstack([embedder.encode(labelled.texts) for labelled in sets])
    rng = np.random.default_rng(0)
    first = np.concatenate([np.arange(len(texts)), rng.integers(0, len(texts), max(0, count - len(texts)))])[
        :count
    ]
    second = _companions(first, list(zip(classes, languages, strict=True)), len(texts), rng)
    mixed = tuple(
        texts[a] if row < len(texts) else _spliced(texts[a], texts[b], rng)
        for row, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True))
    )
    chosen = first.tolist()
    return (
        mixed,
        tuple(languages[row] for row in chosen),
        [classes[row] for row in chosen],
        _between(vectors, first, second, len(texts), rng),
    )


def _companions(
    first: npt.NDArray[np.int64], groups: Sequence[tuple[str, str]], own: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    members: dict[tuple[str, str], list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    out = first.copy()
    for row in range(own, len(first)):
        others = members[groups[first[row]]]
        out[row] = others[rng.integers(len(others))]
    return out


def _spliced(text: str, other: str, rng: np.random.Generator) -> str:
    head, tail = text.split(), other.split()
    cut = int(rng.integers(1, len(head) + 1))
    return " ".join(head[:cut] + tail[-max(1, len(tail) - cut // 2) :])


def _between(
    vectors: Vectors,
    first: npt.NDArray[np.int64],
    second: npt.NDArray[np.int64],
    own: int,
    rng: np.random.Generator,
) -> Vectors:
    out = np.empty((len(first), vectors.shape[1]), np.float32)
    for start in range(0, len(first), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        share = rng.random((len(first[rows]), 1), dtype=np.float32)
        block = share * vectors[first[rows]] + (1 - share) * vectors[second[rows]]
        if start >= own:
            block += _JITTER * rng.standard_normal(block.shape, dtype=np.float32)
        out[rows] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return out
