"""Rules of thumb about wording, by language: honest guesses for a writer, never a verdict."""

import re
from collections.abc import Callable

from massline.engine.languages import LANGUAGES, CallWords, regex_alternatives

Rules = dict[str, re.Pattern[str]]


def _rules(expression: Callable[[CallWords], str]) -> Rules:
    found = {code: expression(language.calls) for code, language in LANGUAGES.items()}
    return {code: re.compile(rule, re.IGNORECASE) for code, rule in found.items() if rule}


_PASSIVE = _rules(lambda calls: calls.passive)
_AND_THEN = _rules(lambda calls: calls.second_step)
_AND = _rules(lambda calls: calls.conjunction)
_COMING = re.compile(
    rf"^{regex_alternatives(lambda language: language.calls.coming)}\b,?\s+(?:and|y|und)\s", re.IGNORECASE
)
_BETWEEN_SENTENCES = re.compile(r"[.!?;؛؟。\n]+\s+(?=\w)")


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def sounds_passive(text: str, language: str) -> bool:
    """Guess that a sentence hides who acts; False in languages without a rule."""
    rule = _PASSIVE.get(_base(language))
    return bool(rule and rule.search(text))


def asks_twice(ask: str, language: str) -> bool:
    """True for an ask that is surely two: two sentences, or one that goes on with "and then"."""
    _first, *more = _BETWEEN_SENTENCES.split(ask.strip())
    rule = _AND_THEN.get(_base(language))
    return any(len(part.split()) > 1 for part in more) or bool(rule and rule.search(ask))


def may_ask_twice(ask: str, language: str) -> bool:
    """True for an ask that joins two things with "and". Often right ("bread and butter"), so only worth a look.

    Coming is what every call is for: "come, and bring one neighbour" is one ask.
    """
    rule = _AND.get(_base(language))
    return bool(rule and rule.search(_COMING.sub("", ask.strip())))
