"""Swedish."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "sv",
    stop_words=parse_word_set(
        """
        och i att det som en på är av för med den till inte om har de ett var jag man vi ni han hon men
        så vad hur när varför eller kan ska från mer också sig sin
        """
    ),
)
