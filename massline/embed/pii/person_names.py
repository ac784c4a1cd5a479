"""Stretches that may be somebody's name: after a courtesy title or a cue, or capitals in the middle of a sentence.

Guesses for a person's review, with misses in scripts without capitals; never a promise that no name is left.
"""

import re
from collections.abc import Iterator

from massline.engine.languages import LANGUAGES, regex_alternatives
from massline.engine.themes.stopwords import EVERY_STOPWORD

_WORD = r"[^\W\d_][^\W\d_\u2019'-]*(?:[\u2019'-][^\W\d_]+)*[\u0300-\u036f]*"


def _titles(*, capitals: bool) -> str:
    languages = [language for language in LANGUAGES.values() if language.has_capitals is capitals]
    return regex_alternatives(lambda language: language.courtesy_titles + language.titles, languages)


_TITLE = re.compile(rf"(?<!\w){_titles(capitals=True)}\.?\s+")
_TITLE_NO_CAPITALS = re.compile(
    rf"{_titles(capitals=False)}\s+(\S+(?:\s\S+)?)"
    rf"|(?:([\u4e00-\u9fff]{{1,3}})(?:{'|'.join(LANGUAGES['zh'].titles_after)}))"
    rf"|((?:[\u0900-\u097f]+\s)?[\u0900-\u097f]+)\s(?:{'|'.join(LANGUAGES['hi'].titles_after)})"
)
_CUE = re.compile(rf"{regex_alternatives(lambda language: language.name_cues)}\s+", re.IGNORECASE)
_PARTICLES = frozenset(particle for language in LANGUAGES.values() for particle in language.name_particles)
_NOUNS_HAVE_CAPITALS = {"de", "lb", "nds", "gsw"}
_NOT_NAMES = {"I", "I'm", "I’m", "I'll", "I’ll", "I'd", "I’d", "I've", "I’ve", "OK", "TV", "USA", "UK", "EU"}


def find_name_spans(text: str, language: str | None = None) -> Iterator[tuple[int, int]]:
    """(start, end) of each stretch that may be a name."""
    for pattern in (_TITLE, _CUE):
        for match in pattern.finditer(text):
            end = _capitals_from(text, match.end(), at_most=3)
            if end > match.end():
                yield match.start() if pattern is _TITLE else match.end(), end
    for match in _TITLE_NO_CAPITALS.finditer(text):
        yield match.start(), match.end()
    if language not in _NOUNS_HAVE_CAPITALS:
        yield from _two_capitals(text)


def _is_plain(word: str) -> bool:
    """A small word that has its capital from the start of the sentence."""
    return word in _NOT_NAMES or word.lower() in EVERY_STOPWORD


def _capitals_from(text: str, start: int, *, at_most: int) -> int:
    """The end of the run of capitalised words (with particles between them) that begins at `start`."""
    end, at, seen = start, start, 0
    while seen < at_most:
        match = re.compile(_WORD).match(text, at)
        if match is None:
            break
        word = match.group()
        if word[0].isupper() and word not in _NOT_NAMES:
            end, seen = match.end(), seen + 1
        elif word.lower() not in _PARTICLES or seen == 0:
            break
        space = re.compile(r"[ \u00a0]").match(text, match.end())
        if space is None:
            break
        at = space.end()
    return end


def _two_capitals(text: str) -> Iterator[tuple[int, int]]:
    """Two or three capitalised words in a row, such as "Maria Lopez"; a shouted sentence is not a name."""
    if text.isupper():
        return
    at = 0
    for match in re.finditer(_WORD, text):
        if match.start() < at or not match.group()[0].isupper() or _is_plain(match.group()):
            continue
        end = _capitals_from(text, match.start(), at_most=3)
        words = [
            word for word in re.findall(_WORD, text[match.start() : end]) if word.lower() not in _PARTICLES
        ]
        if len(words) >= 2 and all(len(word) == 1 or not word.isupper() for word in words):
            yield match.start(), end
            at = end
