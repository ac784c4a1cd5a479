"""Ukrainian."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "uk",
    stop_words=parse_word_set(
        """
        і в у не що він на я з як а то все вона так його але та ти до ж ви за б по тільки її мені було
        від мене ще ні про із коли навіть якщо вже або бути був них для ми їх чим без цей це при чому як
        де
        """
    ),
)
