"""Bring the forms of one word together: rent, rents; wohnung, wohnungen. The stem is only a key and is never shown.

Light suffix stripping in the manner of Savoy (2006, "Light stemming approaches for the French, Portuguese, German and
Hungarian languages") and of Harman's s-stemmer for English; languages without a table keep their words as they are.
"""

from functools import lru_cache

_SUFFIXES: dict[str, tuple[str, ...]] = {
    "en": ("'s", "’s", "ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "ers", "ed", "es", "er", "ly", "s", "e", "y"),
    "de": ("ungen", "ung", "innen", "ern", "em", "en", "er", "es", "e", "s", "n"),
    "fr": ("issements", "issement", "ements", "ement", "ations", "ation", "euses", "euse", "ées", "és", "ée", "er", "ez", "ent", "es", "é", "s", "e", "x"),
    "es": ("amientos", "amiento", "aciones", "ación", "mente", "ando", "iendo", "ados", "adas", "ado", "ada", "ar", "er", "ir", "es", "os", "as", "s", "o", "a", "e"),
    "pt": ("amentos", "amento", "ações", "ação", "mente", "ando", "endo", "ados", "adas", "ado", "ada", "ões", "ão", "ar", "er", "ir", "es", "os", "as", "s", "o", "a", "e"),
    "it": ("amenti", "amento", "azioni", "azione", "mente", "ando", "endo", "ati", "ate", "ato", "ata", "are", "ere", "ire", "i", "e", "o", "a"),
    "nl": ("heden", "heid", "ingen", "ing", "eren", "en", "er", "e", "s", "t"),
    "ru": ("иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ость", "ости", "ать", "ять", "ить", "еть", "ую", "юю", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их", "ой", "ей", "ий", "ый", "ам", "ям", "ах", "ях", "ов", "ев", "а", "я", "о", "е", "и", "ы", "у", "ю", "ь"),
    "tr": ("larımız", "lerimiz", "ların", "lerin", "ları", "leri", "lar", "ler", "dan", "den", "nın", "nin", "da", "de", "ı", "i", "u", "ü"),
    "sv": ("arna", "erna", "orna", "ningen", "ning", "ar", "er", "or", "en", "et", "a", "n", "s"),
    "pl": ("ami", "ach", "ów", "owi", "ego", "emu", "ych", "ich", "ej", "om", "ie", "a", "e", "i", "o", "u", "y", "ę", "ą"),
}  # fmt: skip
_ROUNDS = 2
_LEAST = {"de": 4, "ru": 3, "tr": 4}


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The key under which the forms of a word are counted together.

    >>> stem("payments", "en") == stem("payment", "en") == stem("paying", "en")
    True
    >>> stem("wohnungen", "de") == stem("wohnung", "de")
    True
    """
    least = _LEAST.get(language, 3)
    for _ in range(_ROUNDS):
        for suffix in _SUFFIXES.get(language, ()):
            if word.endswith(suffix) and len(word) - len(suffix) >= least:
                word = word[: -len(suffix)]
                break
    if language == "en" and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word
