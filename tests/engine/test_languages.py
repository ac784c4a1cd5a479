"""Words by language: complete for every language of the interface, sound for all of them."""

import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields

import pytest
from django.conf import settings

from massline.engine.languages import LANGUAGES, Language, language_of

EXPRESSIONS = ("courtesy_titles", "titles", "titles_after", "name_cues", "office_words")


def expressions(language: Language) -> Iterator[str]:
    """Everything in a language that is written as a regular expression."""
    for name in EXPRESSIONS:
        yield from getattr(language, name)
    for group in (language.calls, language.numbers):
        for field in fields(group):
            value = getattr(group, field.name)
            if field.name not in ("values", "multipliers", "fractions", "not_alone"):
                yield from [value] if isinstance(value, str) else value


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_every_language_of_the_interface_has_its_words(code: str) -> None:
    language = language_of(code)
    assert language is not None
    assert len(language.stop_words) > 40
    assert {1, 2, 3} & set(language.numbers.values.values())
    assert language.numbers.multipliers
    assert language.numbers.fractions
    assert language.courtesy_titles or language.titles_after
    assert language.calls.passive
    assert language.calls.place_open
    assert language.calls.no_deed
    assert language.calls.imperatives


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_a_language_is_named_as_its_module_and_its_expressions_compile(language: Language) -> None:
    assert LANGUAGES[language.code] is language
    assert language.stop_words or not language.has_spaces
    assert all(
        word == word.lower() and word.strip() for word in language.stop_words | language.question_words
    )
    # They are joined into larger expressions, whose groups are counted.
    assert {
        expression: re.compile(expression).groups for expression in expressions(language)
    } == dict.fromkeys(expressions(language), 0)
    with pytest.raises(FrozenInstanceError):
        language.code = "xx"  # type: ignore[misc]


def test_no_number_word_means_two_numbers() -> None:
    """The words of all languages are read together, since a sentence may mix them."""
    meant: dict[str, set[float]] = {}
    for language in LANGUAGES.values():
        numbers = language.numbers
        for words in (numbers.values, numbers.multipliers, numbers.fractions):
            for word, value in words.items():
                meant.setdefault(word, set()).add(value)
    assert {word: values for word, values in meant.items() if len(values) > 1} == {}


def test_a_region_speaks_its_language_and_an_unknown_tag_none() -> None:
    assert language_of("es-MX") is LANGUAGES["es"]
    assert language_of("EN") is LANGUAGES["en"]
    assert language_of("la") is None
