"""Indonesian."""

from massline.engine.languages.language import Language, parse_word_set

LANGUAGE = Language(
    "id",
    stop_words=parse_word_set(
        """
        yang dan di ke dari untuk dengan pada ini itu adalah saya kami kita anda mereka dia tidak ada
        akan bisa apa bagaimana kapan mana mengapa atau juga sudah belum oleh karena lebih agar dalam
        """
    ),
)
