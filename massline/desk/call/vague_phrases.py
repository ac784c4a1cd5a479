"""Phrases that leave a call open: a place told later, a wish in place of a deed, a sentence in which nobody acts.

Guesses for a writer, never a verdict. The lists are in `massline.engine.languages`; a language without one is left
in peace.
"""

import re
from collections.abc import Callable

from massline.engine.languages import LANGUAGES, CallWords, regex_alternatives

Rules = dict[str, re.Pattern[str]]


def _rules(expressions: Callable[[CallWords], tuple[str, ...]]) -> Rules:
    """Whole words or phrases to look for, by language; languages without any are left out."""
    found = {code: expressions(language.calls) for code, language in LANGUAGES.items()}
    return {
        code: re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)
        for code, phrases in found.items()
        if phrases
    }


def _listed(calls: CallWords) -> tuple[str, ...]:
    """Two verbs side by side. "Come and bring a neighbour" is one deed, so the first must not be "come"."""
    if not calls.imperatives:
        return ()
    verbs = f"(?:{'|'.join(calls.imperatives)})"
    return (rf"{_NOT_COMING}{verbs}(?!\w).*{calls.listing}\s*(?:then )?{verbs}",)


_NOT_COMING = rf"(?!{regex_alternatives(lambda language: language.calls.coming)}\b)"
_OPEN = _rules(lambda calls: calls.place_open)
_SOON = _rules(lambda calls: calls.soon)
_NO_DEED = _rules(lambda calls: calls.no_deed)
# Beyond "was raised" (massline.desk.decide.plain_language_checks): things that happen by themselves.
_NOBODY = _rules(lambda calls: calls.nobody_acts)
_LISTED = _rules(_listed)


def is_place_open(place: str, language: str) -> bool:
    """Return True for a place that is still to be announced: "TBA", "por confirmar"."""
    return _found(_OPEN, place, language)


def has_vague_time(text: str, language: str) -> bool:
    return _found(_SOON, text, language)


def is_wish(text: str, language: str) -> bool:
    """Return True for a wish that nobody could see done: "raise awareness", "support the struggle"."""
    return _found(_NO_DEED, text, language)


def has_hidden_actor(slogan: str, language: str) -> bool:
    """Return True if the text does not name who acts: "Rents must be lowered", "Hay que bajar los alquileres"."""
    return _found(_NOBODY, slogan, language)


def has_several_asks(ask: str, language: str) -> bool:
    """Return True for several imperatives side by side: "Sign, share and donate"."""
    return _found(_LISTED, ask, language)


def _found(rules: Rules, text: str, language: str) -> bool:
    rule = rules.get(language.split("-")[0].lower())
    return bool(rule and rule.search(text))
