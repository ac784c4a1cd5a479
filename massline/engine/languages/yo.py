"""Yoruba."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "yo",
    stop_words=parse_word_set(
        """
        ni ti si ati ki o mo a wọn wa rẹ mi ninu fun pẹlu bi kí ó ń ní tí sí mo bí ṣe àwọn yìí náà nígbà
        báwo kini
        """
    ),
    titles=("Oga",),
)
