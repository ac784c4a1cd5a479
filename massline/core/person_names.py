"""Names of people as they are compared: by their words, whatever case, accents and order they are written in."""

import unicodedata


def name_words(name: str) -> list[str]:
    """The words of a name without case and accents, sorted; a name without letters as it is.

    >>> name_words("Öz, Ayşe")
    ['ayse', 'oz']
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return sorted(plain.split()) or name.casefold().split()


def may_be_same_person(name: str, other: str) -> bool:
    """Whether two names given with one contact point are one person: the words of one are among the other's.

    >>> may_be_same_person("Ana", "Ana Ruiz"), may_be_same_person("Ana", "Ben"), may_be_same_person("", "Ben")
    (True, False, True)
    """
    words, others = set(name_words(name)), set(name_words(other))
    return words <= others or others <= words
