"""Amharic."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "am",
    stop_words=parse_word_set(
        """
        እና ነው ላይ ውስጥ እኔ አንተ እሱ እነሱ ይህ ያ ወደ ከ በ ለ ግን ምን እንዴት መቼ የት
        """
    ),
    has_capitals=False,
)
