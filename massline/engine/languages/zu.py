"""Zulu."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "zu",
    stop_words=words(
        """
        futhi ukuthi ngoba uma kodwa noma lokhu lapho kanjani nini kuphi yini mina wena thina bona
        """
    ),
)
