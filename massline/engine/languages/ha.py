"""Hausa."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "ha",
    stop_words=words(
        """
        da na ta ya ba ne ce a cikin wannan wani wata shi ita su mu ku ni kai za zan ina yana tana suna
        don me yaya yaushe ina daga zuwa kan ga ma amma
        """
    ),
    titles=("Alhaji", "Alhaja", "Hajiya"),
)
