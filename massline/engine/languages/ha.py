"""Hausa."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "ha",
    stop_words=parse_word_set(
        """
        da na ta ya ba ne ce a cikin wannan wani wata shi ita su mu ku ni kai za zan ina yana tana suna
        don me yaya yaushe ina daga zuwa kan ga ma amma
        """
    ),
    titles=("Alhaji", "Alhaja", "Hajiya"),
)
