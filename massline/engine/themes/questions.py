"""Recognition of questions by the mark at the end or the word at the start."""

import re

from massline.engine.languages import LANGUAGES

_MARK = re.compile(r"[?？؟;՞፧]\s*[\"'”’»)\]]*\s*$")
_GREEK_OR_LATIN_SEMICOLON = re.compile(r"[\u0370-\u03ff].*;\s*$", re.DOTALL)
_AT_LEAST = 3


def is_question(text: str, language: str) -> bool:
    """True if a text asks. A word at the start counts only where the text does not end like a statement.

    >>> is_question("When will the lift work again", "en"), is_question("What a shame.", "en")
    (True, False)
    """
    text = text.strip()
    if _MARK.search(text) and (not text.endswith(";") or _GREEK_OR_LATIN_SEMICOLON.search(text)):
        return True
    if text.endswith((".", "!", "。", "！", "…")):
        return False
    known = LANGUAGES.get(language)
    if known is None:
        return False
    if not known.has_spaces:
        return text.startswith(tuple(known.question_words))
    found = text.lower().split()
    return len(found) >= _AT_LEAST and found[0] in known.question_words
