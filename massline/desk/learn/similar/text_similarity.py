"""How much of what somebody asks for stands in a text, word by word: endings do not count, and rare words weigh more.

A word weighs ln(1 + N / n) where n of N texts have it (1 at least): the inverse document frequency of Spärck Jones
(1972), smoothed. The share is the weight of the words found over the weight of all that were asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from massline.engine.themes.stemming import stem
from massline.engine.themes.stopwords import stopwords
from massline.engine.themes.tokens import words


@dataclass(frozen=True)
class Shared:
    """The share of the asked words that a text has, 0 to 1, and these words as they were asked, the rarest first."""

    share: float
    words: tuple[str, ...]


def shared(asked: str, texts: Sequence[str], language: str) -> list[Shared]:
    """Hold what is asked against each text.

    >>> shared("A picket at the laundry", ["Pickets at the bakery", "Tea in the yard"], "en")[0].words
    ('picket',)
    """
    wanted = content(asked, language)
    found = [content(text, language) for text in texts]
    weights = {key: log(1 + len(texts) / max(1, sum(key in one for one in found))) for key in wanted}
    whole = sum(weights.values())
    return [_held(wanted, weights, whole, one) for one in found]


def _held(wanted: dict[str, str], weights: dict[str, float], whole: float, text: dict[str, str]) -> Shared:
    keys = sorted((key for key in wanted if key in text), key=lambda key: (-weights[key], key))
    share = sum(weights[key] for key in keys) / whole if whole else 0.0
    return Shared(share, tuple(wanted[key] for key in keys))


def content(text: str, language: str) -> dict[str, str]:
    """The words that say what a text is about, by their stems; words like "the" and "again" are left out."""
    left_out = stopwords(language)
    kept = [word for word in words(text) if word not in left_out and len(word) > 1]
    return {stem(word, language): word for word in reversed(kept)}
