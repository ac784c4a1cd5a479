"""Amharic."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "am",
    stop_words=words(
        """
        እና ነው ላይ ውስጥ እኔ አንተ እሱ እነሱ ይህ ያ ወደ ከ በ ለ ግን ምን እንዴት መቼ የት
        """
    ),
    has_capitals=False,
)
