"""Words that name no theme: the lists of each language, and the words that every theme uses about equally."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from massline.engine.languages import LANGUAGES

UNDETERMINED = "und"

_SPREAD = 0.5
_SPREAD_OF_FEW = 0.8
_FEW = 8
_LEAST_THEMES = 3

EVERY_STOPWORD = frozenset().union(*(language.stop_words for language in LANGUAGES.values()))
FUNCTION_SIGNS = frozenset().union(*(language.function_signs for language in LANGUAGES.values()))


def stopwords(language: str) -> frozenset[str]:
    """The stop words of a language, or of every language where it is undetermined; none where there is no list."""
    if language == UNDETERMINED:
        return EVERY_STOPWORD
    return LANGUAGES[language].stop_words if language in LANGUAGES else frozenset()


def find_spread_words(by_theme: Sequence[Mapping[str, int]], sizes: Sequence[int]) -> frozenset[str]:
    """Words used about as often in most themes as overall; they say how people talk, not what about.

    Parameters
    ----------
    by_theme : how many people of each theme use each word.
    sizes : people in each theme.
    """
    if len(by_theme) < _LEAST_THEMES:
        return frozenset()
    share = _SPREAD if len(by_theme) >= _FEW else _SPREAD_OF_FEW
    enough = share * len(by_theme)
    themes_with = Counter(chain.from_iterable(by_theme))
    everyone = sum(sizes)
    return frozenset(
        word
        for word, themes in themes_with.items()
        if themes > enough and _usual_in(word, by_theme, sizes, everyone) > enough
    )


def _usual_in(word: str, by_theme: Sequence[Mapping[str, int]], sizes: Sequence[int], everyone: int) -> int:
    """In how many themes a word is used at least half as often as overall."""
    counts = [counts.get(word, 0) for counts in by_theme]
    usual = sum(counts) / everyone
    return sum(count > 0 and count >= usual * size / 2 for count, size in zip(counts, sizes, strict=True))
