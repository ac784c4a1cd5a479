"""Indonesian."""

from massline.engine.languages.language import Language, words

LANGUAGE = Language(
    "id",
    stop_words=words(
        """
        yang dan di ke dari untuk dengan pada ini itu adalah saya kami kita anda mereka dia tidak ada
        akan bisa apa bagaimana kapan mana mengapa atau juga sudah belum oleh karena lebih agar dalam
        """
    ),
)
