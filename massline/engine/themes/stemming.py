"""Bring the forms of one word together: rent, rents; wohnung, wohnungen. A stem is a key and is never shown.

The stemmers are those of the Snowball project (Porter 2001, "Snowball: a language for stemming algorithms"). Words of
other languages stay as they are.
"""

from functools import cache, lru_cache
from typing import Protocol

import snowballstemmer

ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@cache
def _stemmer(language: str) -> _Stemmer | None:
    algorithm = ALGORITHMS.get(language)
    return snowballstemmer.stemmer(algorithm) if algorithm else None


@lru_cache(maxsize=200_000)
def stem_word(word: str, language: str) -> str:
    """The key under which the forms of a word are counted together.

    >>> stem_word("payments", "en") == stem_word("payment", "en")
    True
    >>> stem_word("wohnungen", "de") == stem_word("wohnung", "de")
    True
    >>> stem_word("nyumba", "sw")
    'nyumba'
    """
    stemmer = _stemmer(language)
    if stemmer is None:
        return word
    # Snowball takes "loyers" to "loyer" and "loyer" to "loi"; a second round brings both to one key.
    return stemmer.stemWord(stemmer.stemWord(word.replace("’", "'")))
