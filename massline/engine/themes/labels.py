"""Name a theme in its people's own words: phrases they use and others do not, near the middle of what they mean."""

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from massline.engine.themes.phrases import Phrases

PhraseVectors = Callable[[Sequence[str]], npt.ArrayLike]

CANDIDATES = 15
TERMS = 3
_KEPT = 60
_LONGER_IS_CLEARER = 0.25
_SAME_EVERYWHERE = 0.2


def rank_phrases(
    themes: Sequence[Phrases], sizes: Sequence[int], *, least_people: int
) -> list[list[tuple[str, float]]]:
    """Candidate phrases of each theme with their weight, best first: class-based TF–IDF (Grootendorst 2022) of people.

    Parameters
    ----------
    themes, sizes : phrases and number of people of each theme.
    least_people : a theme with fewer people may only use phrases that so many people of the whole collection use,
        since a phrase of one or two would quote them.
    """
    total: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for theme in themes:
        total.update(theme.people)
        used.update(theme.people.keys())
    usual = sum(sum(theme.people.values()) for theme in themes) / max(1, len(themes))
    common = {
        key for key, count in used.items() if len(themes) > 10 and count > _SAME_EVERYWHERE * len(themes)
    }
    out = []
    for theme, size in zip(themes, sizes, strict=True):
        weights = [
            (people / size * math.log1p(usual / total[key]) * (1 + _LONGER_IS_CLEARER * key.count(" ")), key)
            for key, people in theme.people.items()
            if key not in common and (people >= 2 if size >= least_people else total[key] >= least_people)
        ]
        weights.sort(key=lambda item: (-item[0], item[1]))
        out.append([(key, weight) for weight, key in weights[:_KEPT]])
    return out


def choose_terms(
    candidates: Sequence[tuple[str, float]], nearness: npt.NDArray[np.float64] | None, *, terms: int = TERMS
) -> list[str]:
    """The best phrases that do not say the same thing twice.

    Parameters
    ----------
    nearness : cosine of each candidate's vector with the theme's direction, where there are vectors for phrases.
    """
    if not candidates:
        return []
    weight = np.array([value for _, value in candidates])
    score = weight / weight.max()
    if nearness is not None:
        span = np.ptp(nearness)
        score = (score + (nearness - nearness.min()) / (span if span > 0 else 1)) / 2
    order = sorted(range(len(candidates)), key=lambda at: (-round(float(score[at]), 9), candidates[at][0]))
    out: list[str] = []
    for at in order:
        key = candidates[at][0]
        if len(out) < terms and all(not _overlap(key, other) for other in out):
            out.append(key)
    return out


def _overlap(phrase: str, other: str) -> bool:
    here, there = set(phrase.split()), set(other.split())
    return here <= there or len(here & there) / len(here) > 0.5


def phrase_nearness(
    forms: Sequence[str],
    directions: npt.NDArray[np.float32],
    theme_of: npt.NDArray[np.int64],
    mean: npt.NDArray[np.float32],
    vectors: PhraseVectors,
) -> npt.NDArray[np.float64]:
    """Cosine of each phrase's own vector, centred, with the direction of its theme."""
    distinct = sorted(set(forms))
    place = {form: at for at, form in enumerate(distinct)}
    own = np.asarray(vectors(distinct), dtype=np.float64)
    if own.shape != (len(distinct), directions.shape[1]):
        raise ValueError(f"phrase_vectors gave {own.shape}, wanted {(len(distinct), directions.shape[1])}.")
    own = own - mean
    own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-9)
    rows = own[[place[form] for form in forms]]
    towards = directions[theme_of].astype(np.float64)
    towards /= np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-9)
    return np.asarray(np.einsum("ij,ij->i", rows, towards))
