"""Rules of thumb about wording in four languages: honest guesses for a writer, never a verdict."""

import re

_PASSIVE = {
    "en": re.compile(
        r"\b(?:is|are|was|were|be|been|being|get|gets|got)\s+(?:not\s+|never\s+)?(?:\w+ly\s+)?"
        r"(?:\w{2,}ed|given|taken|made|done|paid|kept|sold|told|held|left|built|heard|thrown|driven|broken|cut)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:es|son|fue|fueron|era|eran|ser[áa]n?|sea|sean|sido)\s+(?:\w+mente\s+)?"
        r"(?:\w{2,}[aei]d[oa]s?|hech[oa]s?|dich[oa]s?|puest[oa]s?|rot[oa]s?)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:wird|werden|wurden?|worden|werde)\b(?=.*\b(?:\w*ge\w{2,}(?:t|en)|\w{2,}iert|(?:be|ver|er|zer|ent)\w{2,}(?:t|en))\b)",
        re.IGNORECASE,
    ),
    "ar": re.compile(r"(?:^|\s)(?:و|ف)?(?:تم|تمت|يتم|تتم|سيتم|ستتم)\s"),
}
_AND_THEN = {
    "en": re.compile(r"\b(?:and then|and also|as well as)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:y luego|y después|y también)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:und dann|und auch|sowie)\b", re.IGNORECASE),
    "ar": re.compile(r"\s(?:ثم|وأيضا|وأيضًا)\s"),
}
_AND = {
    "en": re.compile(r"\band\b|&", re.IGNORECASE),
    "es": re.compile(r"\b[ye]\b", re.IGNORECASE),
    "de": re.compile(r"\bund\b", re.IGNORECASE),
}
_COMING = re.compile(r"^(?:come|ven|vengan|venid|kommt?)\b,?\s+(?:and|y|und)\s", re.IGNORECASE)
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
