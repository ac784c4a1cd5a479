"""Zulu."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "zu",
    stop_words=parse_word_set(
        """
        futhi ukuthi ngoba uma kodwa noma lokhu lapho kanjani nini kuphi yini mina wena thina bona
        """
    ),
)
