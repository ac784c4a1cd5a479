"""Words and phrases by language, one module a language; a new module in this folder is found by itself.

The class `Language` describes each list. Nothing is guessed about a language without a module.
"""

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module

from massline.engine.languages.language import CallWords, Language, NumberWords

LANGUAGES: Mapping[str, Language] = {
    found.name: import_module(f"{__name__}.{found.name}").LANGUAGE
    for found in pkgutil.iter_modules(__path__)
    if found.name != "language"
}

__all__ = ["LANGUAGES", "CallWords", "Language", "NumberWords", "language_of", "regex_alternatives"]


def language_of(tag: str) -> Language | None:
    """The language of a tag such as "pt" or "pt-BR", where its words are known.

    >>> language_of("es-MX").code, language_of("la")
    ('es', None)
    """
    return LANGUAGES.get(tag.split("-")[0].lower())


def regex_alternatives(
    expressions: Callable[[Language], Iterable[str]], languages: Iterable[Language] = LANGUAGES.values()
) -> str:
    """A regular expression for what any of the languages has.

    >>> regex_alternatives(lambda language: language.name_particles, [LANGUAGES["de"], LANGUAGES["nl"]])
    '(?:von|der|van)'
    """
    return f"(?:{'|'.join(found for language in languages for found in expressions(language))})"
