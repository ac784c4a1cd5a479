"""The share of the words asked for that a text has, by their stems; rare words weigh more.

A word weighs ln(1 + N / n) where n of N texts have it (1 at least): the inverse document frequency of Spärck Jones
(1972), smoothed. The share is the weight of the words found over the weight of all that were asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from massline.engine.themes.stemming import stem_word
from massline.engine.themes.stopwords import stopwords
from massline.engine.themes.tokens import split_words


@dataclass(frozen=True)
class WordOverlap:
    """The share of the words asked for that a text has, 0 to 1, and these words, the rarest first."""

    share: float
    words: tuple[str, ...]


def measure_overlap(asked: str, texts: Sequence[str], language: str) -> list[WordOverlap]:
    """Compare the words asked for with each text.

    >>> measure_overlap("A picket at the laundry", ["Pickets at the bakery", "Tea in the yard"], "en")[0].words
    ('picket',)
    """
    wanted = find_content_words(asked, language)
    words_of_texts = [find_content_words(text, language) for text in texts]
    weights = {
        root: log(1 + len(texts) / max(1, sum(root in text_words for text_words in words_of_texts)))
        for root in wanted
    }
    return [_overlap(wanted, weights, text_words) for text_words in words_of_texts]


def _overlap(wanted: dict[str, str], weights: dict[str, float], text_words: dict[str, str]) -> WordOverlap:
    whole = sum(weights.values())
    shared = sorted((root for root in wanted if root in text_words), key=lambda root: (-weights[root], root))
    share = sum(weights[root] for root in shared) / whole if whole else 0.0
    return WordOverlap(share, tuple(wanted[root] for root in shared))


def find_content_words(text: str, language: str) -> dict[str, str]:
    """Return the words that say what a text is about, by their stems, without words like "the" and "again"."""
    left_out = stopwords(language)
    kept = [word for word in split_words(text) if word not in left_out and len(word) > 1]
    return {stem_word(word, language): word for word in reversed(kept)}
