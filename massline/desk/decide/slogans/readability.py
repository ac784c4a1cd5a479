"""Rules of thumb for a slogan that can be shouted, by language: warnings, never a verdict."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.list_and_word_parser import COLONS, COMMAS, count_han, count_words
from massline.desk.decide.plain_language_checks import asks_twice, may_ask_twice, sounds_passive

WORDS = 8
CHARACTERS = 60
BREATH = 16  # syllables that most people say in one breath while walking
_VOWELS = re.compile(r"[aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœ]+", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0621-\u064a]")
_PARTS = re.compile(rf"[{COMMAS}{COLONS}–—]|\s-\s")


@dataclass(frozen=True)
class ReadabilityWarning:
    """A warning about a slogan, by what is hard to shout, and its sentence."""

    what: str
    say: str


def count_syllables(text: str) -> int:
    """Estimate the syllables: groups of vowels, Chinese signs, and two letters of Arabic, which writes few vowels.

    Examples
    --------
    >>> count_syllables("Fix the heat"), count_syllables("التدفئة الآن"), count_syllables("要暖气")
    (3, 6, 3)
    """
    return len(_VOWELS.findall(text)) + count_han(text) + round(len(_ARABIC.findall(text)) / 2)


def find_readability_warnings(
    text: str, language: str, others: dict[str, str]
) -> Iterator[ReadabilityWarning]:
    """Yield what makes a slogan hard to shout; `others` are the demand's slogans in other languages."""
    words = count_words(text)
    if words > WORDS or len(text) > CHARACTERS:
        yield ReadabilityWarning(
            "long", _("It is long: %(words)d words. People can shout about eight.") % {"words": words}
        )
    if count_syllables(text) > BREATH:
        count = {"n": count_syllables(text)}
        yield ReadabilityWarning("breath", _("About %(n)d syllables are too many for one breath.") % count)
    parts = [part for part in _PARTS.split(text) if count_words(part) > 1]
    if len(parts) > 1 or asks_twice(text, language) or may_ask_twice(text, language):
        yield ReadabilityWarning("verb", _("It seems to say two things. One verb is enough."))
    if sounds_passive(text, language):
        yield ReadabilityWarning("who acts", _("It doesn’t say who acts. Say who does it."))
    if text.casefold() in {wording.casefold() for wording in others.values()}:
        yield ReadabilityWarning(
            "copied", _("It is the same as in another language. Write it fresh for this one.")
        )
